"""Chinese and Arabic numerals for the same kind of number in one text (GB/T 15835: one style within a text).

Only numbers from ten upwards count, which may be written either way; 一级, 第一, 三个, 十九大, 十余名 and what stands in
quotes (“百万警进千万家”) are not numbers to be written otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

DIGITS = "〇零一二三四五六七八九十百千万亿"
UNITS = "名|人次|人|起|件|个|次|条|份|户|元|辆|家|台|枚|所|处|公里|公斤|小时|分钟|周岁|岁|天"
CHINESE = re.compile(
    rf"(?<![{DIGITS}第数几上近成两届])(?P<number>[二三四五六七八九]?十[一二三四五六七八九]?"
    rf"|[一二三四五六七八九]百[{DIGITS}]{{0,6}}|[一二三四五六七八九]千[{DIGITS}]{{0,8}})(?P<unit>{UNITS})"
    rf"|(?P<percent>百分之[{DIGITS}点]{{1,9}})"
    rf"|(?<![{DIGITS}历])(?P<date>[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
    rf"|(?<![{DIGITS}])(?P<year>[一二][〇零九一二三四五六七八]{{3}})年"
)
ARABIC = re.compile(
    rf"(?<![\d.])(?P<number>[1-9]\d{{1,9}})(?P<unit>{UNITS})"
    r"|(?P<percent>\d[%％])|(?<!\d)(?P<date>\d{1,2}月\d{1,2}日)|(?<!\d)(?P<year>(?:19|20)\d\d)年"
)
# Ends that turn a number with its unit into something else: 三十人民币, 二十家庭, 十个月大.
OTHERWISE = re.compile(
    "民|家庭|元宵|处理|处置|处警|所有|个别|个人|起来|次日|件套|条例|条规|条款|次全|次会|次党|次代表|次常委|家属|户籍|分之"
)
QUOTES = re.compile(r"[“”《》]")


def _kind(match: re.Match[str]) -> str:
    return match["unit"] or next(kind for kind in ("percent", "date", "year") if match[kind])


def _is_quoted(text: str, at: int) -> bool:
    before = QUOTES.findall(text, max(0, at - 40), at)
    return bool(before) and before[-1] in "“《"


@dataclass
class _Written:
    """Numbers of one kind in one style: the first of them, and how many there are."""

    passage: Passage
    first: re.Match[str]
    times: int = 0


def _written(pattern: re.Pattern[str], subject: Subject) -> dict[str, _Written]:
    found: dict[str, _Written] = {}
    for passage in subject.passages:
        for match in pattern.finditer(passage.text):
            is_other = match["unit"] and OTHERWISE.match(passage.text, match.start("unit"))
            if not is_other and not _is_quoted(passage.text, match.start()):
                found.setdefault(_kind(match), _Written(passage, match)).times += 1
    return found


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    chinese, arabic = _written(CHINESE, subject), _written(ARABIC, subject)
    for kind in sorted(chinese.keys() & arabic.keys()):
        rare, often = sorted((chinese[kind], arabic[kind]), key=lambda written: written.times)
        yield Finding(
            "numerals",
            "numerals_mixed",
            Severity.INFO,
            rare.passage.name,
            *rare.first.span(),
            rare.first[0],
            "",
            {"other": often.first[0]},
        )
