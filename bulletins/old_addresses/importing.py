"""A list of old addresses that is taken into the table: every line that can stand there, and why each other cannot."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from bulletins.models import OldAddress
from bulletins.old_addresses.book import Book, Fault
from bulletins.old_addresses.files import LeftOut, rows

BATCH = 500
MADE = ("old", "target", "key", "lead", "is_pattern", "weight")


@dataclass
class Plan:
    """What a list would change."""

    added: list[OldAddress] = field(default_factory=list)
    changed: list[OldAddress] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unchanged: int = 0

    @transaction.atomic
    def carry_out(self, *, by: User | None, reason: str) -> None:
        """All of it or nothing, each entry with its line in the history."""
        noted = {"batch_size": BATCH, "default_user": by, "default_change_reason": reason[:100]}
        bulk_update_with_history(self.changed, OldAddress, MADE, **noted)
        bulk_create_with_history(self.added, OldAddress, **noted)


def plan(data: bytes) -> Plan:
    """What taking that file in would change in the table as it is now. Raises `NoList`.

    A line whose old address stands there is given the new target. Lines are taken in their order: one that would lead
    in a circle with lines before it is the one that is left out.
    """
    book, made = Book.of_the_table(), Plan()
    lines: dict[str, int] = {}
    for line, row in rows(data):
        if isinstance(row, LeftOut):
            made.left_out.append(row)
            continue
        entry = OldAddress(old=row[0], target=row[1])
        try:
            _take(entry, line, book, lines, made)
        except ValidationError as broken:
            made.left_out.append(LeftOut(line, " ".join(broken.messages), ",".join(row)[:80]))
        except Fault as fault:
            made.left_out.append(LeftOut(line, fault.reason, ",".join(row)[:80]))
    return made


def _take(entry: OldAddress, line: int, book: Book, lines: dict[str, int], made: Plan) -> None:
    entry.prepare()
    if first := lines.get(entry.key):
        raise Fault(format_lazy(_("The same old address stands in line {line} already."), line=str(first)))
    former = book.by_key.get(entry.key)
    if former is None:
        book.add(entry)
        made.added.append(entry)
    elif former.target == entry.target:
        made.unchanged += 1
    else:
        entry.pk = former.pk
        book.replace(former, entry)
        made.changed.append(entry)
    lines[entry.key] = line
