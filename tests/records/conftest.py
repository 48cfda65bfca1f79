"""A newsroom whose log can be tampered with as whoever owns the database can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.factories import Newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


@contextmanager
def owning(table: str) -> Iterator[None]:
    """The owner of a PostgreSQL database takes its triggers off; on SQLite there are none."""
    is_guarded = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_guarded:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            if is_guarded:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Writes past the models: `tamper("UPDATE bulletins_logentry SET …", …)`."""

    def write(*statements: str, table: str = "bulletins_logentry") -> None:
        with owning(table), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return write


def columns(entry: Any) -> dict[str, Any]:
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.fields}
