"""The office's own table of terms, as the checks ask it, and as it is changed by many terms at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from threading import Lock
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bulletins.models import TermEntry
from bulletins.models.term import TermTable
from bulletins.readiness.finding import Severity
from bulletins.readiness.term_lines import COLUMNS, exceptions_of
from bulletins.readiness.terms import Matcher, Term

BATCH = 500
# The table that everybody sees, and the one that somebody is changing in a transaction of theirs.
KEPT = 2

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
    rows = TermEntry.objects.order_by("pk").values_list(*COLUMNS)
    return (_term(*row) for row in rows.iterator(chunk_size=2000))


def _term(
    match: str, suggestion: str, severity: str, exceptions: str, note: str, first: Any, last: Any
) -> Term:
    return Term(match, exceptions_of(exceptions), Severity(severity), suggestion, note, first, last)


def term_of(entry: TermEntry) -> Term:
    return _term(*(getattr(entry, column) for column in COLUMNS))


def columns_of(term: Term) -> dict[str, Any]:
    """What the row of a term says."""
    return {column: getattr(term, column) for column in COLUMNS} | {
        "severity": term.severity.value,
        "exceptions": "\n".join(term.exceptions),
    }


@transaction.atomic
def change(
    *,
    add: Iterable[Term] = (),
    update: Collection[tuple[TermEntry, Term]] = (),
    remove: Collection[TermEntry] = (),
    by: User | None,
    reason: str,
) -> None:
    """All of it or nothing, each term with its line in the history. An update goes by the row's key."""
    _note("-", remove, by, reason)
    for some in _batches([entry.pk for entry in remove]):
        TermEntry.objects.filter(pk__in=some).delete()
    changed = []
    for entry, term in update:
        for column, value in columns_of(term).items():
            setattr(entry, column, value)
        changed.append(entry)
    TermEntry.objects.bulk_update(changed, COLUMNS, batch_size=BATCH // len(COLUMNS))
    _note("~", changed, by, reason)
    added = [TermEntry(**columns_of(term)) for term in add]
    _note("+", TermEntry.objects.bulk_create(added, batch_size=BATCH), by, reason)


def _note(sign: str, entries: Collection[TermEntry], by: User | None, reason: str) -> None:
    records: Any = TermEntry.history.model
    at = timezone.now()
    records.objects.bulk_create(
        (
            records(
                id=entry.pk,
                **{column: getattr(entry, column) for column in COLUMNS},
                history_date=at,
                history_type=sign,
                history_user=by,
                history_change_reason=reason[:100],
            )
            for entry in entries
        ),
        batch_size=BATCH,
    )


def _batches(keys: list[int]) -> Iterator[list[int]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


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
