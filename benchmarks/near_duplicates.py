"""Duplicates: copies found by how much of them was changed, false pairs, and time a query. No database is asked.
Times are of the processor, since a machine does other things besides.

python -m benchmarks.near_duplicates [SEED …]

5,000 stories of stations that share campaigns, openings, endings and forms; 200 copies for each amount of change. "30 %
changed": so many characters as are 30 % of the original's were deleted, replaced, or inserted between its own; then the
paragraphs were moved and the unit renamed, which is not counted. What makes a copy was chosen on seeds 1 to 5 and 21 to 28.
Two short briefs on one form may happen to differ in no more than a copy does of which 30 % was changed; such a pair is nearly
the same story by any measure of its letters, so it is told apart, and no fault.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from random import Random
from typing import TYPE_CHECKING

from benchmarks.measure import median_ms, verdict, with_django
from tests.readiness.stories import WAYS, WORDS, Story, edited, stories

if TYPE_CHECKING:
    from bulletins.readiness.sketches import Text

STORIES, MANY, COPIES = 5_000, 50_000, 200
SHARES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
# What the bound on candidates may cost when there are ten times as many.
MANY_RECALL = 0.98
WITHIN, RECALL, MOST_MS, SKETCH_MS, LONG_MS = 0.3, 0.99, 20, 10, 25
SEEDS = (7, 8)


class Shelf:
    """The bands of stories, held as the database holds them and asked in the same way."""

    def __init__(self, made: list[Story]) -> None:
        from bulletins.readiness.sketches import Text, bands

        self.stories = made
        self.texts = [Text.of(story.text) for story in made]
        self.held: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(self.texts):
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
        return [
            number for _likeness, number in copies(text, [(self.stories[one].text, one) for one in others])
        ]


def recall(shelf: Shelf, seed: int) -> bool:
    from bulletins.readiness.sketches import Text

    made, others = shelf.stories, 0
    found: Counter[float] = Counter()
    seen: Counter[float] = Counter()
    of_way: Counter[str] = Counter()
    for share in SHARES:
        for turn in range(COPIES):
            chance = Random(f"{seed} {share} {turn}")
            one, way = chance.randrange(len(made)), WAYS[turn % len(WAYS)]
            copy = edited(made[one], share, chance, way=way)
            text = Text.of(copy.text)
            seen[share] += one in shelf.candidates(text)
            named = shelf.copies(text)
            is_found = one in named
            if share <= WITHIN:
                others += sum(other != one and differing(copy, made[other]) > WITHIN for other in named)
            found[share] += is_found
            of_way[way] += is_found and share <= WITHIN
        print(f"  {share:.0%} changed: {found[share]} of {COPIES} found, {seen[share]} were compared")
    within = [share for share in SHARES if share <= WITHIN]
    print(
        "  within: "
        + ", ".join(f"{way} {of_way[way]} of {len(within) * COPIES // len(WAYS)}" for way in WAYS)
    )
    reached = sum(found[share] for share in within) / (COPIES * len(within))
    print(f"other stories than their originals named for these: {others} (at most 0)")
    print(f"recall at most {WITHIN:.0%} changed: {reached:.2%} (at least {RECALL:.0%})")
    return reached >= RECALL and not others


def false_pairs(shelf: Shelf) -> bool:
    made, begun = shelf.stories, time.process_time()
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
    false = [pair for pair in map(sorted, pairs) if differing(*(made[one] for one in pair)) > WITHIN]
    for one, other in false:
        print(f"  {made[one].text}\n  = {made[other].text}")
    print(
        f"  pairs that happen to differ in at most {WITHIN:.0%} of their letters: {len(pairs) - len(false)}"
    )
    print(f"false pairs among {len(made):,} stories: {len(false)} (at most 0)")
    return verdict(f"a query at {len(made):,}", taken, MOST_MS) and not false


def differing(one: Story, other: Story) -> float:
    """Which part of the longer text has to be changed to make it the other, the unit renamed."""
    from rapidfuzz.distance import Levenshtein

    text, renamed = one.text, other.text.replace(other.station, one.station)
    return Levenshtein.distance(text, renamed) / max(len(text), len(renamed))


def at_many() -> bool:
    """Ten times as many: whether what is a copy is still among the candidates, and how long choosing takes."""
    from bulletins.readiness.sketches import Text

    made = list(stories(MANY, seed=2))
    shelf = Shelf(made)
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


def long_ones() -> bool:
    """What stories of 5,000 characters cost, where ten were handed over and the first is a copy."""
    from bulletins.readiness.checks.duplicates import copies
    from bulletins.readiness.sketches import Text, bands

    one, *others = (long_story(seed) for seed in range(1, 11))
    handed_over = [
        (text, 0) for text in (edited(one, 0.2, Random(1)).text, *(story.text for story in others))
    ]
    kept = [
        verdict("sketch of 5,000 characters", median_ms(lambda: bands(Text.of(one.text)))[0], SKETCH_MS),
        verdict(
            "check of 5,000 characters", median_ms(lambda: copies(Text.of(one.text), handed_over))[0], LONG_MS
        ),
    ]
    return all(kept)


def long_story(seed: int) -> Story:
    text = "\n".join(story.text for story in stories(60, seed=seed))[:5_000]
    return Story(tuple(text.split("\n")), WORDS["station"][0])


def main() -> int:
    with_django()
    kept = [long_ones()]
    for seed in [int(given) for given in sys.argv[1:]] or SEEDS:
        print(f"seed {seed}")
        shelf = Shelf(list(stories(STORIES, seed=seed)))
        kept += [recall(shelf, seed), false_pairs(shelf)]
    kept.append(at_many())
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())
