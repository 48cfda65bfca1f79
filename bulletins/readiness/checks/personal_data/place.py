"""A finding at a place of the folded text, told in letters of the text a reader sees."""

from __future__ import annotations

from collections.abc import Mapping

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Passage


def found(
    passage: Passage,
    start: int,
    end: int,
    *,
    check: str,
    key: str,
    severity: Severity,
    suggestion: str = "",
    context: Mapping[str, str] | None = None,
) -> Finding:
    first, last = passage.folded.span(start, end)
    return Finding(
        check=check,
        key=key,
        severity=severity,
        passage=passage.name,
        start=first,
        end=last,
        text=passage.place(first, last),
        suggestion=suggestion,
        context=context or {},
    )
