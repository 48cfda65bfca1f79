"""One line of a list of terms: what its columns are called, and what makes it a term or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bulletins.readiness.finding import Severity
from bulletins.readiness.subject import Folded
from bulletins.readiness.terms import Term

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
    **dict.fromkeys(("禁止", "阻止", "必须改"), Severity.BLOCK),
    **dict.fromkeys(("警告", "提醒", "需核对", "warning"), Severity.WARN),
    **dict.fromkeys(("提示", "参考"), Severity.INFO),
    "": Severity.WARN,
}
LONGEST_MATCH = 100
LONGEST_NOTE = 1000
# A list is written by people: whichever of these they put between two exceptions is understood.
BETWEEN_EXCEPTIONS = re.compile(r"[|｜、;；\n]")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class BrokenLine(ValueError):
    """A line that is no term. `reason` is the sentence that says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


def columns_of(head: Sequence[str]) -> dict[int, str]:
    """Which column is which, by the first line; columns of other names are passed over."""
    return {n: NAMES[cell.lower()] for n, cell in enumerate(head) if cell.lower() in NAMES}


def term_of(cells: Mapping[str, str]) -> Term:
    """The term of a line, or `BrokenLine`."""
    match, suggestion, note = (cells.get(name, "") for name in ("match", "suggestion", "note"))
    _must_be_usable(match, suggestion, note)
    severity = SEVERITIES.get(cells.get("severity", "").lower())
    if severity is None:
        raise _broken(_("The severity “{said}” is none of block, warn, info."), cells["severity"])
    exceptions = tuple(filter(None, map(str.strip, BETWEEN_EXCEPTIONS.split(cells.get("exceptions", "")))))
    for exception in exceptions:
        if Folded.of(match).text not in Folded.of(exception).text or exception == match:
            raise _broken(_("The exception “{said}” is no longer word with the term in it."), exception)
    first, last = _day(cells.get("valid_from", "")), _day(cells.get("valid_to", ""))
    if first and last and last < first:
        raise BrokenLine(_("It ends before it begins to hold."))
    return Term(match, exceptions, severity, suggestion, note, first, last)


def _must_be_usable(match: str, suggestion: str, note: str) -> None:
    if not Folded.of(match).text.strip():
        raise BrokenLine(_("There is no term in it."))
    if "\n" in match or not match.isprintable():
        raise BrokenLine(_("The term has a letter in it that nobody sees, such as a line break."))
    if max(len(match), len(suggestion)) > LONGEST_MATCH or len(note) > LONGEST_NOTE:
        raise BrokenLine(_("A term has at most 100 letters, a note at most 1,000."))
    if match == suggestion:
        raise BrokenLine(_("The suggestion is the term itself."))


def _day(said: str) -> date | None:
    if not said:
        return None
    found = DAY.fullmatch(said)
    try:
        if found:
            year, month, day = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise _broken(_("“{said}” is no date. Write it like 2026-01-31."), said)


def _broken(sentence: Any, said: str) -> BrokenLine:
    return BrokenLine(format_lazy(sentence, said=said[:40]))
