"""A list is taken into the table: first what it would change, then that."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.models import TermEntry
from bulletins.readiness import Severity, office_terms
from bulletins.readiness.term_files import TermList, read, to_csv, to_xlsx
from bulletins.readiness.term_import import Plan, plan
from bulletins.readiness.term_nesting import MOST_WITHIN, Nesting
from bulletins.readiness.terms import Term

LADDER = ["甲乙丙丁戊己庚"[: n + 1] for n in range(7)]
WORD = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@pytest.fixture(autouse=True)
def empty(db: None) -> None:
    TermEntry.objects.all().delete()
    TermEntry.history.all().delete()


def given_terms(*terms: Term) -> None:
    office_terms.change(add=terms, by=None, reason="")


def listed(*terms: Term) -> TermList:
    return TermList(list(terms), lines=list(range(2, len(terms) + 2)))


def take_in(found: TermList, *, replaces: bool = False) -> Plan:
    made = plan(found, replaces=replaces)
    made.carry_out(by=None, reason="list.csv")
    return made


def table() -> set[Term]:
    return set(office_terms.table())


def test_what_is_new_is_added_what_differs_is_changed_and_the_others_stay() -> None:
    given_terms(Term("甲"), Term("乙", note="alt"), Term("丙"))
    made = plan(listed(Term("甲"), Term("乙", note="neu"), Term("丁")), replaces=False)
    assert [term.match for term in made.added] == ["丁"]
    assert [term for _key, term in made.changed] == [Term("乙", note="neu")]
    assert (made.removed, made.unchanged, made.changes) == ([], 2, 2)
    assert table() == {Term("甲"), Term("乙", note="alt"), Term("丙")}, "nothing is written by looking"
    made.carry_out(by=None, reason="")
    assert table() == {Term("甲"), Term("乙", note="neu"), Term("丙"), Term("丁")}


def test_what_replaces_the_table_removes_what_it_does_not_name() -> None:
    given_terms(Term("甲"), Term("乙"))
    made = take_in(listed(Term("乙", severity=Severity.BLOCK), Term("丁")), replaces=True)
    assert [term.match for _key, term in made.removed] == ["甲"]
    assert table() == {Term("乙", severity=Severity.BLOCK), Term("丁")}


def test_another_period_is_another_term() -> None:
    given_terms(Term("甲"))
    take_in(listed(Term("甲", valid_to=date(2026, 1, 1))))
    assert len(table()) == 2


def test_a_list_that_is_taken_in_twice_changes_nothing_the_second_time() -> None:
    found = listed(Term("甲", ("甲板",)), Term("乙", note="一\n二"))
    take_in(found)
    assert (plan(found, replaces=False).changes, plan(found, replaces=True).changes) == (0, 0)


def test_a_list_of_nothing_but_broken_lines_can_empty_the_table_only_with_open_eyes() -> None:
    given_terms(Term("甲"))
    made = plan(read("a.csv", b"match,severity\nx,worst\n"), replaces=True)
    assert (len(made.removed), [left.line for left in made.left_out]) == (1, [2])


words = st.text("甲乙丙丁", min_size=1, max_size=3)
terms = st.builds(Term, words, note=st.sampled_from(["", "一", "二\n三"]), severity=st.sampled_from(Severity))
tables = st.lists(terms, max_size=5, unique_by=lambda term: term.match)


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
def test_a_table_that_goes_out_is_the_same_when_it_comes_in_again(write: object) -> None:
    @settings(deadline=None)
    @given(tables, tables)
    def holds(one: list[Term], other: list[Term]) -> None:
        TermEntry.objects.all().delete()
        given_terms(*one)
        data = write(office_terms.table())  # type: ignore[operator]
        take_in(listed(*other), replaces=True)
        assert table() == set(other)
        take_in(read("table", data), replaces=True)
        assert table() == set(one)

    holds()


# --- Terms within terms -------------------------------------------------------------------------------------------


def within_word(number: int) -> list[Term]:
    return [Term(letter) for letter in WORD[:number]]


def test_terms_that_stand_in_a_word_of_a_term_are_counted_each_once() -> None:
    nesting = Nesting([Term("甲"), Term("乙"), Term("甲乙甲", ("丁甲乙甲丙",)), Term("丙"), Term("戊")])
    assert nesting.within(nesting.terms[2]) == {"甲", "乙", "丙"}


def test_a_line_with_more_terms_in_it_than_may_be_is_left_out_and_said() -> None:
    made = take_in(listed(*within_word(MOST_WITHIN + 1), Term(WORD)))
    assert len(table()) == MOST_WITHIN + 1
    with override("en"):
        assert [(left.line, str(left.reason)) for left in made.left_out] == [
            (23, f"“{WORD}” would have more than 20 other terms in it, which makes checking slow.")
        ]


def test_as_many_as_may_be_are_taken() -> None:
    assert take_in(listed(*within_word(MOST_WITHIN), Term(WORD))).left_out == []


def test_what_would_be_too_much_in_a_term_of_the_table_is_left_out_and_the_term_stays() -> None:
    given_terms(Term(WORD), *within_word(MOST_WITHIN))
    made = take_in(listed(Term(WORD[0], note="known already"), Term(WORD[20]), Term("无关")))
    assert [(left.line, left.begins) for left in made.left_out] == [(3, WORD[20])]
    assert Term(WORD) in table()
    assert {Term(WORD[0], note="known already"), Term("无关")} <= table()


def test_exceptions_count_as_words_of_their_term() -> None:
    made = plan(listed(*within_word(MOST_WITHIN + 2), Term("无", (f"无{WORD}",))), replaces=False)
    assert [left.begins for left in made.left_out] == ["无"]


def test_a_short_word_cannot_have_so_many_and_is_not_looked_at() -> None:
    assert Nesting([Term(word) for word in LADDER]).crowded() == {}
