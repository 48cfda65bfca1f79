"""Sexual offences: whoever suffered one must not be found out. A person confirms each text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_OFFENCE = re.compile(
    r"强[ \u3000]?奸|轮[ \u3000]?奸|奸[ \u3000]?(?:淫|污)|迷[ \u3000]?奸|诱[ \u3000]?奸|猥[ \u3000]?亵|性[ \u3000]?侵"
)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for match in _OFFENCE.finditer(passage.folded.text):
            yield found(
                passage,
                match.start(),
                match.end(),
                check="offences",
                key="sexual_offence",
                severity=Severity.BLOCK,
            )
