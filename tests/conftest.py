"""What holds for every test."""

import os

import pytest
from django.db import connection


def pytest_collection_finish(session: pytest.Session) -> None:
    """A run that was meant for one database must not quietly use the other."""
    wanted = os.environ.get("BULLETINS_TEST_DATABASE")
    if wanted and connection.vendor != wanted:
        raise pytest.UsageError(
            f"BULLETINS_TEST_DATABASE is {wanted}, but the settings use {connection.vendor}."
        )
