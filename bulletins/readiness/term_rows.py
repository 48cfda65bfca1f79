"""Rows of the table of terms, written by the hundred with their history, in as little time as a database can.

The models would make two objects of every row and ask each field of them how it is written: 100,000 terms kept everybody
else from writing for a minute. The constraints and triggers are in the database and hold here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from accounts.models import User
from bulletins.models import TermEntry
from bulletins.readiness.term_lines import COLUMNS

Values = tuple[Any, ...]
Row = TypeVar("Row")

TERMS = TermEntry._meta.db_table
HISTORY = TermEntry.history.model._meta.db_table
# SQLite may have been built to take no more values in a statement than this.
MOST_VALUES = 999
BATCH = MOST_VALUES // (len(COLUMNS) + 1)

NAMES = ", ".join(COLUMNS)
ADD = f"INSERT INTO {TERMS} ({NAMES}) VALUES {{rows}} RETURNING id"
UPDATE = f"INSERT INTO {TERMS} (id, {NAMES}) VALUES {{rows}} ON CONFLICT (id) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in COLUMNS
)
REMOVE = f"DELETE FROM {TERMS} WHERE id IN {{row}}"
NOTE = (
    f"INSERT INTO {HISTORY} (id, {NAMES}, history_type, history_date, history_user_id, history_change_reason) "
    f"SELECT id, {NAMES}, %s, %s, %s, %s FROM {TERMS} WHERE id IN {{row}} ORDER BY id"
)


class Written:
    """What somebody changes at one moment for one reason. The caller opens the transaction."""

    def __init__(self, by: User | None, reason: str) -> None:
        self.by: int | None = by.pk if by else None
        self.reason = reason
        self.at = connection.ops.adapt_datetimefield_value(timezone.now())

    def add(self, rows: Sequence[Values]) -> None:
        """Each in the order of `COLUMNS`."""
        with connection.cursor() as cursor:
            for some in _batches(rows):
                cursor.execute(ADD.format(rows=_places(some)), _flat(some))
                self._note("+", [key for (key,) in cursor.fetchall()])

    def update(self, rows: Sequence[Values]) -> None:
        """Each with its key before the `COLUMNS`."""
        with connection.cursor() as cursor:
            for some in _batches(rows):
                cursor.execute(UPDATE.format(rows=_places(some)), _flat(some))
                self._note("~", [row[0] for row in some])

    def remove(self, keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for some in _batches(keys):
                self._note("-", some)
                cursor.execute(REMOVE.format(row=_place(some)), some)

    def _note(self, sign: str, keys: Sequence[int]) -> None:
        """In the history as they stand in the table."""
        with connection.cursor() as cursor:
            cursor.execute(NOTE.format(row=_place(keys)), [sign, self.at, self.by, self.reason, *keys])


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))


def _flat(rows: Sequence[Values]) -> list[Any]:
    return [value for row in rows for value in row]


def _places(rows: Sequence[Values]) -> str:
    return ", ".join(map(_place, rows))


def _place(values: Sequence[Any]) -> str:
    return f"({', '.join(['%s'] * len(values))})"
