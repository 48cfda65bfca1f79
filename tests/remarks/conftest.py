import pytest

from tests.factories import Newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()
