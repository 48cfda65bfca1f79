"""Two texts letter by letter, since Chinese has no words to go by; numbers and Latin words are not torn apart.

The fewest letters are found by RapidFuzz; what a person would rather read is made of them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

SAME, GONE, NEW = "same", "gone", "new"
# What lies between common beginning and common end is compared up to this product of lengths (10,000 letters in each:
# 0.2 s); beyond it as a whole.
MOST_COMPARED = 100_000_000
# A stretch in common that is shorter than the changes on both sides of it is chance up to this many letters.
CHANCE = 5
# Texts that have less than this of the shorter one in common are no versions of each other.
FEWEST = 0.3
_TOKEN = re.compile(r"[0-9]+|[A-Za-z]+|.", re.DOTALL)
_ENDS, _PAUSES = frozenset("。！？；\n"), frozenset("，、：,;:!?.）”’》")


@dataclass(frozen=True)
class Piece:
    """A run of characters: `same`, `gone` or `new`."""

    how: str
    text: str


@dataclass
class _Change:
    """old[a:b] became new[c:d] (positions of tokens)."""

    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        return max(self.b - self.a, self.d - self.c)


def characters(old: str, new: str) -> list[Piece]:
    """What became of the old text. The pieces that are not new make the old text, those not gone the new one."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    changes = _without_chance(_changes(before, after), before)
    _put_at_the_ends_of_sentences(changes, before, after)
    kept = len(before) - sum(change.b - change.a for change in changes)
    if kept < FEWEST * min(len(before), len(after)):
        changes = [_Change(0, len(before), 0, len(after))]
    return list(_pieces(changes, before, after))


def _changes(before: list[str], after: list[str]) -> list[_Change]:
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    end = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    if len(one) * len(other) > MOST_COMPARED:
        return [_Change(start, start + len(one), start, start + len(other))]
    found: list[_Change] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            continue
        a, b, c, d = (
            start + place for place in (step.src_start, step.src_end, step.dest_start, step.dest_end)
        )
        if found and (found[-1].b, found[-1].d) == (a, c):
            found[-1] = _Change(found[-1].a, b, found[-1].c, d)
        else:
            found.append(_Change(a, b, c, d))
    return found


def _is_chance(common: list[str], one: _Change, other: _Change) -> bool:
    if sum(token.isalnum() for token in common) < 2:
        return True
    return len(common) <= min(CHANCE, one.size, other.size)


def _without_chance(changes: list[_Change], before: list[str]) -> list[_Change]:
    """Changes with nothing but chance between them are one: no confetti of single letters."""
    kept: list[_Change] = []
    for change in changes:
        while kept and _is_chance(before[kept[-1].b : change.a], kept[-1], change):
            last = kept.pop()
            change = _Change(last.a, change.b, last.c, change.d)
        kept.append(change)
    return kept


def _weight(tokens: list[str], start: int, end: int) -> int:
    """How well a stretch stands for itself: best as whole sentences."""
    total = 0
    for before in (start - 1, end - 1):
        token = tokens[before] if before >= 0 else "\n"
        total += 2 if token in _ENDS else 1 if token in _PAUSES else 0
    return total


def _put_at_the_ends_of_sentences(changes: list[_Change], before: list[str], after: list[str]) -> None:
    """The same insertion can often be shown in several places: `他说。今天来了。` is told as a sentence, not as `。今天来了`."""
    for number, change in enumerate(changes):
        if (change.a == change.b) == (change.c == change.d):
            continue
        tokens, start, end = (
            (after, change.c, change.d) if change.a == change.b else (before, change.a, change.b)
        )
        lowest = changes[number - 1].b if number else 0
        highest = changes[number + 1].a if number + 1 < len(changes) else len(before)
        left = right = 0
        while change.a - left > lowest and tokens[start - left - 1] == tokens[end - left - 1]:
            left += 1
        while change.b + right < highest and tokens[start + right] == tokens[end + right]:
            right += 1
        best = max(range(-left, right + 1), key=lambda by: (_weight(tokens, start + by, end + by), -abs(by)))
        changes[number] = _Change(change.a + best, change.b + best, change.c + best, change.d + best)


def _pieces(changes: list[_Change], before: list[str], after: list[str]) -> Iterator[Piece]:
    at = 0
    for change in [*changes, _Change(len(before), len(before), len(after), len(after))]:
        for how, tokens in (
            (SAME, before[at : change.a]),
            (GONE, before[change.a : change.b]),
            (NEW, after[change.c : change.d]),
        ):
            if tokens:
                yield Piece(how, "".join(tokens))
        at = change.b
