from datetime import UTC, datetime

import pytest

from tests.factories import Newsroom

NOW = datetime(2022, 1, 10, 2, tzinfo=UTC)


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


@pytest.fixture
def now() -> datetime:
    return NOW
