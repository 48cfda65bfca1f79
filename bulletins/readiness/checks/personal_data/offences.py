"""Sexual offences: whoever suffered one must not be found out. A person confirms each text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

# What somebody puts between the two letters.
_GAP = r"[ \u3000\-—–·.*_/|]{0,2}"
_OFFENCE = re.compile(
    rf"[强轮迷诱鸡]{_GAP}奸|奸{_GAP}[淫污]|猥{_GAP}亵|嫖{_GAP}宿|强{_GAP}暴(?=妇|女|了|她|未成年)"
    # 一次性侵占, 突发性侵权 are other words.
    rf"|性{_GAP}侵(?![占吞蚀入权略袭])"
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
