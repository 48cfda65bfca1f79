"""A page of what was found: first what holds the words in its headline, then the rest, the newest first in each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from bulletins.models import Release
from bulletins.search.asking import HEAD, REST, Entry, Question, ask

PAGE_SIZE = 20
# So many of the newest that fit are looked at to say how many there are, and of what.
SAMPLE = 100
# The place of the last one seen; an h before it: among those that have the words in their headline.
_CURSOR = re.compile(r"(h?)(-?[0-9]{1,19})", re.ASCII)


class BrokenCursor(ValueError):
    """No place in a list."""


@dataclass(frozen=True)
class Cursor:
    place: int
    in_head: bool = False

    def __str__(self) -> str:
        return f"{'h' if self.in_head else ''}{self.place}"


def cursor_of(text: str) -> Cursor:
    """Raises BrokenCursor for what `str` of a cursor would not be."""
    match = _CURSOR.fullmatch(text)
    if match is None or abs(int(match[2])) >= 1 << 63:
        raise BrokenCursor(text)
    return Cursor(int(match[2]), in_head=bool(match[1]))


@dataclass(frozen=True)
class Found:
    """One page. `further` leads to the next one, None at the end.

    `number` is how many of the newest `SAMPLE` fit, `by_shelf` how many of them stand on which shelf; there may be
    more of all unless `is_all`.
    """

    releases: list[Release]
    further: Cursor | None
    number: int
    by_shelf: Counter[str]
    is_all: bool


def find(
    question: Question, *, at: datetime, newest_first: bool = False, after: Cursor | None = None
) -> Found:
    """What readers may see at that moment of what fits: nothing where no word is asked for. At most four queries."""
    if not question.query:
        return Found([], None, 0, Counter(), is_all=True)
    sample = ask(question, at=at, most=SAMPLE)
    is_all = len(sample) < SAMPLE
    if newest_first:
        if after and not is_all:
            entries = ask(question, at=at, below=after.place, most=_MOST)
        else:
            entries = [entry for entry in sample if after is None or entry.place < after.place]
        ranked = [(entry, False) for entry in entries]
    else:
        ranked = _ranked(question, sample, at, after)
    page = ranked[:PAGE_SIZE]
    further = Cursor(page[-1][0].place, in_head=page[-1][1]) if len(ranked) > PAGE_SIZE else None
    releases = Release.objects.visible(at=at).select_related("unit").in_bulk([e.release_id for e, _ in page])
    return Found(
        [releases[entry.release_id] for entry, _ in page if entry.release_id in releases],
        further,
        len(sample),
        Counter(shelf for entry in sample for shelf in entry.shelves.split()),
        is_all=is_all,
    )


# A page, and whether there is more.
_MOST = PAGE_SIZE + 1


def _ranked(
    question: Question, sample: list[Entry], at: datetime, after: Cursor | None
) -> list[tuple[Entry, bool]]:
    """Two lists, one after the other, each entry with whether it is of the first: that has the words in its headline."""
    if len(sample) < SAMPLE:
        return _ranked_whole(question, sample, after)
    heads: list[Entry] = []
    if after is None or after.in_head:
        below = after.place if after else None
        heads = ask(replace(question, part=HEAD), at=at, below=below, most=_MOST)
    if len(heads) == _MOST:
        rest = []
    elif after is None:
        # The sample holds enough of them: it is longer than the page, and few of it have the words in their headline.
        rest = [entry for entry in sample if not entry.has_in_head(question.query)][:_MOST]
    else:
        below = None if after.in_head else after.place
        rest = ask(replace(question, part=REST), at=at, below=below, most=_MOST)
    return [(entry, True) for entry in heads] + [(entry, False) for entry in rest]


def _ranked_whole(question: Question, entries: list[Entry], after: Cursor | None) -> list[tuple[Entry, bool]]:
    """The same of all that fits: nothing more has to be asked."""
    ranked = [(entry, entry.has_in_head(question.query)) for entry in entries]
    ranked.sort(key=_rank)
    return [each for each in ranked if after is None or _rank(each) > (not after.in_head, -after.place)]


def _rank(each: tuple[Entry, bool]) -> tuple[bool, int]:
    entry, in_head = each
    return not in_head, -entry.place
