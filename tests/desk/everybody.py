"""Everybody who could knock at a door of the desk, each at a browser of their own, and all that the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from tests.workflow.states import STATES, World

ANONYMOUS = "anonymous"
# Those who are not told that an article of the station exists.
READS_NOTHING = {
    "administrator", "nobody", "former", "correspondent_beside", "unit_beside", "desk_elsewhere", "chief_elsewhere",
    "auditor_elsewhere",
}  # fmt: skip


class House(World):
    """The world of the workflow's own proof, as it is reached through the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = {state: build(self) for state, build in STATES.items() if state != "new"}
        self.browsers = {name: _browser(user) for name, user in self.people.items()} | {ANONYMOUS: Client()}
        self.before = everything()


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class _Undo(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """What is done in the block is taken back after it."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sessions aside: two of these are equal if nothing was done in between."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - {Session._meta.db_table}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found
