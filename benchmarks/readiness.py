"""The checks as a whole: time, recall on texts with something planted in them, false alarms on clean ones.

python -m benchmarks.readiness
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from benchmarks.measure import PAGE, article, invented_words, median_ms, verdict, with_django

if TYPE_CHECKING:
    from bulletins.readiness import Finding, Subject
    from bulletins.readiness.alike import Other

TERMS, LETTERS, MOST_MS, LONGEST_MS = 10_000, 5_000, 50, 1_000
PLANTED, CLEAN = 4_250, 3_200
DAY = date(2022, 1, 1)


def found(subject: Subject) -> list[Finding]:
    from bulletins.readiness import Around, run

    return run(subject, Around(DAY))


def blocks(subject: Subject) -> list[Finding]:
    return [finding for finding in found(subject) if finding.severity == "block"]


def copies_of(text: str) -> list[Other]:
    """As many stories as a check is handed, all of them copies with a tenth to two fifths of their letters changed."""
    from bulletins.readiness.alike import CANDIDATES, Other
    from tests.readiness.stories import WORDS, Story, edited

    story = Story(tuple(text.split("\n")), WORDS["station"][0])
    amounts = [0.1 + 0.3 * number / CANDIDATES for number in range(CANDIDATES)]
    changed = [edited(story, amount, Random(number)).text for number, amount in enumerate(amounts)]
    return [Other(f"JN-2021-{number:06}", "", DAY, text) for number, text in enumerate(changed)]


def times() -> bool:
    from bulletins.readiness import CHECKS, LONGEST, Around, Subject, run
    from bulletins.readiness.marks import marks
    from bulletins.readiness.term_files import shipped
    from bulletins.readiness.terms import Matcher, Term
    from tests.readiness.asking import content

    terms = [*shipped(), *map(Term, invented_words(TERMS - len(shipped())))]
    text = article(LETTERS)
    around = Around(DAY, Matcher(terms), {"alike": copies_of(text)})
    body = content(body="".join(f"<p>{line}</p>" for line in text.split("\n")))

    def check() -> None:
        """As at every step: the markup read, every check asked, each finding marked."""
        subject = Subject.of_content(body)
        marks(subject, run(subject, around))

    median, longest = median_ms(check)
    print(
        f"{len(text):,} characters, {len(terms):,} terms, {len(CHECKS)} checks, "
        f"{len(around.more['alike'])} likely copies; longest {longest:.1f} ms"
    )
    is_kept = verdict("  median", median, MOST_MS)
    for name, check in CHECKS:
        print(
            f"    {name}: {median_ms(lambda c=check: list(c(Subject.of_content(body), around)), runs=5)[0]:.1f} ms"
        )
    long = article(LONGEST)
    return (
        verdict(
            f"  {LONGEST:,} characters",
            median_ms(lambda: run(Subject.of_text(long), around), runs=3)[0],
            LONGEST_MS,
        )
        and is_kept
    )


def recall() -> bool:
    from tests.readiness import planted

    reported: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for case in planted.planted(PLANTED):
        asked[case.kind] += 1
        reported[case.kind] += any(finding.key in case.keys for finding in blocks(case.subject))
    for kind in asked:
        print(f"  {kind}: {reported[kind]} of {asked[kind]}")
    print(f"recall on {asked.total():,} texts: {reported.total() / asked.total():.2%} (at least 100%)")
    return reported == asked


def false_alarms() -> bool:
    from bulletins.readiness import Subject
    from tests.readiness import planted

    clean = list(planted.ordinary(CLEAN))
    lists = (PAGE.parent.parent / "tests" / "readiness").glob("*_sentences.txt")
    printed = [line for file in lists for line in file.read_text(encoding="utf-8").splitlines()]
    clean += map(Subject.of_text, printed)
    wrong = [finding for subject in clean for finding in blocks(subject)]
    warned = sum(
        any(finding.severity == "warn" for finding in found(Subject.of_text(line))) for line in printed
    )
    print(
        f"warned of {warned} of {len(printed)} sentences as bureaus print them ({warned / len(printed):.1%})"
    )
    page = blocks(Subject.of_text(PAGE.read_text(encoding="utf-8")))
    print(
        f"blocks on {len(clean):,} clean texts: {len(wrong)} (at most 0); on the sample page: {len(page)} (at most 0)"
    )
    return not wrong and not page


def main() -> int:
    with_django()
    kept = [times(), recall(), false_alarms()]
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())
