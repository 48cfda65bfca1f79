"""Lists of terms as files: CSV and XLSX, in and out. A broken line is left out and said, the others are taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bulletins.readiness import term_sheets
from bulletins.readiness.term_lines import COLUMNS, MOST_NOTE_LINES, BrokenLine, NoList, columns_of, term_of
from bulletins.readiness.terms import Term

SHIPPED = Path(__file__).parent / "data" / "terms.csv"

MOST_LINES = 200_000
MOST_BYTES = 20 * 1024 * 1024
# A note may be written on several lines of its cell; a quote that never closes must not swallow the rest of the list.
LONGEST_CELL_LINES = MOST_NOTE_LINES
# A table program takes a cell that begins like this for a formula.
FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
# Before these goes the mark that makes it text, and before that mark itself, so that it can be taken off again.
MARKED = (*FORMULA_SIGNS, "'")

NO_HEAD = _("The first line must name the columns; one of them must be “match” (词语).")

Row = Sequence[Any]


@dataclass(frozen=True)
class LeftOut:
    """A line that was not taken: its number as a table program counts, why, and how it begins."""

    line: int
    reason: str | Promise
    begins: str


@dataclass
class TermList:
    """`lines`: where each of the terms stands in the file."""

    terms: list[Term] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lines: list[int] = field(default_factory=list, compare=False, repr=False)


def read(name: str, data: bytes) -> TermList:
    """The list in a CSV (UTF-8, UTF-16, GB18030) or XLSX file. Raises `NoList` if it is no list at all."""
    if len(data) > MOST_BYTES:
        raise NoList(_("The file is larger than 20 MB. Divide it."))
    if data.startswith(b"PK\x03\x04"):
        return _taken(_xlsx_rows(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoList(_("This is a table of the old kind (.xls). Save it as .xlsx or CSV."))
    if name.lower().endswith(".xlsx"):
        raise NoList(_("The file is damaged: it is called .xlsx, but is no such table."))
    return _taken(csv_rows(text_of(data)))


@cache
def shipped() -> tuple[Term, ...]:
    """The list that comes with the program."""
    return tuple(read(SHIPPED.name, SHIPPED.read_bytes()).terms)


def to_csv(terms: Iterable[Term]) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, terms))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(terms: Iterable[Term]) -> bytes:
    return term_sheets.written(chain([COLUMNS], map(_cells, terms)))


def _cells(term: Term) -> list[str]:
    days = (day.isoformat() if day else "" for day in (term.valid_from, term.valid_to))
    values = (term.match, term.suggestion, term.severity.value, "|".join(term.exceptions), term.note, *days)
    return [harmless(value) for value in values]


def harmless(value: str) -> str:
    """No formula, and no letter that a table cannot hold."""
    if not value.isprintable():
        value = "".join(letter for letter in value if letter.isprintable() or letter == "\n")
    return f"'{value}" if value.startswith(MARKED) else value


def _plain_cell(value: Any) -> str:
    """What a cell says, with the mark taken off that `harmless` put before it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    said = str(value).strip()
    return said[1:] if said.startswith("'") and said[1:].startswith(MARKED) else said


def _taken(rows: Iterator[tuple[int, Row | BrokenLine, str]]) -> TermList:
    found = TermList()
    columns: dict[int, str] | None = None
    seen: dict[tuple[str, date, date], int] = {}
    for line, row, begins in rows:
        if isinstance(row, BrokenLine):
            found.left_out.append(LeftOut(line, row.reason, begins))
            continue
        cells = [_plain_cell(cell) for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = columns_of(cells)
            if "match" not in columns.values():
                raise NoList(NO_HEAD)
            continue
        begins = begins or ",".join(cells)[:40]
        if len(found.terms) + len(found.left_out) >= MOST_LINES:
            reason = _("A list has at most 200,000 lines. This one and all after it were left out.")
            found.left_out.append(LeftOut(line, reason, begins))
            break
        try:
            term = term_of({columns[n]: cell for n, cell in enumerate(cells) if n in columns})
            first = seen.setdefault(term.key, line)
            if first != line:
                raise BrokenLine(
                    format_lazy(_("The same term stands in line {line} already."), line=str(first))
                )
        except BrokenLine as broken:
            found.left_out.append(LeftOut(line, broken.reason, begins))
            continue
        found.terms.append(term)
        found.lines.append(line)
    if columns is None:
        raise NoList(NO_HEAD if found.left_out else _("The file is empty."))
    return found


def text_of(data: bytes) -> str:
    """What a file of whatever encoding says (UTF-8, UTF-16, GB18030)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Neither as a whole: some lines are broken. Whichever reads better is what the others are written in.
    readings = [data.decode(encoding, errors="replace") for encoding in ("utf-8-sig", "gb18030")]
    return min(readings, key=lambda reading: reading.count("\ufffd"))


def csv_rows(text: str) -> Iterator[tuple[int, Row | BrokenLine, str]]:
    """The number of each line, its cells (or why it cannot be read) and how it begins."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = next((line for line in lines if line.strip()), "")
    delimiter = max(",\t;", key=head.count)
    at = 0
    while at < len(lines):
        used, row = _record(lines, at, delimiter)
        yield at + 1, row, lines[at][:40]
        at += used


def _record(lines: list[str], at: int, delimiter: str) -> tuple[int, Row | BrokenLine]:
    """The row that begins in that line, and how many lines it takes. A broken one takes one."""
    if "\ufffd" in lines[at] or "\x00" in lines[at]:
        return 1, BrokenLine(_("Some letters cannot be read. Save the list as UTF-8."))
    quoted = '"' in lines[at]
    for used in range(1, LONGEST_CELL_LINES + 1 if quoted else 2):
        try:
            rows = list(csv.reader(["\n".join(lines[at : at + used])], strict=True, delimiter=delimiter))
        except csv.Error:
            continue
        return used, rows[0] if rows else ()
    return 1, BrokenLine(_("A quotation mark is opened and never closed, or a cell is too long."))


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, Row | BrokenLine, str]]:
    return ((line, row, "") for line, row in term_sheets.rows(data))
