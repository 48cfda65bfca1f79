"""Terms: how long it takes to build the matcher, to find 10,000 terms in a text, and to take a long list in.

python -m benchmarks.terms
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.measure import article, invented_words, median_ms, verdict, with_django

if TYPE_CHECKING:
    from bulletins.readiness.terms import Matcher, Term

TERMS, LETTERS, MOST_MS = 10_000, 5_000, 20
LONG, LONG_MS = 200_000, 1_000
DAY = date(2026, 11, 24)


def terms(number: int) -> list[Term]:
    from bulletins.readiness.terms import Term

    return [Term(word, exceptions=(f"{word}部门", f"市{word}")) for word in invented_words(number)]


def asked(matcher: Matcher, text: str) -> int:
    """How many hits there are. A new passage each time: folding the text is part of the work."""
    from bulletins.readiness.subject import Passage
    from bulletins.readiness.terms import TooManyPlaces

    found = 0
    try:
        for _hit in matcher.hits(Passage("body", text), DAY):
            found += 1
    except TooManyPlaces:
        pass
    return found


def built() -> None:
    from bulletins.readiness.terms import Matcher

    for number in (TERMS, 10 * TERMS):
        given = terms(number)
        print(f"built from {number:,} terms: {median_ms(lambda g=given: Matcher(g), runs=3)[0]:.0f} ms")


def found() -> bool:
    from bulletins.readiness.terms import Matcher

    matcher = Matcher(terms(TERMS))
    text = article(LETTERS)
    median, longest = median_ms(lambda: asked(matcher, text))
    print(f"{TERMS:,} terms in {LETTERS:,} characters: {asked(matcher, text)} hits, longest {longest:.1f} ms")
    return verdict("median", median, MOST_MS)


def hostile() -> bool:
    """The longest text, of nothing but terms, against tables of words within words."""
    from bulletins.readiness.term_nesting import MOST_WITHIN
    from bulletins.readiness.terms import Matcher, Term

    are_kept = True
    for deep, said in (
        (1, "one term"),
        (MOST_WITHIN + 1, "the deepest nesting"),
        (99, "a table nobody kept"),
    ):
        nested = [Term("的" * n, exceptions=("的" * (n + 1),)) for n in range(1, deep + 1)]
        matcher = Matcher([*terms(TERMS), *nested])
        for text, name in (
            ("的" * LONG, "nothing else"),
            (("的" * 30 + "。" * 120) * (LONG // 150), "a fifth"),
        ):
            median = median_ms(lambda m=matcher, t=text: asked(m, t), runs=3)[0]
            are_kept &= verdict(f"{LONG:,} characters, {name} but {said}", median, LONG_MS)
    long = article(LONG)
    matcher = Matcher(terms(TERMS))
    return (
        verdict(f"{LONG:,} ordinary characters", median_ms(lambda: asked(matcher, long), runs=3)[0], LONG_MS)
        and are_kept
    )


def taken_in() -> None:
    from bulletins.readiness.term_files import read, to_csv, to_xlsx
    from bulletins.readiness.term_nesting import Nesting

    given = terms(10 * TERMS)
    for name, write in (("csv", to_csv), ("xlsx", to_xlsx)):
        data = write(given)
        print(
            f"{len(given):,} lines as {name} ({len(data) / 1e6:.1f} MB): "
            f"written {median_ms(lambda w=write: w(given), runs=1)[0] / 1000:.1f} s, "
            f"read {median_ms(lambda n=name, d=data: read(n, d), runs=3)[0] / 1000:.1f} s"
        )
    print(
        f"terms within terms looked for in them: {median_ms(lambda: Nesting(given).crowded(), runs=3)[0]:.0f} ms"
    )


def main() -> int:
    with_django()
    built()
    are_kept = [found(), hostile()]
    taken_in()
    return not all(are_kept)


if __name__ == "__main__":
    sys.exit(main())
