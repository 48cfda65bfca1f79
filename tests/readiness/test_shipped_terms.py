"""The shipped list: sure of every slip in it, silent on ordinary text."""

from datetime import date
from pathlib import Path

import pytest

from bulletins.readiness.subject import Passage
from bulletins.readiness.term_files import SHIPPED, read, shipped
from bulletins.readiness.terms import Matcher, Term

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "fixtures" / "sample-page.txt"
DAY = date(2026, 11, 24)
ORDINARY = (HERE / "ordinary_sentences.txt").read_text(encoding="utf-8").splitlines()
MATCHER = Matcher(shipped())


def found(text: str, matcher: Matcher = MATCHER) -> list[str]:
    return [hit.term.match for hit in matcher.hits(Passage("body", text), DAY)]


def test_every_line_of_it_is_taken() -> None:
    assert read(SHIPPED.name, SHIPPED.read_bytes()).left_out == []
    assert len(shipped()) > 100


def test_every_term_has_its_reason_and_its_suggestion() -> None:
    assert [term.match for term in shipped() if not (term.note and term.suggestion)] == []


def test_no_shipped_term_blocks() -> None:
    assert {term.severity.value for term in shipped()} == {"warn", "info"}


@pytest.mark.parametrize("term", shipped(), ids=lambda term: term.match)
def test_a_term_is_found_in_a_sentence_and_what_it_suggests_is_not(term: Term) -> None:
    assert term.match in found(f"民警称：{term.match}。")
    assert found(f"民警称：{term.suggestion}。") == []


@pytest.mark.parametrize("term", [term for term in shipped() if term.exceptions], ids=lambda term: term.match)
def test_its_exceptions_are_not_hit(term: Term) -> None:
    alone = Matcher([term])
    assert [word for word in term.exceptions if found(f"他说{word}。", alone)] == []


def test_each_exception_is_needed() -> None:
    bare = Matcher(Term(term.match) for term in shipped())
    needless = [word for term in shipped() for word in term.exceptions if term.match not in found(word, bare)]
    assert needless == []


def test_the_sample_page_has_one_slip_and_two_questions() -> None:
    hits = list(MATCHER.hits(Passage("body", PAGE.read_text(encoding="utf-8")), DAY))
    assert [(hit.term.match, hit.term.severity.value) for hit in hits] == [
        ("做了重点强调", "info"),
        ("明查暗访", "info"),
        ("样版", "warn"),
    ]


def test_two_hundred_ordinary_sentences_are_silent() -> None:
    assert len(set(ORDINARY)) >= 200
    assert [(sentence, found(sentence)) for sentence in ORDINARY if found(sentence)] == []
