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
SAMPLE = 300
# Entries of the index that readers may not see: what is scheduled, what a scheduled release has replaced.
_SPARE = 12

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
    """What readers may see at that moment of what fits: nothing where no word is asked for. At most five queries."""
    if not question.query:
        return Found([], None, 0, Counter(), is_all=True)
    sample = ask(question, most=SAMPLE)
    candidates = _newest(question, sample, after) if newest_first else _ranked(question, sample, after)
    visible = Release.objects.visible(at=at)
    shown = {entry.release_id for entry in [*sample, *(entry for entry, _ in candidates)]}
    shown = set(visible.filter(pk__in=shown).values_list("pk", flat=True)) if shown else set()
    candidates = [candidate for candidate in candidates if candidate[0].release_id in shown]
    page = candidates[:PAGE_SIZE]
    last = Cursor(page[-1][0].place, in_head=page[-1][1]) if len(candidates) > PAGE_SIZE else None
    keys = [entry.release_id for entry, _ in page]
    releases = visible.select_related("unit").in_bulk(keys) if keys else {}
    seen = [entry for entry in sample if entry.release_id in shown]
    return Found(
        [releases[key] for key in keys if key in releases],
        last,
        len(seen),
        Counter(shelf for entry in seen for shelf in entry.shelves.split()),
        len(sample) < SAMPLE,
    )


# A candidate, and whether it is one of those that have the words in their headline.
Ranked = list[tuple[Entry, bool]]
_MOST = PAGE_SIZE + 1 + _SPARE


def _newest(question: Question, sample: list[Entry], after: Cursor | None) -> Ranked:
    entries = ask(question, below=after.place, most=_MOST) if after else sample[:_MOST]
    return [(entry, False) for entry in entries]


def _ranked(question: Question, sample: list[Entry], after: Cursor | None) -> Ranked:
    """Two lists, one after the other: the second leaves out what stands in the first."""
    heads: list[Entry] = []
    if after is None or after.in_head:
        heads = ask(replace(question, part=HEAD), below=after.place if after else None, most=_MOST)
    if len(heads) == _MOST:
        rest = []
    elif after is None:
        # The sample holds enough of them: it is longer than the page, and few of it have the words in their headline.
        rest = [entry for entry in sample if not entry.has_in_head(question.query)][:_MOST]
    else:
        rest = ask(replace(question, part=REST), below=None if after.in_head else after.place, most=_MOST)
    return [(entry, True) for entry in heads] + [(entry, False) for entry in rest]
