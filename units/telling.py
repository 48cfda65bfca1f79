"""Changes of what an office keeps: told when everything that belongs together is written, within its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

# Of simple-history: the record, and what it is a record of.
Changed = tuple[Any, models.Model]

# Sent with `changes=`, a list of them in their order, as the last thing of the transaction that makes them.
changed = Signal()

_gathered: ContextVar[list[Changed] | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """One transaction, whose changes are told at its end: a form and its rows are many. Within another it is a part of it."""
    if _gathered.get() is not None:
        yield
        return
    changes: list[Changed] = []
    token = _gathered.set(changes)
    try:
        with transaction.atomic():
            yield
            if changes:
                changed.send(sender=None, changes=changes)
    finally:
        _gathered.reset(token)


def tell(record: Any, instance: models.Model) -> None:
    """Tell it with what is gathered, or at once where nothing is."""
    changes = _gathered.get()
    if changes is None:
        changed.send(sender=type(instance), changes=[(record, instance)])
    else:
        changes.append((record, instance))
