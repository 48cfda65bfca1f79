"""One name written two ways in one text: 护学岗 and 助学岗. Always a question, for two names may be two things.

Looked at are terms that somebody put in quotes, and long names of stations, streets and schools. What stands in one
sentence is a pair on purpose (“小平安”促“大平安”), and so is what differs in a number or a contrast (一号, 二号; 上午, 下午).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bulletins.readiness.chinese import HAN, SENTENCE_ENDS, is_han
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

QUOTED = re.compile(rf"“([{HAN}]{{3,8}})”")
END = re.compile(f"[{SENTENCE_ENDS}]")
KINDS = re.compile("派出所|公安局|分局|大队|中队|社区|小区|街道|中学|小学|公司")
# So many characters of a long name are compared, the first two of which must agree.
BEFORE_KIND = 4
CONTRASTS = (
    "一二三四五六七八九十百千万两双", "甲乙丙丁", "大小", "上下", "前后", "内外", "左右", "东南西北中", "男女老少幼", "新旧老",
    "省市县区镇乡村", "正副", "春夏秋冬", "早晚日夜", "红黄蓝绿白黑", "打防管控", "警民", "多少", "有无不", "进出", "人物技",
)  # fmt: skip
# Bounds, so that no text makes this run long: terms compared, places looked at of each, pairs of names alike.
TERMS, PLACES, ALIKE = 200, 50, 20


@dataclass(frozen=True)
class _Place:
    passage: Passage
    at: int
    sentence: tuple[str, int]


class _Text:
    """Where things stand, sentence by sentence."""

    def __init__(self, subject: Subject) -> None:
        self.passages = subject.passages
        self.ends = {
            passage.name: [match.start() for match in END.finditer(passage.text)]
            for passage in subject.passages
        }
        self.known: dict[str, list[_Place]] = {}

    def place(self, passage: Passage, at: int) -> _Place:
        return _Place(passage, at, (passage.name, bisect_right(self.ends[passage.name], at)))

    def places(self, term: str) -> list[_Place]:
        if term in self.known:
            return self.known[term]
        found = self.known[term] = []
        for passage in self.passages:
            at = passage.text.find(term)
            while at >= 0 and len(found) < PLACES:
                found.append(self.place(passage, at))
                at = passage.text.find(term, at + 1)
        return found


def _differ_in_contrast(one: str, other: str) -> bool:
    left, right = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    return any(left in contrast and right in contrast for contrast in CONTRASTS)


def _pairs(terms: list[str]) -> Iterator[tuple[str, str]]:
    """Terms of one length that differ in one character, and not in the last, which says what a thing is."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in terms:
        for at in range(len(term) - 1):
            alike[term[:at], term[at + 1 :]].append(term)
    for group in alike.values():
        yield from combinations(group[:ALIKE], 2)


def _next_two(place: _Place, length: int) -> str:
    following = place.passage.text[place.at + length : place.at + length + 3].lstrip("”")[:2]
    return following if len(following) == 2 and all(map(is_han, following)) else ""


def _unquoted(text: _Text, term: str, quoted: set[str]) -> Iterator[str]:
    """Words that differ from the term in their first character only and are followed by the same two characters."""
    shared = term[1:]
    follow = {_next_two(place, len(term)) for place in text.places(term)} - {""}
    for place in text.places(shared):
        first = place.passage.text[place.at - 1 : place.at] if place.at else ""
        other = first + shared
        if (
            is_han(first)
            and other != term
            and other not in quoted
            and _next_two(place, len(shared)) in follow
        ):
            yield other


def _names(text: _Text) -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = defaultdict(list)
    for passage in text.passages:
        for match in KINDS.finditer(passage.text):
            at = match.start() - BEFORE_KIND
            name = passage.text[max(0, at) : match.end()]
            is_taken = at >= 0 and all(map(is_han, name)) and (name in found or len(found) < TERMS)
            if is_taken and len(found[name]) < PLACES:
                found[name].append(text.place(passage, at))
    return found


def _question(
    one: list[_Place], other: list[_Place], names: tuple[str, str], severity: Severity
) -> Iterator[Finding]:
    if {place.sentence for place in one} & {place.sentence for place in other} or not (one and other):
        return
    rare, often = (0, 1) if len(one) <= len(other) else (1, 0)
    place = (one, other)[rare][0]
    end = place.at + len(names[rare])
    context = {
        "other": names[often], "times": str(len((one, other)[rare])), "other_times": str(len((one, other)[often])),
    }  # fmt: skip
    yield Finding(
        "same_name", "name_two_ways", severity, place.passage.name, place.at, end, names[rare], "", context
    )


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    text = _Text(subject)
    found = (match[1] for passage in subject.passages for match in QUOTED.finditer(passage.text))
    terms = list(dict.fromkeys(found))[:TERMS]
    for one, other in _pairs(terms):
        if not _differ_in_contrast(one, other):
            severity = Severity.WARN if one[-2:] == other[-2:] else Severity.INFO
            yield from _question(text.places(one), text.places(other), (one, other), severity)
    for term in terms:
        for other in dict.fromkeys(_unquoted(text, term, set(terms))):
            if not _differ_in_contrast(term, other):
                yield from _question(text.places(term), text.places(other), (term, other), Severity.INFO)
    names = _names(text)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        for at in range(2, BEFORE_KIND):
            alike[name[:at], name[at + 1 :]].append(name)
    for group in alike.values():
        for one, other in combinations(group[:ALIKE], 2):
            if not _differ_in_contrast(one, other):
                yield from _question(names[one], names[other], (one, other), Severity.INFO)
