"""What a whole module of tests reads and none of them changes for the others: made once, rolled back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """`blocker` is pytest-django's `django_db_blocker`. Each test still rolls its own changes back, to here."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
