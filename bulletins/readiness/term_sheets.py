"""Rows of an Excel table, read so that no file can fill the memory, and rows written as one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

import python_calamine
from django.utils.translation import gettext_lazy as _

from bulletins.readiness.term_lines import NoList

# What a packed file may unpack to: a table of a kilobyte can be made to fill a disk.
MOST_UNPACKED = 200 * 1024 * 1024
# The reader makes room for every cell between the first and the last, and a table of two cells may have them corners
# of the earth apart.
MOST_CELLS = 5_000_000
TOO_LARGE = _("The table is too large. Divide it, or save it as CSV.")
PLACE = re.compile(r"([A-Z]{1,3})?([0-9]{1,7})")
# Letters that a table program reads for others, as in _x0041_.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What a table must have besides its sheet (ECMA-376, part 1, 12.2).
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="terms" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def rows(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of the first sheet with their numbers. Raises `NoList`."""
    damaged = NoList(_("The file is damaged: it is called .xlsx, but is no such table."))
    try:
        plain = _unpacked(data)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(plain))
        sheet = book.get_sheet_by_index(0)
        yield from enumerate(sheet.iter_rows(), start=1)
    except NoList:
        raise
    except Exception as error:
        # The library raises whatever a part of the file leads it to.
        raise damaged from error


def _unpacked(data: bytes) -> bytes:
    """The same file without compression, so that its size is what it says, with those parts only that are sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as plain:
        parts = {part.filename: part for part in packed.infolist()}
        if sum(part.file_size for part in parts.values()) > MOST_UNPACKED:
            raise NoList(TOO_LARGE)
        for part in parts.values():
            content = packed.read(part)
            if _is_sound(content):
                plain.writestr(part.filename, content)
    return out.getvalue()


def _is_sound(content: bytes) -> bool:
    """Whether it can be read as XML; `NoList` if its cells lie too far apart."""
    furthest = {"row": 0, "column": 0}

    def begins(name: str, attributes: dict[str, str]) -> None:
        if "r" in attributes and name.rpartition(":")[2] in {"c", "row"}:
            place = PLACE.fullmatch(attributes["r"])
            if place is None:
                raise NoList(TOO_LARGE)
            furthest["row"] = max(furthest["row"], int(place[2]))
            furthest["column"] = max(furthest["column"], len(place[1] or "") and _column(place[1]))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return False
    if furthest["row"] * furthest["column"] > MOST_CELLS:
        raise NoList(TOO_LARGE)
    return True


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """One sheet of nothing but text: no cell is a formula, a number or a date, whatever it looks like.

    By hand, since openpyxl takes ten times as long for it: cells out of the alphabet and XML are all there is to it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in PARTS.items():
            packed.writestr(name, XML + content)
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, line in enumerate(lines, start=1):
                sheet.write(_row(number, line).encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _row(number: int, line: Sequence[str]) -> str:
    cells = (
        f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for letter, cell in zip(ascii_uppercase, line, strict=False)
        if cell
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(cell: str) -> str:
    return escape(ESCAPE.sub("_x005F_", cell))
