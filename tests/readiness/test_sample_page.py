"""The sample page: its known slips are found, and little else is said."""

import json
from functools import cache
from pathlib import Path

import pytest

from bulletins.readiness import CHECKS, Finding, Severity, Subject
from bulletins.readiness.subject import Around
from bulletins.readiness.term_files import shipped
from bulletins.readiness.terms import Matcher
from tests.readiness.asking import DAY

PAGE = Path(__file__).parents[2] / "fixtures" / "sample_page.json"
LANGUAGE = frozenset({
    "terms", "paired_marks", "repetition", "half_width", "enumeration", "spacing", "same_name", "numerals", "dates",
    "procedure",
})  # fmt: skip


@cache
def found() -> tuple[Finding, ...]:
    """All that the checks of language and terms say of the eight items of the page."""
    records = json.loads(PAGE.read_text())
    contents = [record["fields"]["content"] for record in records if record["model"] == "bulletins.revision"]
    assert len(contents) == 8
    around = Around(DAY, terms=Matcher(shipped()))
    subjects = [Subject.of_content(content) for content in contents]
    return tuple(
        finding
        for subject in subjects
        for name, check in CHECKS
        if name in LANGUAGE
        for finding in check(subject, around)
    )


@pytest.mark.parametrize(
    ("check", "text", "suggestion"),
    [
        ("terms", "样版", "样板"),
        ("paired_marks", "”", ""),
        ("repetition", "出所出所", "出所"),
        ("spacing", "2021 年 12 月 23 日", "2021年12月23日"),
        ("enumeration", "“孙子、外孙”", ""),
        ("procedure", "违法行为人", "犯罪嫌疑人"),
        ("same_name", "助学岗", ""),
    ],
)
def test_a_known_slip_is_found(check: str, text: str, suggestion: str) -> None:
    assert (check, text, suggestion) in {(f.check, f.text, f.suggestion) for f in found()}


def test_the_two_spellings_are_asked_about_once() -> None:
    (question,) = [finding for finding in found() if finding.check == "same_name"]
    assert (question.text, question.context["other"]) == ("助学岗", "护学岗")


def test_no_more_than_fifteen_warnings_are_raised_and_nothing_is_blocked() -> None:
    warnings = [finding.text for finding in found() if finding.severity == Severity.WARN]
    assert len(warnings) <= 15, warnings
    assert not [finding.text for finding in found() if finding.severity == Severity.BLOCK]
