"""By which a finding is known again in another version of its text, or is seen to be another one."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence

from bulletins.readiness.finding import Finding
from bulletins.readiness.subject import Subject

_NUMBERED = re.compile(r"\.(\d+)\.|\.(\d+)$")


def marks(subject: Subject, findings: Sequence[Finding]) -> list[str]:
    """One of 64 hexadecimal digits for each finding.

    It is the same as long as the paragraphs that the finding stands in are the same to the letter, wherever in its
    field they stand; a check that could not look is bound to the whole text. Of two that are alike in all of this,
    the second has a mark of its own.
    """
    whole = "\n".join(f"{passage.name}\n{passage.text}" for passage in subject.passages)
    texts = {passage.name: passage.text for passage in subject.passages}
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        text = texts.get(finding.passage, "") if finding.passage else whole
        first = text.rfind("\n", 0, finding.start) + 1
        last = text.find("\n", max(finding.start, finding.end))
        around = text[first : last if last >= 0 else len(text)]
        said = [
            finding.check,
            finding.key,
            _NUMBERED.sub(".", finding.passage),
            _picture(subject, finding),
            around,
            finding.start - first,
            finding.end - first,
            finding.about,
        ]
        seen[base := json.dumps(said, ensure_ascii=False)] += 1
        found.append(hashlib.sha256(f"{seen[base]} {base}".encode()).hexdigest())
    return found


def _picture(subject: Subject, finding: Finding) -> str:
    """What is said of a picture is said of that very one."""
    if not finding.passage.startswith("photos.") or subject.content is None:
        return ""
    number = int(finding.passage.split(".")[1])
    photos = subject.content["photos"]
    return str(photos[number]["sha256"]) if number < len(photos) else ""
