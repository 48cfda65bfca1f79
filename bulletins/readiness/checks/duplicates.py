"""The same story, or nearly the same, that was handed in before: through `around.more["alike"]`, a list of stories that
may be it (`bulletins.readiness.alike.Other`).

A finding names the other by number, unit and day alone, for it is read by people who may not read the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import TypeVar

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.sketches import BY_CHANCE, Likeness, Text, likeness
from bulletins.readiness.subject import Around, Subject

T = TypeVar("T")

# Beyond this it is the same story with a word changed here and there.
SAME = 0.95
# So many letters of the stories handed over are compared, at least of the first; and so many stories are named at most.
LETTERS, FEWEST, NAMED = 6_000, 1, 3
# Stories near the text of which the share that is usual is taken; those that are not there have what chance gives.
NEAR = 9
# Beside the nearest is named what is so little less like it.
BEHIND = 0.09


def copies(text: Text, others: Iterable[tuple[str, T]]) -> list[tuple[Likeness, T]]:
    """Which of these, the likeliest first, it is a copy of, or they of it; the nearest first."""
    alike: list[tuple[Likeness, T]] = []
    read = 0
    for other, one in others:
        if len(alike) >= FEWEST and read + len(other) > LETTERS:
            break
        read += len(other)
        alike.append((likeness(text, Text.of(other)), one))
    shares = [found.share for found, _ in alike]
    found = (pair for at, pair in enumerate(alike) if pair[0].is_copy(_usual(shares[:at] + shares[at + 1 :])))
    named = sorted(found, key=lambda pair: pair[0].share, reverse=True)
    return [pair for pair in named if pair is named[0] or _belongs_beside(named[0][0], pair[0])]


def _belongs_beside(nearest: Likeness, other: Likeness) -> bool:
    """Hardly less like it, in its facts too, or in every word: what is on the same form only is none of these."""
    if nearest.share - other.share > BEHIND:
        return False
    return other.agreeing > other.contradicting or other.share >= SAME


def _usual(shares: list[float]) -> float:
    """Of the shares with stories that are near."""
    return median([max(BY_CHANCE, share) for share in shares] + [BY_CHANCE] * (NEAR - len(shares)))


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    body = next((passage.text for passage in subject.passages if passage.name == "body"), "")
    others = ((one.text, one) for one in around.more.get("alike", ()))
    for found, one in copies(Text.of(body), others)[:NAMED]:
        yield Finding(
            check="duplicates",
            key="story_the_same" if found.share >= SAME else "story_alike",
            severity=Severity.WARN,
            passage="body",
            start=0,
            end=len(body),
            text=body,
            context={
                "number": one.number,
                "unit": one.unit,
                "day": one.day.isoformat(),
                # 100 only if nothing differs.
                "share": str(int(found.share * 100)),
            },
            about=one.number,
        )
