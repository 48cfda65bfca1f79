"""Personal data that must not slip out. One file a check, in the order of the table in the rules."""

from __future__ import annotations

from bulletins.readiness.checks.personal_data import (
    address,
    bank_card,
    chat,
    documents,
    identity,
    means,
    minors,
    naming,
    offences,
    plate,
    telephone,
)

__all__ = ["CHECKS"]

CHECKS = (
    ("identity", identity.check),
    ("telephone", telephone.check),
    ("bank_card", bank_card.check),
    ("plate", plate.check),
    ("documents", documents.check),
    ("address", address.check),
    ("chat", chat.check),
    ("naming", naming.check),
    ("minors", minors.check),
    ("offences", offences.check),
    ("means", means.check),
)
