"""Sentences as bureaus print them: none of them is blocked, and hardly any is warned of."""

from pathlib import Path

import pytest

from bulletins.readiness import Around, Finding, Severity, Subject, run
from bulletins.readiness.term_files import shipped
from bulletins.readiness.terms import Matcher
from tests.readiness.asking import DAY

AROUND = Around(DAY, Matcher(shipped()))
LISTS = ("bulletin_sentences.txt", "ordinary_sentences.txt")


def sentences(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()


def told(text: str) -> list[Finding]:
    return [finding for finding in run(Subject.of_text(text), AROUND) if finding.severity != Severity.INFO]


@pytest.mark.parametrize("name", LISTS)
def test_no_sentence_is_blocked_or_warned_of(name: str) -> None:
    assert [(finding.key, finding.text, text) for text in sentences(name) for finding in told(text)] == []


@pytest.mark.parametrize("name", LISTS)
def test_nor_are_they_as_one_text(name: str) -> None:
    assert [(finding.key, finding.text) for finding in told("\n".join(sentences(name)))] == []
