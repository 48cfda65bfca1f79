"""Where a passage stands, and where it is found again when the text around it, or a little of itself, was changed.

Pure functions on texts. Places count characters of the text that a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

# So much of a passage is kept, and so much of what stands around it: a paragraph is known by its beginning.
LONGEST, AROUND = 500, 40
# The neighbours next to it, by which a short passage is known.
BESIDE = 8
# A passage this long is taken for the same wherever its very words stand; a shorter one only among its old neighbours.
TELLING = 12
# Of two places that fit about as well (in percent) the one within so many letters of the old place is meant.
ABOUT, REACH = 5, 500
# From 0 to 1: how alike the neighbours of a short passage must be, and how much of a changed passage must be left.
ALIKE, LEFT = 0.5, 0.6


class NotThere(ValueError):
    """The passage does not stand in this text."""


@dataclass(frozen=True)
class Span:
    """`text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """A passage, what stood before and after it, and where it began."""

    quote: str
    before: str
    after: str
    start: int


def anchored(text: str, span: Span) -> Anchor:
    """The anchor of a place that is not empty; of a long one its beginning."""
    end = min(span.end, span.start + LONGEST)
    before = text[max(0, span.start - AROUND) : span.start]
    return Anchor(text[span.start : end], before, text[end : end + AROUND], span.start)


def chosen(text: str, quote: str, near: int) -> Span:
    """The place of these very words nearest to `near`, or `NotThere`."""
    found = min(_occurrences(text, quote), key=lambda at: abs(at - near), default=None)
    if found is None or not quote.strip():
        raise NotThere(quote)
    return Span(found, found + len(quote))


def find(anchor: Anchor, text: str) -> Span | None:
    """The passage in another text: its very words among the likeliest neighbours, or else what was made of it there.

    None if it is gone.
    """
    return _exact(anchor, text) or _nearest(anchor, text)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _neighbours(anchor: Anchor, text: str, at: int, letters: int) -> float:
    """How alike so many letters before and after are to what stood there: from 0 to 2. Both edges of a text are alike."""
    end = at + len(anchor.quote)
    sides = (
        (anchor.before[-letters:], text[max(0, at - letters) : at]),
        (anchor.after[:letters], text[end : end + letters]),
    )
    return sum(Indel.normalized_similarity(was, now) for was, now in sides)


def _exact(anchor: Anchor, text: str) -> Span | None:
    likeness = {
        at: _neighbours(anchor, text, at, BESIDE) + _neighbours(anchor, text, at, AROUND)
        for at in _occurrences(text, anchor.quote)
    }
    if not likeness:
        return None
    about_best = max(likeness.values()) - 4 * ABOUT / 100
    at = min((at for at in likeness if likeness[at] >= about_best), key=lambda at: abs(at - anchor.start))
    if len(anchor.quote) < TELLING and _neighbours(anchor, text, at, BESIDE) < ALIKE:
        return None
    return Span(at, at + len(anchor.quote))


def _nearest(anchor: Anchor, text: str) -> Span | None:
    """Where quote and neighbours together fit best; its two ends follow from what became of each letter there."""
    wanted = anchor.before + anchor.quote + anchor.after
    fit = _fit(wanted, text, anchor.start - len(anchor.before)) if text.strip() else None
    if fit is None:
        return None
    # Letters that were added push the ends of the passage out of a window of its old length.
    first, last = max(0, fit.start - len(wanted) // 2), fit.end + len(wanted) // 2
    span = _carried(wanted, text[first:last], len(anchor.before), len(anchor.before) + len(anchor.quote))
    if span is None:
        return None
    start, end = first + span.start, first + span.end
    if Indel.normalized_similarity(anchor.quote, text[start:end]) < LEFT:
        return None
    return Span(start, end)


def _fit(wanted: str, text: str, near: int) -> Span | None:
    """Where the text is most like what is wanted, for about the length of it; none where nothing is."""
    if len(wanted) >= len(text):
        return Span(0, len(text)) if fuzz.partial_ratio(wanted, text) >= LEFT * 100 else None
    anywhere = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LEFT * 100)
    if anywhere is None:
        return None
    first = max(0, near - REACH)
    close = fuzz.partial_ratio_alignment(
        wanted, text[first : near + len(wanted) + REACH], score_cutoff=anywhere.score - ABOUT
    )
    if close is None:
        return Span(anywhere.dest_start, anywhere.dest_end)
    return Span(first + close.dest_start, first + close.dest_end)


def _carried(old: str, new: str, start: int, end: int) -> Span | None:
    """From the first to the last of `old[start:end]` that is left in `new`; a letter alone is an accident."""
    kept = [
        (max(block.a, start) + block.b - block.a, min(block.a + block.size, end) + block.b - block.a)
        for block in Indel.opcodes(old, new).as_matching_blocks()
        if block.a < end and block.a + block.size > start
    ]
    told = [(first, last) for first, last in kept if last - first > 1] or kept
    return Span(told[0][0], told[-1][1]) if told else None
