"""Lists of old addresses as files: CSV, in and out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from bulletins.models import OldAddress
from bulletins.readiness.term_files import FORMULA_SIGNS, LeftOut, csv_rows, harmless, text_of
from bulletins.readiness.term_lines import BrokenLine, NoList

__all__ = ["MOST_BYTES", "MOST_LINES", "LeftOut", "NoList", "rows", "to_csv"]

MOST_LINES = 10_000
MOST_BYTES = 10 * 1024 * 1024
COLUMNS = ("old", "target")
# Under these names a column is known as well.
NAMES = {
    **{name: name for name in COLUMNS},
    **dict.fromkeys(("旧地址", "原地址", "from", "source"), "old"),
    **dict.fromkeys(("新地址", "目标", "转到", "to"), "target"),
}


def rows(data: bytes) -> Iterator[tuple[int, tuple[str, str] | LeftOut]]:
    """The number of each line, and its old address and target, or why it cannot be read. Raises `NoList`.

    A first line that names the columns says which is which; without one they are the first two.
    """
    if len(data) > MOST_BYTES:
        raise NoList(_("The file is larger than 10 MB. Divide it."))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NoList(_("This is an Excel table. Save it as CSV."))
    columns: dict[str, int] | None = None
    count = 0
    for line, row, begins in csv_rows(text_of(data)):
        if isinstance(row, BrokenLine):
            yield line, LeftOut(line, row.reason, begins)
            continue
        cells = [_plain(cell) for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells)
            if columns:
                continue
            columns = {"old": 0, "target": 1}
        count += 1
        if count > MOST_LINES:
            reason = _("A list has at most 10,000 lines. This one and all after it were left out.")
            yield line, LeftOut(line, reason, begins)
            return
        old, target = (cells[at] if at < len(cells) else "" for at in (columns["old"], columns["target"]))
        yield line, (old, target)
    if columns is None and not count:
        raise NoList(_("The file is empty."))


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Which column is which, if this line says so."""
    named = {NAMES[cell.lower()]: at for at, cell in enumerate(cells) if cell.lower() in NAMES}
    return named if set(named) == set(COLUMNS) else None


def _plain(cell: Any) -> str:
    said = str(cell).strip()
    return said[1:] if said.startswith("'") and said[1:].startswith((*FORMULA_SIGNS, "'")) else said


def to_csv(entries: Iterable[OldAddress]) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows((harmless(entry.old), harmless(entry.target)) for entry in entries)
    return out.getvalue().encode("utf-8-sig")
