"""What was changed in a unit, a person or a list, by whom and when: simple-history's records, made readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAGE = 50
NOTHING = "—"
ACTS = {"+": gettext_lazy("added"), "~": gettext_lazy("edited"), "-": gettext_lazy("removed")}


@dataclass(frozen=True)
class Change:
    """`old` is empty where no earlier record says what it was."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One line of a history. `who` is empty when no signed-in person did it (a fixture, a command)."""

    at: datetime
    who: str
    act: str
    sign: str
    subject: str
    changes: list[Change] = field(default_factory=list)
    reason: str = ""


def _shown(record: Any, column: models.Field[Any, Any]) -> str:
    """The value of a column as a reader would read it, also when what it points at is gone."""
    value = getattr(record, column.attname)
    if value in (None, "", []):
        return NOTHING
    if column.is_relation:
        target = column.related_model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(target) if target else f"#{value}"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _changes(before: Any | None, record: Any, named: set[str], labels: Mapping[str, Any]) -> list[Change]:
    """What differs from the record before; of a first one, everything that is set and not in the subject."""
    changes = []
    for column in record.tracked_fields:
        if column.primary_key or not column.editable or (before is None and column.name in named):
            continue
        if before is not None and getattr(before, column.attname) == getattr(record, column.attname):
            continue
        new = _shown(record, column)
        if before is None and new == NOTHING:
            continue
        old = _shown(before, column) if before is not None else ""
        changes.append(Change(str(labels.get(column.name, column.verbose_name)), old, new))
    return changes


def _before(records: list[Any]) -> dict[int, Any]:
    """For each record's id the record of the same object before it. One query."""
    if not records:
        return {}
    model = type(records[0])
    found: dict[int, Any] = {}
    last: dict[Any, Any] = {}
    for record in model.objects.filter(id__in={r.id for r in records}).order_by("history_date", "history_id"):
        if record.id in last:
            found[record.history_id] = last[record.id]
        last[record.id] = record
    return found


def read(
    records: models.QuerySet[Any],
    *,
    before: datetime | None,
    subject: Callable[[Any], str],
    named: Iterable[str] = (),
    labels: Mapping[str, Any] | None = None,
    unrecorded: str = "",
) -> list[Entry]:
    """Up to one page and one more of these records, newest first, those from before that moment.

    `named`: columns that the subject tells already; `labels`: what a form calls a column otherwise than its model.
    `unrecorded` is said of a save that changed none of the recorded fields.
    """
    if before is not None:
        records = records.filter(history_date__lt=before)
    page = list(records.select_related("history_user").order_by("-history_date", "-history_id")[: PAGE + 1])
    earlier = _before(page)
    entries = []
    for record in page:
        sign = record.history_type
        changes = (
            _changes(earlier.get(record.history_id), record, set(named), labels or {}) if sign != "-" else []
        )
        reason = record.history_change_reason or ""
        entries.append(
            Entry(
                at=record.history_date,
                who=str(record.history_user or ""),
                act=str(ACTS[sign]),
                sign={"+": "added", "~": "changed", "-": "removed"}[sign],
                subject=subject(record),
                changes=changes,
                reason=reason or (unrecorded if sign == "~" and not changes else ""),
            )
        )
    return entries


def one_page(entries: Iterable[Entry]) -> tuple[list[Entry], str]:
    """The newest of these entries, and where the next page begins (empty: nothing is older)."""
    ordered = sorted(entries, key=lambda entry: entry.at, reverse=True)
    if len(ordered) <= PAGE:
        return ordered, ""
    page, first_left_out = ordered[:PAGE], ordered[PAGE]
    # What happened at one moment is not torn apart, or a part of it would stand on no page.
    while len(page) > 1 and page[-1].at == first_left_out.at:
        page.pop()
    return page, page[-1].at.isoformat()


def moment(text: str) -> datetime | None:
    """Where a page begins, as its address says; nothing if that is broken."""
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return at if at is None or timezone.is_aware(at) else timezone.make_aware(at)
