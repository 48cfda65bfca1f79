"""One line of a list of terms: what its columns are called, and what makes it a term or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bulletins.readiness.finding import Severity
from bulletins.readiness.terms import Term, plain

# Under these names they are written; under the Chinese ones they are read as well.
COLUMNS = ("match", "suggestion", "severity", "exceptions", "note", "valid_from", "valid_to")
NAMES = {
    **{name: name for name in COLUMNS},
    **dict.fromkeys(("词语", "词", "错误", "错词", "匹配"), "match"),
    **dict.fromkeys(("建议", "正确", "建议写法"), "suggestion"),
    **dict.fromkeys(("级别", "严重程度"), "severity"),
    **dict.fromkeys(("例外", "例外词"), "exceptions"),
    **dict.fromkeys(("说明", "理由", "备注"), "note"),
    **dict.fromkeys(("生效日期", "起始日期", "生效"), "valid_from"),
    **dict.fromkeys(("失效日期", "截止日期", "失效"), "valid_to"),
}
SEVERITIES = {
    **{severity.value: severity for severity in Severity},
    **dict.fromkeys(("必须修改", "禁止", "阻止", "必须改"), Severity.BLOCK),
    **dict.fromkeys(("需要核对", "警告", "提醒", "需核对", "warning"), Severity.WARN),
    **dict.fromkeys(("供参考", "提示", "参考"), Severity.INFO),
    "": Severity.WARN,
}
LONGEST_MATCH = 100
LONGEST_NOTE = 1000
# A cell of a table program holds 32,767 letters.
MOST_EXCEPTIONS = 200
# A record of a CSV that takes more lines is read as a quotation mark that was never closed.
MOST_NOTE_LINES = 20
# A list is written by people: whichever of these they put between two exceptions is understood.
BETWEEN_EXCEPTIONS = re.compile(r"[|｜、;；\n]")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class NoList(ValueError):
    """The file as a whole cannot be read as a list of terms; the argument is the sentence that says why."""


class BrokenLine(ValueError):
    """A line that is no term. `reason` is the sentence that says why, `column` where it is to be mended."""

    def __init__(self, reason: str | Promise, column: str = "match") -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


def columns_of(head: Sequence[str]) -> dict[int, str]:
    """Which column is which, by the first line; columns of other names are passed over."""
    return {n: NAMES[cell.lower()] for n, cell in enumerate(head) if cell.lower() in NAMES}


def term_of(cells: Mapping[str, str]) -> Term:
    """The term of a line, or `BrokenLine`. What it says can be written to a file and read from it again as it is."""
    match = cells.get("match", "").strip()
    suggestion, note = _in_one_line(cells.get("suggestion", "")), _visible(cells.get("note", ""))
    _must_be_usable(match, suggestion, note)
    severity = SEVERITIES.get(cells.get("severity", "").lower())
    if severity is None:
        raise _broken(_("The severity “{said}” is none of block, warn, info."), cells["severity"], "severity")
    exceptions = exceptions_of(cells.get("exceptions", ""))
    _must_be_longer(exceptions, match)
    first, last = (_day(cells.get(column, ""), column) for column in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise BrokenLine(_("It ends before it begins to hold."), "valid_to")
    return Term(match, exceptions, severity, suggestion, note, first, last)


def exceptions_of(said: str) -> tuple[str, ...]:
    """Each once, in the order in which they were written."""
    parts = (_in_one_line(part) for part in BETWEEN_EXCEPTIONS.split(said))
    return tuple(dict.fromkeys(part for part in parts if part))


def _must_be_usable(match: str, suggestion: str, note: str) -> None:
    if not plain(match).strip():
        raise BrokenLine(_("There is no term in it."))
    if "\n" in match or not match.isprintable():
        raise BrokenLine(_("The term has a letter in it that nobody sees, such as a line break."))
    for column, said in (("match", match), ("suggestion", suggestion)):
        if len(said) > LONGEST_MATCH:
            raise BrokenLine(_("A term has at most 100 letters, a note at most 1,000."), column)
    if len(note) > LONGEST_NOTE:
        raise BrokenLine(_("A term has at most 100 letters, a note at most 1,000."), "note")
    if note.count("\n") >= MOST_NOTE_LINES:
        raise BrokenLine(_("A note has at most 20 lines."), "note")
    if match == suggestion:
        raise BrokenLine(_("The suggestion is the term itself."), "suggestion")


def _must_be_longer(exceptions: Sequence[str], match: str) -> None:
    if len(exceptions) > MOST_EXCEPTIONS:
        raise BrokenLine(_("A term has at most 200 exceptions."), "exceptions")
    folded = plain(match)
    for exception in exceptions:
        if len(exception) > LONGEST_MATCH:
            raise _broken(_("The exception “{said}” is longer than 100 letters."), exception, "exceptions")
        if folded not in plain(exception) or exception == match:
            raise _broken(
                _("The exception “{said}” is no longer word with the term in it."), exception, "exceptions"
            )


def _visible(said: str) -> str:
    """Without letters that nobody sees; every kind of blank is the plain one, and lines stay lines."""
    if said.isprintable():
        return said.strip()
    blank = (" " if unicodedata.category(letter) == "Zs" else letter for letter in said.replace("\r\n", "\n"))
    return "".join(letter for letter in blank if letter.isprintable() or letter == "\n").strip()


def _in_one_line(said: str) -> str:
    return _visible(said.replace("\n", " "))


def _day(said: str, column: str) -> date | None:
    if not said:
        return None
    found = DAY.fullmatch(said)
    try:
        if found:
            year, month, day = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise _broken(_("“{said}” is no date. Write it like 2026-01-31."), said, column)


def _broken(sentence: Any, said: str, column: str) -> BrokenLine:
    return BrokenLine(format_lazy(sentence, said=said[:40]), column)
