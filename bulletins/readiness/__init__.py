"""Checks before publication. `CHECKS` is the whole list; `run` asks them all and never fails itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from bulletins.readiness.checks import (
    completeness,
    dates,
    duplicates,
    enumeration,
    half_width,
    links,
    numerals,
    paired_marks,
    personal_data,
    pictures,
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
LONGEST = 100_000
# So many fields no article has; each costs every check a moment of its own (`too_many_fields`).
MOST_FIELDS = 2_000
# More findings than these nobody works through at once: what must be mended first, then in the order of the text.
MOST_FINDINGS = 300
WORST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.INFO)

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
    ("duplicates", duplicates.check),
    ("pictures", pictures.check),
    ("links", links.check),
)

logger = logging.getLogger("bulletins.readiness")


def run(subject: Subject, around: Around) -> list[Finding]:
    """Up to `MOST_FINDINGS`, in the order of the text, those of no place first and what photos lack last.

    None that blocks is lost silently: what is left out is counted in a finding as bad as the worst of it. A check that
    raises is itself a finding, and it blocks.
    """
    length = sum(len(passage.text) for passage in subject.passages)
    if length > LONGEST or len(subject.passages) > MOST_FIELDS:
        key = "text_too_long" if length > LONGEST else "too_many_fields"
        return [Finding("length", key, Severity.BLOCK, subject.passages[0].name, 0, 0, "")]
    found: list[Finding] = []
    for name, check in CHECKS:
        try:
            found += check(subject, around)
        except Exception:
            logger.exception("check %s failed", name)
            found.append(Finding(name, "check_failed", Severity.BLOCK, "", 0, 0, "", context={"check": name}))
    order = {passage.name: number for number, passage in enumerate(subject.passages)}

    def place(finding: Finding) -> tuple[int, int, int]:
        # What a photo lacks is an empty field, which is no passage.
        elsewhere = len(order) if finding.passage.startswith("photos.") else -1
        return order.get(finding.passage, elsewhere), finding.start, finding.end

    if len(found) > MOST_FINDINGS:
        found.sort(key=lambda finding: (WORST_FIRST.index(finding.severity), place(finding)))
        found[MOST_FINDINGS - 1 :] = [_more(found[MOST_FINDINGS - 1 :])]
    return sorted(found, key=place)


def _more(left_out: list[Finding]) -> Finding:
    """What is said of findings that are not shown, the worst of which comes first."""
    blocks = sum(finding.severity == Severity.BLOCK for finding in left_out)
    key = "more_that_block" if blocks else "more_findings"
    context = {"more": f"{len(left_out):,}", "blocks": f"{blocks:,}"}
    return Finding("length", key, left_out[0].severity, "", 0, 0, "", context=context)
