from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from tests.public.world import NOW, Site


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """What the views take for now: a list whose first entry a test may change."""
    hands = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: hands[0])
    yield hands


@pytest.fixture
def site(db: None) -> Site:
    return Site()


@pytest.fixture
def reader(clock: list[datetime]) -> Client:
    return Client()
