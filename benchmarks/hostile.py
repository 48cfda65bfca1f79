"""Hostile texts: none may take longer than a second, nor grow faster than its length.

python -m benchmarks.hostile [NUMBER]

The same number gives the same texts. Times are of the processor, since a machine does other things besides.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from benchmarks.hostile_texts import LONGEST, SHAPES, Hostile, hostile
from benchmarks.measure import invented_words, verdict, with_django

if TYPE_CHECKING:
    from bulletins.readiness import Around

NUMBER, MOST_MS, TERMS = 10_000, 1_000, 10_000
# Twice the text may take so many times as long; what is over in a moment is not measured sharply.
GROWTH, MOMENT_MS, DOUBLED = 3, 60, 6
DAY = date(2022, 1, 1)


@dataclass(frozen=True, order=True)
class Time:
    """Milliseconds that a check, or all of them, took for a text."""

    taken: float
    check: str
    shape: str
    length: int
    begins: str

    def __str__(self) -> str:
        return f"{self.taken:5.0f} ms {self.check}: {self.shape}, {self.length:,} characters, {self.begins!r}"


FOLDING, ALL = "(folding)", "(all checks)"


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def times(given: Hostile, around: Around) -> Iterator[Time]:
    """Of folding the text, of each check, and of all together. One that raises ends it."""
    from bulletins.readiness import CHECKS, Subject

    subject = Subject.of_text(given.text)
    of_checks = {FOLDING: milliseconds(lambda: [passage.folded for passage in subject.passages])}
    for name, check in CHECKS:
        of_checks[name] = milliseconds(lambda check=check: sum(1 for _finding in check(subject, around)))
    of_checks[ALL] = sum(of_checks.values())
    for name, taken in of_checks.items():
        yield Time(taken, name, given.shape, len(given.text), given.text[:24])


def is_quick(number: int, around: Around) -> bool:
    """The worst of so many texts, by check."""
    worst: dict[str, Time] = {}
    shapes: Counter[str] = Counter()
    letters = 0
    for given in hostile(number):
        shapes[given.shape] += 1
        letters += len(given.text)
        for one in times(given, around):
            worst[one.check] = max(worst.get(one.check, one), one)
    print(f"{shapes.total():,} hostile texts of {len(shapes)} shapes, {letters:,} characters")
    for one in sorted(worst.values(), reverse=True):
        print(f"  {one}")
    return verdict("  the worst of all", worst[ALL].taken, MOST_MS)


def grows_with_length(around: Around) -> bool:
    """Whether a text of twice the length takes about twice the time: each shape several times, by check."""
    too_fast: list[str] = []
    for turn in range(DOUBLED * len(SHAPES)):
        shape = SHAPES[turn % len(SHAPES)]
        text = shape(Random(f"doubling {turn}"), LONGEST // 2)
        growing = _growing(shape.__name__, text, around)
        # What is so by chance is not so again.
        growing = growing and [
            found for found in _growing(shape.__name__, text, around) if found[0] in dict(growing)
        ]
        too_fast += [said for _check, said in growing]
    print(f"twice the text takes more than {GROWTH} times as long: {len(too_fast)} (at most 0)")
    print("".join(f"  {said}\n" for said in too_fast), end="")
    return not too_fast


def _growing(shape: str, text: str, around: Around) -> list[tuple[str, str]]:
    """Each check that takes too long for twice the text, and that in words."""
    half, whole = (
        {one.check: one.taken for one in times(Hostile(shape, part), around)} for part in (text, text + text)
    )
    return [
        (check, f"{check}: {shape}, {half[check]:.0f} ms, of twice the text {taken:.0f} ms, {text[:24]!r}")
        for check, taken in whole.items()
        if taken > MOMENT_MS and taken > GROWTH * half[check]
    ]


def main() -> int:
    with_django()
    from bulletins.readiness import Around
    from bulletins.readiness.term_files import shipped
    from bulletins.readiness.terms import Matcher, Term

    terms = [*shipped(), *map(Term, invented_words(TERMS - len(shipped())))]
    around = Around(DAY, Matcher(terms))
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    kept = [is_quick(number, around), grows_with_length(around)]
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())
