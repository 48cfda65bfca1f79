"""Terms of the office's list and of the one that is shipped, through `around.terms`."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.readiness.finding import Finding
from bulletins.readiness.subject import Around, Subject


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    if around.terms is None:
        return
    for passage in subject.passages:
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
