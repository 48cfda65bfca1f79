"""、 where it does not belong (GB/T 15834): between adjacent quotes or titles; and one quote around two names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.chinese import HAN
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

BETWEEN = re.compile(r"(?<=[”’》])、(?=[“‘《])")
# “局部”促“全局”、“小平安”促“大平安”: the items are more than their quotes, so the mark is right.
JOINED_BEFORE = re.compile(rf"[”》][{HAN}]{{1,6}}[“《][^“”《》\n]{{1,40}}[”》]$")
JOINED_AFTER = re.compile(rf"[“《][^“”《》\n]{{1,40}}[”》][{HAN}]{{1,6}}[“《]")
LONGEST = 100
ONE_QUOTE = re.compile(rf"“([{HAN}]{{1,5}})、([{HAN}]{{1,5}})”")
QUOTED = re.compile(rf"“([{HAN}]{{1,5}})”")


def _between(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in BETWEEN.finditer(text):
        at, end = match.span()
        if JOINED_BEFORE.search(text[max(0, at - LONGEST) : at]) or JOINED_AFTER.match(
            text[end : end + LONGEST]
        ):
            continue
        key = "enumeration_between_titles" if text[at - 1] == "》" else "enumeration_between_quotes"
        # With a character on either side, or the place could not be told from any other 、
        place = text[at - 1 : end + 1]
        yield Finding(
            "enumeration", key, Severity.WARN, passage.name, at - 1, end + 1, place, place[0] + place[-1]
        )


def _is_a_slogan(first: str, second: str) -> bool:
    """“抓早、抓小”, “微网格、大平安” are one quote: of one length, and alike in wording or of three characters and more."""
    is_alike = first[0] == second[0] or first[-1] == second[-1]
    return len(first) == len(second) and (is_alike or len(first) > 2)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    quoted_alone = {match[1] for passage in subject.passages for match in QUOTED.finditer(passage.text)}
    for passage in subject.passages:
        yield from _between(passage)
        for match in ONE_QUOTE.finditer(passage.text):
            first, second = match[1], match[2]
            if not {first, second} & quoted_alone and _is_a_slogan(first, second):
                continue
            context = {"apart": f"“{first}”“{second}”"}
            yield Finding(
                "enumeration",
                "one_quote_for_two",
                Severity.INFO,
                passage.name,
                *match.span(),
                match[0],
                "",
                context,
            )
