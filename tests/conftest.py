"""What holds for every test."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker


def pytest_collection_finish(session: pytest.Session) -> None:
    """A run that was meant for one database must not quietly use the other."""
    wanted = os.environ.get("BULLETINS_TEST_DATABASE")
    if wanted and connection.vendor != wanted:
        raise pytest.UsageError(
            f"BULLETINS_TEST_DATABASE is {wanted}, but the settings use {connection.vendor}."
        )
    # Nine thousand tests stay in memory to the end; going through them again and again took a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


# Whoever asks for one of these asks the database of the run.
ASKS_IT = {"db", "transactional_db", "live_server", "django_db_setup"}


# Whoever asks for one of these writes past the transaction of the test.
COMMITS = {"transactional_db", "live_server"}


def commits(item: pytest.Item) -> bool:
    """Whether the database is emptied after the test, of what the migrations wrote too."""
    marker = item.get_closest_marker("django_db")
    wants = marker is not None and bool(marker.kwargs.get("transaction"))
    return wants or not COMMITS.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What empties the database comes last: pytest brings all tests of one browser together after pytest-django said so.

    When a whole run comes to its second database, what is the same on each was seen on the first. That is what asks no
    database, and what is marked `seen_once`: the look or the form of what other tests ask for on both.
    """
    items.sort(key=commits)
    if not os.environ.get("BULLETINS_TEST_SEEN_ONCE"):
        return
    # That no key leads nowhere at the end of a test was seen too; asking for it took PostgreSQL a tenth of the run.
    TestCase._should_check_constraints = lambda self, connection: False  # type: ignore[attr-defined]
    again, seen = [], []
    for item in items:
        asks = not ASKS_IT.isdisjoint(getattr(item, "fixturenames", ())) or item.get_closest_marker(
            "django_db"
        )
        (again if asks and not item.get_closest_marker("seen_once") else seen).append(item)
    items[:] = again
    config.hook.pytest_deselected(items=seen)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """The language of a test's last request must not be the next test's."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A thread that died with its connection open must not keep PostgreSQL from dropping the database of the run."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
