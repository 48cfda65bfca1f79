"""Plates of vehicles. Masked ones (鲁Q×528×) pass; those of police cars are only noted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BETWEEN = r"[ \u00a0\u2000-\u200a\u3000\-\u2010-\u2015\u2212\u30fb.。·•・‧∙⋅_]{0,2}"
_LETTER = "[A-Z0-9]"
_END = "(?![A-Z0-9])"
_TAILS = (
    r"[A-Z0-9]{4}[挂学警港澳]",
    rf"(?:[A-HJK][A-HJ-NP-Z0-9]\d{{4}}|\d{{5}}[A-HJK]|\d{{6}}){_END}",
    rf"[A-Z0-9]{{5}}{_END}",
    rf"{_LETTER}(?:{_BETWEEN}{_LETTER}){{3}}{_BETWEEN}[挂学警港澳]",
    rf"{_LETTER}(?:{_BETWEEN}{_LETTER}){{5}}{_END}",
    rf"{_LETTER}(?:{_BETWEEN}{_LETTER}){{4}}{_END}",
)
_PLATE = re.compile(rf"([{_PROVINCE}]){_BETWEEN}([A-Z]){_BETWEEN}({'|'.join(_TAILS)})", re.IGNORECASE)
_ELECTRIC = re.compile(r"[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]|\d{6}")
# With fewer digits it is a word: 新MODEL3.
_FEWEST_DIGITS = 2


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for match in _PLATE.finditer(passage.folded.text):
            number = re.sub(r"[^A-Z0-9挂学警港澳]", "", match[3].upper())
            if sum(letter.isdigit() for letter in number) < _FEWEST_DIGITS:
                continue
            end = match.end()
            if len(number) == 6 and not _ELECTRIC.fullmatch(number):
                # A plate of five with a number behind it: 鲁H12345 3人.
                end, number = _shorter(match, end, number)
            is_police = number.endswith("警")
            yield found(
                passage,
                match.start(),
                end,
                check="plate",
                key="police_plate" if is_police else "plate_number",
                severity=Severity.INFO if is_police else Severity.BLOCK,
                suggestion="" if is_police else masking.plate(match[1] + match[2].upper() + number),
            )


def _shorter(match: re.Match[str], end: int, number: str) -> tuple[int, str]:
    tail = match.group()
    while tail and not re.match(r"[A-Za-z0-9]", tail[-1]):
        tail = tail[:-1]
    tail = tail[:-1].rstrip(" -.·_")
    return match.start() + len(tail), number[:5]
