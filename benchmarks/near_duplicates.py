"""Duplicates: copies found by how much of them was changed, false pairs, and time a query. No database is asked.
Times are of the processor, since a machine does other things besides.

python -m benchmarks.near_duplicates

5,000 stories of stations that share campaigns, openings, endings and forms; 200 copies for each amount of change.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from random import Random
from typing import TYPE_CHECKING

from benchmarks.measure import article, median_ms, verdict, with_django
from tests.readiness.stories import WAYS, Story, edited, stories

if TYPE_CHECKING:
    from bulletins.readiness.sketches import Text

STORIES, MANY, COPIES = 5_000, 50_000, 200
SHARES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
# What the bound on candidates may cost when there are ten times as many.
MANY_RECALL = 0.95
WITHIN, RECALL, MOST_MS, LONG_MS = 0.3, 0.99, 20, 50


class Shelf:
    """The bands of stories, held as the database holds them and asked in the same way."""

    def __init__(self, texts: list[Text]) -> None:
        from bulletins.readiness.sketches import bands

        self.texts = texts
        self.held: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for value in bands(text):
                self.held[value].append(number)

    def candidates(self, text: Text, itself: int | None = None) -> list[int]:
        from bulletins.readiness.alike import CANDIDATES, HOLDERS, ranked
        from bulletins.readiness.sketches import bands

        rows = ((value, one) for value in bands(text) for one in self.held.get(value, ())[-HOLDERS:])
        return [one for one in ranked(rows) if one != itself][:CANDIDATES]

    def copies(self, text: Text, itself: int | None = None) -> list[int]:
        from bulletins.readiness.checks.duplicates import copies

        others = self.candidates(text, itself)
        return [number for _likeness, number in copies(text, [(self.texts[one], one) for one in others])]


def recall(shelf: Shelf, made: list[Story]) -> bool:
    from bulletins.readiness.sketches import Text

    found: Counter[float] = Counter()
    seen: Counter[float] = Counter()
    of_way: Counter[str] = Counter()
    for share in SHARES:
        for turn in range(COPIES):
            chance = Random(f"{share} {turn}")
            one, way = chance.randrange(len(made)), WAYS[turn % len(WAYS)]
            text = Text.of(edited(made[one], share, chance, way=way).text)
            seen[share] += one in shelf.candidates(text)
            is_found = one in shelf.copies(text)
            found[share] += is_found
            of_way[way] += is_found and share <= WITHIN
        print(f"  {share:.0%} changed: {found[share]} of {COPIES} found, {seen[share]} were compared")
    within = [share for share in SHARES if share <= WITHIN]
    print(
        "  within: "
        + ", ".join(f"{way} {of_way[way]} of {len(within) * COPIES // len(WAYS)}" for way in WAYS)
    )
    reached = sum(found[share] for share in within) / (COPIES * len(within))
    print(f"recall at most {WITHIN:.0%} changed: {reached:.2%} (at least {RECALL:.0%})")
    return reached >= RECALL


def false_pairs(shelf: Shelf, made: list[Story]) -> bool:
    begun = time.process_time()
    pairs = {
        frozenset((number, other))
        for number, text in enumerate(shelf.texts)
        for other in shelf.copies(text, number)
    }
    taken = 1000 * (time.process_time() - begun) / len(made)
    forms = Counter(story.form for story in made if story.form)
    print(
        f"  {len(forms)} forms filled in {forms.total():,} times, the most used {forms.most_common(1)[0][1]} times"
    )
    for one, other in map(sorted, pairs):
        print(f"  {made[one].text}\n  = {made[other].text}")
    print(f"false pairs among {len(made):,} stories: {len(pairs)} (at most 0)")
    return verdict(f"a query at {len(made):,}", taken, MOST_MS) and not pairs


def at_many() -> bool:
    """Ten times as many: whether what is a copy is still among the candidates, and how long choosing takes."""
    from bulletins.readiness.sketches import Text

    made = list(stories(MANY, seed=2))
    shelf = Shelf([Text.of(story.text) for story in made])
    seen, taken = 0, 0.0
    for turn in range(COPIES):
        chance = Random(f"many {turn}")
        one = chance.randrange(MANY)
        text = Text.of(edited(made[one], WITHIN, chance, way=WAYS[turn % len(WAYS)]).text)
        begun = time.process_time()
        seen += one in shelf.candidates(text)
        taken += time.process_time() - begun
    held = max(map(len, shelf.held.values()))
    print(
        f"at {MANY:,}: {seen} of {COPIES} copies ({WITHIN:.0%} changed) are compared; the commonest band is held {held:,}×"
    )
    return verdict("  choosing them", 1000 * taken / COPIES, MOST_MS) and seen >= MANY_RECALL * COPIES


def two_long_ones() -> bool:
    from bulletins.readiness.sketches import Text, bands, likeness

    one, other = article(5_000), article(5_100)[100:]
    print(f"sketch of 5,000 characters: {median_ms(lambda: bands(Text.of(one)))[0]:.1f} ms")
    return verdict(
        "two of 5,000 compared", median_ms(lambda: likeness(Text.of(one), Text.of(other[::-1] + one)))[0], 50
    )


def main() -> int:
    with_django()
    from bulletins.readiness.sketches import Text

    made = list(stories(STORIES))
    shelf = Shelf([Text.of(story.text) for story in made])
    kept = [recall(shelf, made), false_pairs(shelf, made), at_many(), two_long_ones()]
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())
