"""The office's own table of terms, as the checks ask it, and as it is changed by many terms at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any

from django.db import transaction

from accounts.models import User
from bulletins.models import TermEntry
from bulletins.models.term import TermTable
from bulletins.readiness.finding import Severity
from bulletins.readiness.term_lines import COLUMNS, exceptions_of
from bulletins.readiness.term_rows import Written
from bulletins.readiness.terms import Matcher, Term

# The table that everybody sees, and the one that somebody is changing in a transaction of theirs.
KEPT = 2

# A term under the key of its row.
Line = tuple[int, Term]

_kept: dict[str, Matcher] = {}
_building = Lock()


def state() -> str:
    """By which the table is known; empty if it was never filled. One query by the key."""
    return TermTable.objects.filter(pk=TermTable.ONLY).values_list("state", flat=True).first() or ""


def terms() -> Matcher:
    """The office's table of terms as it is now, for every worker and thread, and within a transaction as that has it.

    Built once for each state of the table. An empty table matches nothing.
    """
    # Asked before the terms are read: what is changed in between gives another state, and is read by whoever asks next.
    now = state()
    matcher = _kept.get(now)
    if matcher is not None:
        return matcher
    with _building:
        matcher = _kept.get(now)
        if matcher is None:
            matcher = Matcher(table())
            while len(_kept) >= KEPT:
                _kept.pop(next(iter(_kept)), None)
            _kept[now] = matcher
    return matcher


def table() -> Iterator[Term]:
    """Every term of the table, in the order in which they came into it."""
    return (term for _key, term in lines())


def lines() -> Iterator[Line]:
    """As `table`, each with its key. Made of plain values: a table may have 100,000 terms."""
    rows = TermEntry.objects.order_by("pk").values_list("pk", *COLUMNS)
    return ((key, _term(*row)) for key, *row in rows.iterator(chunk_size=2000))


def _term(
    match: str, suggestion: str, severity: str, exceptions: str, note: str, first: Any, last: Any
) -> Term:
    return Term(match, exceptions_of(exceptions), Severity(severity), suggestion, note, first, last)


def columns_of(term: Term) -> dict[str, Any]:
    """What the row of a term says."""
    return dict(zip(COLUMNS, values_of(term), strict=True))


def values_of(term: Term) -> tuple[Any, ...]:
    """The same in the order of `COLUMNS`."""
    return (
        term.match,
        term.suggestion,
        term.severity.value,
        "\n".join(term.exceptions),
        term.note,
        term.valid_from,
        term.valid_to,
    )


class TableChanged(Exception):
    """The table is not the one any more that was looked at. Nothing was written."""


def change(
    *,
    add: Iterable[Term] = (),
    update: Iterable[Line] = (),
    remove: Iterable[int] = (),
    by: User | None,
    reason: str,
    seen: str | None = None,
) -> None:
    """All of it or nothing, each term with its line in the history. Updates and removals go by the row's key.

    With `seen`, the state in which the table was looked at, it raises `TableChanged` if that is not its state now.
    """
    # While this writes, nobody else can (SQLite), or nobody can change terms (PostgreSQL): all is made ready before.
    written = Written(by, reason[:100])
    added = [values_of(term) for term in add]
    updated = [(key, *values_of(term)) for key, term in update]
    removed = list(remove)
    with transaction.atomic():
        if seen is not None and locked_state() != seen:
            raise TableChanged
        written.remove(removed)
        written.update(updated)
        written.add(added)


def locked_state() -> str:
    """As `state`, and nobody else changes the table until the transaction is over."""
    # A table that was never filled has no row to lock.
    TermTable.objects.get_or_create(pk=TermTable.ONLY, defaults={"state": ""})
    return TermTable.objects.select_for_update().get(pk=TermTable.ONLY).state


@transaction.atomic
def add_missing(wanted: Iterable[Term], *, by: User | None, reason: str) -> int:
    """Add those that do not stand in the table, however often one asks; how many that were."""
    locked_state()
    added = missing(wanted)
    change(add=added, by=by, reason=reason)
    return len(added)


def missing(wanted: Iterable[Term]) -> list[Term]:
    """Those that do not stand in the table, in whatever words and for whatever period."""
    there = set(TermEntry.objects.values_list("match", flat=True))
    return [term for term in wanted if term.match not in there]
