"""Bank cards: 16 to 19 digits that hold by their own check digit."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.checks.personal_data.reading import BANK_CARD, readings
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for reading in readings(passage):
            if reading.kind == BANK_CARD:
                yield found(
                    passage,
                    reading.start,
                    reading.end,
                    check="bank_card",
                    key="bank_card_number",
                    severity=Severity.BLOCK,
                    suggestion=masking.bank_card(reading.digits),
                )
