"""Spaces inside dates, numbers and Chinese sentences. Headlines use them between clauses, bylines to align names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.chinese import HAN
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

GAP = r"[ \u00a0\u2002-\u200a\u3000]"
DATE = re.compile(
    rf"(?<!\d)(?:\d{{2,4}}{GAP}{{0,4}}年{GAP}{{0,4}})?\d{{1,2}}{GAP}{{0,4}}月(?:{GAP}{{0,4}}\d{{1,2}}{GAP}{{0,4}}[日号])?"
    rf"|(?<!\d)\d{{2,4}}{GAP}{{1,4}}年"
    rf"|(?<!\d)\d{{1,2}}{GAP}{{1,4}}日"
    rf"|(?<!\d)\d{{1,2}}{GAP}{{0,4}}时{GAP}{{0,4}}\d{{1,2}}{GAP}{{0,4}}分"
)
NUMBER = re.compile(
    rf"\d{{1,12}}(?:\.\d{{1,6}})?{GAP}{{1,4}}(?:[.,]\d|[%％]|[余多]?[万亿元名人起件个次条份户辆家枚台])"
    rf"|\d[.,]{GAP}{{1,4}}\d(?=\d{{0,2}}[%％万亿元])|第{GAP}{{1,4}}\d{{1,6}}"
)
WORDS = re.compile(rf"(?<=[{HAN}]){GAP}{{1,8}}(?=[{HAN}])")
SPACE = re.compile(GAP)
# In a byline spaces set names and what the people did apart: 记者 张艳 通讯员 付哲 摄
NAMES_BEFORE = re.compile(
    rf"(?:(?:通讯员|记者|作者)[{HAN} \u00a0\u3000]{{0,14}}|(?:编辑|校对|摄影|摄像|供稿|来源|[文图摄]))$"
)
NAMES_AFTER = re.compile("通讯员|记者|作者|编辑|校对|摄影|摄像|供稿|[文图摄](?:[）/／\n]|$)")
WITHOUT_CLAUSES = frozenset({"headline", "kicker", "subhead", "source"})
# A line of the body that is not longer and has no full stop is a heading, or a byline.
HEADING = 40
QUOTES = re.compile(r"[“”《》]")


def _is_a_heading(passage: Passage, at: int) -> bool:
    start = passage.text.rfind("\n", max(0, at - HEADING), at) + 1 or max(0, at - HEADING)
    if at - start >= HEADING:
        return False
    end = passage.text.find("\n", at, start + HEADING + 2)
    line = passage.text[start : end if end >= 0 else start + HEADING + 2]
    return len(line) <= HEADING and line[-1:] not in "。！？；：，……"


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quoted headline or title is around: there the space joins clauses."""
    before = QUOTES.findall(text, max(0, at - 60), at)
    return bool(before) and before[-1] in "“《"


def _between_words(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    for match in WORDS.finditer(text):
        at = match.start()
        is_byline = NAMES_BEFORE.search(text[max(0, at - 18) : at]) or NAMES_AFTER.match(text, match.end())
        if not (is_byline or _is_a_heading(passage, at) or _is_quoted(text, at)):
            yield match.span()


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        text, name = passage.text, passage.name
        for key, pattern in (("space_in_date", DATE), ("space_in_number", NUMBER)):
            for match in pattern.finditer(text):
                whole = match[0]
                if SPACE.search(whole):
                    yield Finding(
                        "spacing", key, Severity.WARN, name, *match.span(), whole, SPACE.sub("", whole)
                    )
        if name in WITHOUT_CLAUSES or name.startswith("credits.") or name.endswith(".credit"):
            continue
        for start, end in _between_words(passage):
            place = text[start - 1 : end + 1]
            yield Finding(
                "spacing",
                "space_in_sentence",
                Severity.WARN,
                name,
                start - 1,
                end + 1,
                place,
                place[0] + place[-1],
            )
