from collections.abc import Iterator
from typing import Any

import pytest

from tests.kept import kept_for_a_module
from tests.public.conftest import clock, reader, site  # noqa: F401  the same clock, reader and newsroom
from tests.public.world import Site


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """A site with one public story, made once for a module that has no other site."""
    with kept_for_a_module(django_db_blocker):
        site = Site()
        site.story = site.published("公开之")
        yield site
