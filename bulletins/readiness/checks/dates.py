"""Dates that do not exist, lie after publication as if they had been, or have another weekday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

WEEKDAYS = "一二三四五六日"
WEEKDAY = rf"(?: {{0,3}}(?:\(? {{0,3}}(?:星期|周|礼拜)|, {{0,3}}(?:星期|礼拜))(?P<weekday>[{WEEKDAYS}天])(?![至到]))?"
# Spaces are the spacing check's business; the date is read through them. The text is folded: narrow digits and brackets.
DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4}) {0,3}年 {0,3}|(?P<this>今年 {0,3}))?(?P<month>\d{1,2}) {0,3}月"
    r"(?: {0,3}(?P<day>\d{1,2}) {0,3}[日号])?" + WEEKDAY
)
# Of the lunar calendar other days exist.
IN_WORDS = re.compile(
    r"(?<!农历)(?<!阴历)(?<!旧历)(?<![〇零一二三四五六七八九十百])(?:(?P<year>[一二][〇零一二三四五六七八九]{3})年)?"
    r"(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})[日号]" + WEEKDAY
)
ISO = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./-])"
    + WEEKDAY
)
# Words of what is still to come, right at the date or somewhere in its sentence.
BEFORE = re.compile(r"(?:至|到|于|自|从|截至|截止|—|-|~|～)(?:20\d\d年)?$")
AFTER = re.compile(r"^(?:之前|以前|前|起|止|为止|之后|以后|后|开始|至|到|—|-|~|～)")
TO_COME = re.compile(
    "将|预计|计划|拟|定于|届时|有效|期限|截止|截至|截稿|力争|确保|实现|目标|规划|施行|实施|生效|请于|即将|明年|报名|公示|受理|时间[为:]"
)
DIGITS = "〇一二三四五六七八九"
SENTENCE = re.compile("[。！？!?\n]")
REACH = 80
# Within so many years every day of the calendar comes up.
LEAP = 8


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around, as far as it matters."""
    before = SENTENCE.split(text[max(0, start - REACH) : start])[-1]
    return before + text[start:end] + SENTENCE.split(text[end : end + REACH])[0]


def _is_to_come(text: str, start: int, end: int) -> bool:
    return bool(
        BEFORE.search(text[max(0, start - 8) : start].rstrip())
        or AFTER.match(text[end : end + 4].lstrip())
        or TO_COME.search(_sentence(text, start, end))
    )


def _year_meant(month: int, day: int, around: date) -> int:
    """Of a date without a year: the year that brings it nearest to the day of publication."""
    years = range(max(1, around.year - LEAP), min(9999, around.year + LEAP) + 1)
    meant = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    return min(meant, key=lambda at: abs((at - around).days)).year


def _number(written: str) -> int:
    """十二, 二十三, 二〇二一 or 12."""
    if written.isdecimal():
        return int(written)
    if "十" in written:
        tens, _ten, ones = written.partition("十")
        return 10 * (DIGITS.find(tens) if tens else 1) + (DIGITS.find(ones) if ones else 0)
    return int("".join(str(DIGITS.find(letter)) for letter in written.replace("零", "〇")))


def _findings(passage: Passage, match: re.Match[str], around: date) -> Iterator[Finding]:
    parts = match.groupdict()
    month, day = _number(parts["month"]), _number(parts["day"] or "1")
    start, end = passage.folded.span(*match.span())
    place = (passage.name, start, end, passage.place(start, end))
    year = _number(parts["year"]) if parts["year"] else around.year if parts.get("this") else None
    # 2024 stands in where no year is said: 29 February may be.
    longest = monthrange(year or 2024, month)[1] if 1 <= month <= 12 else 0
    if not 1 <= day <= longest or year == 0:
        context = {"month": str(month), "days": str(longest)}
        key = "month_does_not_exist" if not longest else "date_does_not_exist"
        yield Finding("dates", key, Severity.WARN, *place, "", context)
        return
    if parts.get("weekday") and parts["day"]:
        told = WEEKDAYS.index(parts["weekday"].replace("天", "日"))
        at = date(year or _year_meant(month, day, around), month, day)
        if at.weekday() != told:
            context = {"date": at.isoformat(), "weekday": f"星期{WEEKDAYS[at.weekday()]}"}
            yield Finding("dates", "weekday_does_not_match", Severity.WARN, *place, "", context)
    if year and date(year, month, day) > around and not _is_to_come(passage.folded.text, *match.span()):
        context = {"day": around.isoformat()}
        yield Finding("dates", "date_lies_ahead", Severity.WARN, *place, "", context)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for pattern in (DAY, ISO, IN_WORDS):
            for match in pattern.finditer(passage.folded.text):
                yield from _findings(passage, match, around.day)
