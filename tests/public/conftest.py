from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.kept import kept_for_a_module
from tests.public.world import ADDRESSES, NOW, Site


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """What the views take for now: a list whose first entry a test may change."""
    hands = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: hands[0])
    yield hands


@pytest.fixture
def site(db: None) -> Site:
    return Site()


@pytest.fixture(scope="module")
def kept_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """A site with one public story, made once for a module that has no other site."""
    with kept_for_a_module(django_db_blocker):
        site = Site()
        site.story = site.published("公开之")
        yield site


@pytest.fixture(scope="module")
def public(kept_site: Site) -> dict[str, str]:
    """Every kind of public address, by the name of its view."""
    return {name: path.format(number=kept_site.story.number) for name, path in ADDRESSES.items()}


@pytest.fixture
def reader(clock: list[datetime]) -> Client:
    return Client()
