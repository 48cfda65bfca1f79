"""By which a finding is known again in another version of its text, or is seen to be another one."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from bulletins.readiness.finding import Finding
from bulletins.readiness.subject import Subject

_NUMBERED = re.compile(r"\.(\d+)\.|\.(\d+)$")


def marks(subject: Subject, findings: Sequence[Finding]) -> list[str]:
    """One of 64 hexadecimal digits for each finding.

    It is the same as long as the paragraphs that the finding stands in are the same to the letter, wherever in its
    field they stand; a check that could not look is bound to the whole text. Of two that are alike in all of this,
    the second has a mark of its own.
    """
    texts = {passage.name: passage.text for passage in subject.passages}
    texts[""] = "\n".join(f"{passage.name}\n{passage.text}" for passage in subject.passages)

    @cache  # a flood of findings may stand in one long paragraph
    def digest(name: str, first: int, last: int) -> str:
        return _digest(texts.get(name, "")[first:last])

    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        text = texts.get(finding.passage, "")
        first = text.rfind("\n", 0, finding.start) + 1
        last = text.find("\n", max(finding.start, finding.end)) if finding.passage else -1
        said = [
            finding.check,
            finding.key,
            _NUMBERED.sub(".", finding.passage),
            _picture(subject, finding),
            digest(finding.passage, first, last if last >= 0 else len(text)),
            finding.start - first,
            finding.end - first,
            finding.about,
        ]
        seen[base := json.dumps(said)] += 1
        found.append(_digest(f"{seen[base]} {base}"))
    return found


def _digest(text: str) -> str:
    # A lone surrogate is no letter, but may stand in what somebody sends.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _picture(subject: Subject, finding: Finding) -> str:
    """What is said of a picture is said of that very one."""
    if not finding.passage.startswith("photos.") or subject.content is None:
        return ""
    number = int(finding.passage.split(".")[1])
    photos = subject.content["photos"]
    return str(photos[number]["sha256"]) if number < len(photos) else ""
