"""Terms: how long it takes to build the matcher, and to find 10,000 terms in a text of 5,000 characters.

python -m benchmarks.terms
"""

from __future__ import annotations

import sys
from datetime import date

from benchmarks.measure import article, invented_words, median_ms, verdict, with_django

TERMS, LETTERS, MOST_MS = 10_000, 5_000, 20
DAY = date(2026, 11, 24)


def main() -> int:
    with_django()
    from bulletins.readiness.subject import Passage
    from bulletins.readiness.terms import Matcher, Term

    def terms(number: int) -> list[Term]:
        return [Term(word, exceptions=(f"{word}部门", f"市{word}")) for word in invented_words(number)]

    def asked(matcher: Matcher, text: str) -> int:
        # A new passage each time: folding the text is part of the work.
        return sum(1 for _hit in matcher.hits(Passage("body", text), DAY))

    for number in (TERMS, 10 * TERMS):
        given = terms(number)
        print(f"built from {number:,} terms: {median_ms(lambda g=given: Matcher(g), runs=3)[0]:.0f} ms")
    matcher = Matcher(terms(TERMS))
    text = article(LETTERS)
    median, longest = median_ms(lambda: asked(matcher, text))
    print(
        f"{TERMS:,} terms in {len(text):,} characters: {asked(matcher, text)} hits, longest {longest:.1f} ms"
    )
    is_kept = verdict("median", median, MOST_MS)
    hostile = Matcher([*terms(TERMS), Term("的", exceptions=("的士",))])
    print(
        f"200,000 characters, each of them a hit: {median_ms(lambda: asked(hostile, '的' * 200_000), runs=3)[0]:.0f} ms"
    )
    return not is_kept


if __name__ == "__main__":
    sys.exit(main())
