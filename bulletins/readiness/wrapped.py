"""Bare text whose lines were cut to a column's width, as programs that read newspapers leave it."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.readiness.subject import Folded

# A line that ends so ends a sentence; whether the paragraph goes on is not to be known, nor does it matter.
ENDS = "。！？；：…"
# Cut lines are as long as their column, but for a paragraph's first and for marks that are set close.
SLACK = 4
NARROWEST, WIDEST = 10, 60
FEWEST_LINES = 3


def unwrapped(text: str) -> Folded:
    """The text without the line breaks that only cut a sentence, and where each letter of it stands in the original."""
    lines = text.split("\n")
    cuts = {number for start, end in _blocks(lines) for number in _cuts(lines, start, end)}
    breaks, at = set(), -1
    for number, line in enumerate(lines):
        at += len(line) + 1
        if number in cuts:
            breaks.add(at)
    kept = [at for at in range(len(text)) if at not in breaks]
    return Folded("".join(text[at] for at in kept), (*kept, len(text)))


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First line and the one behind the last of each run of lines that are not empty."""
    start = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            if number - start >= FEWEST_LINES:
                yield start, number
            start = number + 1


def _cuts(lines: list[str], start: int, end: int) -> Iterator[int]:
    """The lines of a block that end in mid-sentence because the column ends there."""
    widths = [_width(line) for line in lines[start:end]]
    column = max(widths)
    if not NARROWEST <= column <= WIDEST:
        return
    for offset, width in enumerate(widths[:-1]):
        if width >= column - SLACK and lines[start + offset].rstrip()[-1] not in ENDS:
            yield start + offset


def _width(line: str) -> float:
    return sum(0.5 if letter.isascii() else 1 for letter in line.strip())
