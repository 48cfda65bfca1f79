"""Passports and permits. Their numbers look like many others, so they count only near the word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.checks.personal_data.reading import readings
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_WORD = re.compile(r"护照|通行证|台胞证|回乡证")
_BETWEEN = r"[ \u00a0\u2000-\u200a\u3000\-\u2010-\u2015\u2212\u30fb.·•_]{0,2}"
# E12345678, EA1234567, C12345678, H1234567801, and the eight bare digits of a permit for Taiwan residents.
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Za-z]{_BETWEEN}[A-Za-z]?(?:{_BETWEEN}\d){{7,10}}|\d(?:{_BETWEEN}\d){{7,9}})(?![A-Za-z0-9])"
)
# So many letters may stand between the word and the number.
_NEAR = 25
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        text = passage.folded.text
        words = [match.start() for match in _WORD.finditer(text)]
        if not words:
            continue
        numbers = {place for reading in readings(passage) for place in range(reading.start, reading.end)}
        next_word = 0
        for match in _NUMBER.finditer(text):
            while next_word < len(words) and words[next_word] < match.start():
                next_word += 1
            near_before = next_word and match.start() - words[next_word - 1] <= _NEAR
            near_after = next_word < len(words) and words[next_word] - match.end() <= _NEAR // 2
            letters = re.sub(r"[^A-Za-z0-9]", "", match.group()).upper()
            if not (near_before or near_after) or match.start() in numbers or _DATE.fullmatch(letters):
                continue
            yield found(
                passage,
                match.start(),
                match.end(),
                check="documents",
                key="document_number",
                severity=Severity.BLOCK,
                suggestion=masking.document(letters),
            )
