"""The office's table of terms is what the checks ask, as it is at that moment, for whoever asks."""

from __future__ import annotations

import importlib
import threading
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from bulletins.models import TermEntry
from bulletins.models.term import TermTable
from bulletins.readiness import Severity, gathering, office_terms
from bulletins.readiness.subject import Passage
from bulletins.readiness.term_files import shipped
from bulletins.readiness.terms import Term
from tests.factories import make_user
from tests.readiness.asking import content

DAY = date(2026, 11, 24)
MIGRATION = importlib.import_module("bulletins.migrations.0005_terms_in_the_table")


def found(text: str) -> list[str]:
    return [hit.term.match for hit in office_terms.terms().hits(Passage("body", text), DAY)]


@pytest.fixture
def empty(db: None) -> None:
    TermEntry.objects.all().delete()


# --- What came with the program -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_shipped_terms_are_loaded_once_each_with_the_first_line_of_its_history() -> None:
    TermEntry.objects.all().delete()
    for _ in range(2):
        MIGRATION.load_shipped_terms(apps, None)
    assert list(office_terms.table()) == list(shipped())
    first = TermEntry.objects.get(match="样版")
    # The stock model writes a line of its own, which the model of the migration does not.
    assert first.history.filter(history_type="+").exclude(history_change_reason=None).count() == 1


@pytest.mark.django_db
def test_loading_them_leaves_what_the_office_made_of_a_term() -> None:
    TermEntry.objects.all().delete()
    TermEntry.objects.create(match="样版", severity="block", note="ours")
    MIGRATION.load_shipped_terms(apps, None)
    assert TermEntry.objects.get(match="样版").note == "ours"
    assert TermEntry.objects.count() == len(shipped())


@pytest.mark.usefixtures("empty")
def test_missing_ones_are_added_as_often_as_one_likes_and_name_who_did_it() -> None:
    user = make_user()
    TermEntry.objects.create(match="样版", note="ours")
    assert office_terms.add_missing(shipped(), by=user, reason="again") == len(shipped()) - 1
    assert office_terms.add_missing(shipped(), by=user, reason="again") == 0
    assert TermEntry.objects.get(match="样版").note == "ours"
    record = TermEntry.objects.get(match="按装").history.get()
    assert (record.history_user, record.history_change_reason) == (user, "again")


# --- As it is now -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty")
def test_an_empty_table_matches_nothing() -> None:
    assert found("样版") == []


@pytest.mark.usefixtures("empty")
def test_a_table_that_was_never_filled_matches_nothing() -> None:
    TermTable.objects.all().delete()
    assert (office_terms.state(), found("样版")) == ("", [])


@pytest.mark.usefixtures("empty")
def test_what_a_row_says_is_what_the_matcher_knows() -> None:
    columns = {"suggestion": "乙", "severity": "block", "note": "n", "valid_from": DAY, "valid_to": None}
    TermEntry.objects.create(match="甲", exceptions="甲板\n装甲", **columns)
    assert office_terms.terms().terms == (Term("甲", ("甲板", "装甲"), Severity.BLOCK, "乙", "n", DAY, None),)


@pytest.mark.django_db
def test_the_triggers_stand_after_all_migrations() -> None:
    """SQLite drops them when a migration remakes the table (AlterField, AddConstraint): it must create them anew."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bulletins_termentry'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'bulletins_termentry'::regclass AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    each = {f"bulletins_terms_{act}" for act in MIGRATION.ACTS}
    assert there == (each if connection.vendor == "sqlite" else {"bulletins_terms_changed"})


def add() -> None:
    TermEntry.objects.create(match="乙")


def add_many() -> None:
    TermEntry.objects.bulk_create([TermEntry(match="乙")])


def change() -> None:
    entry = TermEntry.objects.get()
    entry.match = "乙"
    entry.save()


def change_many() -> None:
    TermEntry.objects.update(match="乙")


def delete() -> None:
    TermEntry.objects.get().delete()


def delete_many() -> None:
    TermEntry.objects.all().delete()


def by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bulletins_termentry SET match = '乙'")


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("way", "after"),
    [
        (add, ["甲", "乙"]),
        (add_many, ["甲", "乙"]),
        (change, ["乙"]),
        (change_many, ["乙"]),
        (delete, []),
        (delete_many, []),
        (by_hand, ["乙"]),
    ],
)
def test_whichever_way_the_table_is_changed_the_next_text_is_read_with_it(way: Any, after: list[str]) -> None:
    TermEntry.objects.create(match="甲")
    assert found("甲乙") == ["甲"]
    way()
    assert found("甲乙") == after


@pytest.mark.usefixtures("empty")
def test_a_change_that_is_taken_back_is_forgotten() -> None:
    TermEntry.objects.create(match="甲")
    for word in ("乙", "丙"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            TermEntry.objects.create(match=word)
            assert found("甲乙丙") == ["甲", word]
            raise ZeroDivisionError
        assert found("甲乙丙") == ["甲"]


@pytest.mark.usefixtures("empty")
def test_it_is_built_once_as_long_as_nothing_changes(django_assert_num_queries: Any) -> None:
    TermEntry.objects.create(match="甲")
    matcher = office_terms.terms()
    with django_assert_num_queries(1):
        assert office_terms.terms() is matcher


@pytest.mark.usefixtures("empty")
def test_no_more_than_two_are_kept() -> None:
    for number in range(5):
        TermEntry.objects.create(match=f"词{number}")
        office_terms.terms()
    assert len(office_terms._kept) == office_terms.KEPT


@pytest.mark.usefixtures("empty")
def test_checks_are_handed_the_office_s_table() -> None:
    TermEntry.objects.create(match="甲")
    around = gathering.around(content(), article=None, day=DAY)
    assert around.terms is office_terms.terms()


@pytest.mark.django_db(transaction=True)
def test_others_see_a_change_when_it_is_committed_and_not_before() -> None:
    TermEntry.objects.create(match="甲")
    answers: list[list[str]] = []

    def another() -> None:
        try:
            answers.append(found("甲乙"))
        finally:
            connections.close_all()

    def ask() -> None:
        thread = threading.Thread(target=another)
        thread.start()
        thread.join(20)

    ask()
    with transaction.atomic():
        TermEntry.objects.create(match="乙")
        assert found("甲乙") == ["甲", "乙"]
        if connection.vendor == "postgresql":
            # SQLite in memory has one connection's view for all threads.
            ask()
    ask()
    assert answers[0] == ["甲"]
    assert answers[1:-1] == ([["甲"]] if connection.vendor == "postgresql" else [])
    assert answers[-1] == ["甲", "乙"]


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_share_one() -> None:
    TermEntry.objects.bulk_create(TermEntry(match=f"词{number}") for number in range(2000))
    office_terms._kept.clear()
    start = threading.Barrier(4)
    matchers: list[Any] = []

    def ask() -> None:
        try:
            start.wait(10)
            matchers.append(office_terms.terms())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(matchers) == 4
    assert len(set(map(id, matchers))) == 1


# --- Many at once -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty")
def test_many_changes_leave_a_line_each_in_the_history() -> None:
    user = make_user()
    for word in ("甲", "乙", "丙"):
        TermEntry.objects.create(match=word)
    office_terms.change(
        add=[Term("丁", ("丁香",))],
        update=[(TermEntry.objects.get(match="乙").pk, Term("乙", severity=Severity.BLOCK))],
        remove=[TermEntry.objects.get(match="丙").pk],
        by=user,
        reason="list.csv",
    )
    assert [term.match for term in office_terms.table()] == ["甲", "乙", "丁"]
    records = TermEntry.history.filter(history_user=user).order_by("match")
    assert [(r.match, r.history_type, r.severity, r.history_change_reason) for r in records] == [
        ("丁", "+", "warn", "list.csv"),
        ("丙", "-", "warn", "list.csv"),
        ("乙", "~", "block", "list.csv"),
    ]
    assert TermEntry.objects.get(match="丁").history.get().exceptions == "丁香"
    # Those who stood there before, and one line for what was removed: by the list, not once more by the model.
    assert TermEntry.history.filter(match="丙").values_list("history_type", flat=True).count() == 2


@pytest.mark.usefixtures("empty")
def test_thousands_of_changes_are_written_to_the_last() -> None:
    TermEntry.history.all().delete()
    words = [f"词{number}" for number in range(1000)]
    office_terms.change(add=map(Term, words), by=None, reason="")
    assert [term.match for term in office_terms.table()] == words
    lines = list(office_terms.lines())
    day = DAY.replace(year=1999)
    office_terms.change(
        update=[(key, replace(term, note="neu", valid_from=day)) for key, term in lines[:700]],
        remove=[key for key, _term in lines[700:]],
        by=None,
        reason="",
    )
    assert set(office_terms.table()) == {Term(word, note="neu", valid_from=day) for word in words[:700]}
    signs = TermEntry.history.order_by("history_id").values_list("history_type", "id", "valid_from")
    assert Counter(sign for sign, _key, _day in signs) == {"+": 1000, "~": 700, "-": 300}
    assert {key for sign, key, first in signs if (sign, first) == ("~", day)} == {k for k, _ in lines[:700]}


@pytest.mark.usefixtures("empty")
def test_what_is_written_is_what_a_form_would_write() -> None:
    columns = {"suggestion": "乙", "severity": "block", "note": "n\n'%s", "valid_from": DAY, "valid_to": None}
    TermEntry.objects.create(match="甲", exceptions="甲板\n装甲", **columns)
    (term,) = office_terms.table()
    office_terms.change(add=[replace(term, match="甲丙", exceptions=("甲丙丁",))], by=None, reason="")
    written = TermEntry.objects.get(match="甲丙")
    assert {name: getattr(written, name) for name in columns} == columns
    assert written.history.get().history_date.tzinfo is not None


@pytest.mark.usefixtures("empty")
def test_a_table_that_changed_since_it_was_looked_at_is_not_written_to() -> None:
    seen = office_terms.state()
    TermEntry.objects.create(match="甲")
    with pytest.raises(office_terms.TableChanged):
        office_terms.change(add=[Term("乙")], by=None, reason="", seen=seen)
    office_terms.change(add=[Term("丙")], by=None, reason="", seen=office_terms.state())
    assert [term.match for term in office_terms.table()] == ["甲", "丙"]


@pytest.mark.usefixtures("empty")
def test_many_changes_are_made_altogether_or_not_at_all() -> None:
    TermEntry.objects.create(match="甲")
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        office_terms.change(
            add=[Term("丁"), Term("甲")], remove=[], update=[], by=None, reason="twice the same"
        )
    assert [term.match for term in office_terms.table()] == ["甲"]
    assert TermEntry.history.filter(match="丁").count() == 0
