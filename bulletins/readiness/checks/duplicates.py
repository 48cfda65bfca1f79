"""The same story, or nearly the same, that was handed in before: through `around.more["alike"]`, a list of stories that
may be it (`bulletins.readiness.alike.Other`).

A finding names the other by number, unit and day alone, for it is read by people who may not read the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.sketches import Likeness, Text, likeness
from bulletins.readiness.subject import Around, Subject

T = TypeVar("T")

# Beyond this it is the same story with a word changed here and there.
SAME = 0.95
# Of the stories handed over, those that share most shingles are compared in full; and so many are named at most.
COMPARED, NAMED = 10, 3


def copies(text: Text, others: Sequence[tuple[Text, T]]) -> list[tuple[Likeness, T]]:
    """Which of these it is a copy of, or they of it, the nearest first."""
    near = sorted(others, key=lambda pair: len(text.shingles & pair[0].shingles), reverse=True)
    alike = [(likeness(text, other), one) for other, one in near[:COMPARED]]
    return sorted((pair for pair in alike if pair[0].is_copy), key=lambda pair: pair[0].share, reverse=True)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    body = next((passage.text for passage in subject.passages if passage.name == "body"), "")
    others = [(Text.of(one.text), one) for one in around.more.get("alike", ())]
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
