"""Every finding has its sentence and its advice."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from bulletins.readiness import CHECKS, Around, Finding, Severity, Subject, checks, run, wording
from bulletins.readiness.term_files import shipped
from bulletins.readiness.terms import Matcher
from bulletins.readiness.wording import CHECK_NAMES, WORDING, advice, sentence
from tests.readiness import planted

FILES = sorted(Path(checks.__file__).parent.rglob("*.py"))
WORDING_FILES = sorted(path.stem for path in Path(wording.__file__).parent.glob("[!_]*.py"))
PAGE = Path(__file__).parents[2] / "fixtures" / "sample-page.txt"
KEY = re.compile(r"[a-z]+(_[a-z0-9]+)+")
# Names in the sources of checks that look like keys and are none: shapes of numbers, and the checks' own names.
NO_KEYS = {"identity_15", "identity_wrong"} | {name for name, _check in CHECKS}
# Keys that are put together out of two parts.
PUT_TOGETHER = {"mobile_number_of_an_office", "landline_number_of_an_office"}
OF_THE_RUN = {"text_too_long", "too_many_fields", "more_findings", "more_that_block", "check_failed"}


def written(path: Path) -> Iterator[str]:
    """Every text in a source that has the form of a key, without the names of what is in a mapping."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    named |= {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in named)
    for node in constants:
        if isinstance(node.value, str) and KEY.fullmatch(node.value) and node.value not in NO_KEYS:
            yield node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_key_in_the_source_of_a_check_has_its_wording(path: Path) -> None:
    assert set(written(path)) - WORDING.keys() == set()


def test_there_is_no_wording_that_no_check_uses() -> None:
    used = {key for path in FILES for key in written(path)}
    assert WORDING.keys() - used - PUT_TOGETHER - OF_THE_RUN == set()


def test_every_file_of_wording_is_taken_in() -> None:
    assert [name for name in WORDING_FILES if not hasattr(wording, name)] == []
    assert sum(len(getattr(wording, name).WORDING) for name in WORDING_FILES) == len(WORDING)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("key", sorted(WORDING))
def test_a_sentence_can_be_filled(key: str, language: str) -> None:
    finding = Finding("x", key, Severity.WARN, "body", 0, 2, "100%", "样板")
    with override(language):
        assert sentence(finding)
        assert isinstance(advice(finding), str)


def test_what_is_found_is_said_without_a_hole() -> None:
    texts = [
        PAGE.read_text(encoding="utf-8"),
        "于2021年2月30日（星期三）,刑事拘留了罪犯李明和男孩（12岁）。。",
    ]
    subjects = [Subject.of_text(text) for text in texts]
    subjects += [case.subject for case in planted.planted(170)]
    around = Around(date(2022, 1, 1), Matcher(shipped()))
    found = [finding for subject in subjects for finding in run(subject, around)]
    assert len({finding.key for finding in found}) > 15
    with override("en"):
        said = [(finding.key, sentence(finding).replace(finding.text, "")) for finding in found]
    assert [key for key, words in said if "…" in words] == []


def test_the_text_of_a_finding_is_not_read_as_a_placeholder() -> None:
    finding = Finding("terms", "term_to_reconsider", Severity.WARN, "body", 0, 5, "%(x)s%d 100%")
    assert "%(x)s%d 100%" in sentence(finding)


def test_an_unknown_key_is_said_as_it_is() -> None:
    finding = Finding("x", "no_such_key", Severity.WARN, "body", 0, 0, "")
    assert (sentence(finding), advice(finding)) == ("no_such_key", "no_such_key")


def test_every_check_has_a_name_that_an_office_understands() -> None:
    assert {name for name, _check in CHECKS} | {"length"} == set(CHECK_NAMES)


def test_a_check_that_failed_is_called_by_the_name_that_an_office_understands() -> None:
    failed = Finding(
        "bank_card", "check_failed", Severity.BLOCK, "", 0, 0, "", context={"check": "bank_card"}
    )
    with override("en"):
        assert "“bank card numbers”" in sentence(failed)
