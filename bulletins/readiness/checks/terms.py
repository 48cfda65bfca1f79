"""Terms of the office's table, through `around.terms`."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject
from bulletins.readiness.terms import TooManyPlaces


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    if around.terms is None:
        return
    for passage in subject.passages:
        try:
            yield from _found(passage, around)
        except TooManyPlaces:
            # What was not looked for must not go out as if it had been.
            yield Finding("terms", "too_many_terms", Severity.BLOCK, passage.name, 0, 0, "")


def _found(passage: Passage, around: Around) -> Iterator[Finding]:
    for start, end, term in around.terms.hits(passage, around.day):
        yield Finding(
            check="terms",
            key="term_with_suggestion" if term.suggestion else "term_to_reconsider",
            severity=term.severity,
            passage=passage.name,
            start=start,
            end=end,
            text=passage.place(start, end),
            suggestion=term.suggestion,
            context={"match": term.match, "note": term.note},
        )
