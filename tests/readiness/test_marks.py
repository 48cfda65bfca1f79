"""By its mark a finding is known again, as long as its paragraph stays as it is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bulletins.readiness import Finding, Passage, Severity, Subject
from bulletins.readiness.marks import marks

paragraphs = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), max_size=4)


def finding(passage: str, start: int, end: int, **fields: str) -> Finding:
    given = Finding("telephone", "mobile_number", Severity.BLOCK, passage, start, end, "")
    return replace(given, **fields)  # type: ignore[arg-type]


def mark_in(paragraphs: list[str], number: int, start: int, end: int, name: str = "body") -> str:
    text = "\n".join(paragraphs)
    before = len("\n".join(paragraphs[:number])) + (1 if number else 0)
    return marks(Subject((Passage(name, text),)), [finding(name, before + start, before + end)])[0]


@given(paragraphs, paragraphs)
def test_what_stands_in_other_paragraphs_does_not_matter(before: list[str], after: list[str]) -> None:
    alone = mark_in(["电话13812345678。"], 0, 2, 13)
    assert mark_in([*before, "电话13812345678。", *after], len(before), 2, 13) == alone


@given(st.text(min_size=1, max_size=5).filter(lambda text: "\n" not in text), st.integers(0, 14))
def test_whatever_is_added_to_its_paragraph_makes_it_another(added: str, at: int) -> None:
    text = "电话13812345678。"
    changed = text[:at] + added + text[at:]
    start = 2 if at > 2 else 2 + len(added)
    assert mark_in([changed], 0, start, start + 11) != mark_in([text], 0, 2, 13)


def test_two_alike_have_marks_of_their_own() -> None:
    text = "电话13812345678。"
    subject = Subject((Passage("body", f"{text}\n{text}"),))
    found = marks(subject, [finding("body", 2, 13), finding("body", len(text) + 3, len(text) + 14)])
    assert len(set(found)) == 2


def test_key_check_field_and_what_it_is_about_belong_to_it() -> None:
    subject = Subject((Passage("body", "一"), Passage("summary", "一")))
    found = marks(
        subject,
        [
            finding("body", 0, 1),
            finding("summary", 0, 1),
            finding("body", 0, 1, key="other"),
            finding("body", 0, 1, check="other"),
            finding("body", 0, 1, about="JN-2021-000001"),
        ],
    )
    assert len(set(found)) == 5


def test_a_check_that_could_not_look_is_bound_to_the_whole_text() -> None:
    failed = finding("", 0, 0, key="check_failed")
    before = marks(Subject((Passage("body", "一\n二"),)), [failed])
    assert marks(Subject((Passage("body", "一\n三"),)), [failed]) != before
    assert marks(Subject((Passage("body", "一\n二"),)), [failed]) == before
