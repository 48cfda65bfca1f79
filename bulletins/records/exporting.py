"""The log taken out, line by line as it is read: a table for people, and JSON Lines by which the chain can be proved."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models.log import LogEntry, LogQuerySet
from bulletins.readiness.term_files import harmless
from bulletins.records.wording import kind_label, told, what_label

CHUNK = 2000
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


def in_period(entries: LogQuerySet, since: date | None, until: date | None) -> LogQuerySet:
    """Those of the days from `since` to `until`, both included; without a day there is no bound.

    The clock of the log never goes back, so that a period is a range of entries: two short questions, whatever else is
    asked for.
    """
    numbers = LogEntry.objects.order_by("at", "sequence").values_list("sequence", flat=True)
    if since is not None:
        first = numbers.filter(at__gte=_midnight(since)).first()
        entries = entries.filter(sequence__gte=first) if first else entries.none()
    if until is not None and until < date.max:
        after = numbers.filter(at__gte=_midnight(date.fromordinal(until.toordinal() + 1))).first()
        entries = entries.filter(sequence__lt=after) if after else entries
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(entries: LogQuerySet, form: str) -> Iterator[str]:
    """`csv` or `jsonl`, oldest first."""
    found = entries.order_by("sequence").iterator(chunk_size=CHUNK)
    return _table(found) if form == "csv" else map(as_json, found)


def as_json(entry: LogEntry) -> str:
    """One line. `hash` is the SHA-256 of all the rest as canonical JSON: keys sorted, no white space, UTF-8."""
    return (
        json.dumps(
            entry.sealed() | {"hash": entry.hash}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        + "\n"
    )


class _Line:
    """What `csv.writer` writes to: it gives the line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _table(entries: Iterable[LogEntry]) -> Iterator[str]:
    writer: Any = csv.writer(_Line())
    # By the first letter spreadsheets see that it is UTF-8.
    yield "\ufeff" + writer.writerow(
        (_("entry"), _("when"), _("kind"), _("what"), _("who"), _("about what"), _("details"), _("hash"))
    )
    for entry in entries:
        yield writer.writerow(
            (
                entry.sequence,
                f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
                kind_label(entry),
                what_label(entry),
                harmless(entry.who),
                harmless(entry.about),
                harmless("；".join(told(entry))),
                entry.hash,
            )
        )
