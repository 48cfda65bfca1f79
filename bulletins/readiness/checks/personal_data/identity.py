"""Identity numbers of 18 and of 15 digits."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.checks.personal_data.reading import (
    IDENTITY,
    IDENTITY_15,
    IDENTITY_WRONG,
    readings,
)
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_KINDS = {
    IDENTITY: ("identity_number", Severity.BLOCK),
    IDENTITY_WRONG: ("identity_number_with_wrong_check", Severity.WARN),
    IDENTITY_15: ("identity_number_of_15", Severity.WARN),
}


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for reading in readings(passage):
            if reading.kind in _KINDS:
                key, severity = _KINDS[reading.kind]
                yield found(
                    passage,
                    reading.start,
                    reading.end,
                    check="identity",
                    key=key,
                    severity=severity,
                    suggestion=masking.identity(reading.digits),
                )
