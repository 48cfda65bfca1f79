"""Checks before publication. `CHECKS` is the whole list; `run` asks them all and never fails itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from bulletins.readiness.checks import (
    completeness,
    dates,
    enumeration,
    half_width,
    numerals,
    paired_marks,
    personal_data,
    procedure,
    repetition,
    same_name,
    spacing,
    terms,
)
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

__all__ = ["CHECKS", "Around", "Finding", "Passage", "Severity", "Subject", "run"]

Check = Callable[[Subject, Around], Iterable[Finding]]

# A text longer than this is refused with a sentence instead of being checked (`text_too_long`).
LONGEST = 200_000

CHECKS: tuple[tuple[str, Check], ...] = (
    ("terms", terms.check),
    *personal_data.CHECKS,
    ("paired_marks", paired_marks.check),
    ("repetition", repetition.check),
    ("half_width", half_width.check),
    ("enumeration", enumeration.check),
    ("spacing", spacing.check),
    ("same_name", same_name.check),
    ("numerals", numerals.check),
    ("dates", dates.check),
    ("procedure", procedure.check),
    ("completeness", completeness.check),
)

logger = logging.getLogger("bulletins.readiness")


def run(subject: Subject, around: Around) -> list[Finding]:
    """All findings, in the order of the text. A check that raises is itself a finding, and it blocks."""
    length = sum(len(passage.text) for passage in subject.passages)
    if length > LONGEST:
        return [Finding("length", "text_too_long", Severity.BLOCK, subject.passages[0].name, 0, 0, "")]
    found: list[Finding] = []
    for name, check in CHECKS:
        try:
            found += check(subject, around)
        except Exception:
            logger.exception("check %s failed", name)
            found.append(Finding(name, "check_failed", Severity.BLOCK, "", 0, 0, "", context={"check": name}))
    order = {passage.name: number for number, passage in enumerate(subject.passages)}
    return sorted(found, key=lambda finding: (order.get(finding.passage, -1), finding.start, finding.end))
