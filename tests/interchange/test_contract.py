"""The interface keeps the word of its own document, whatever is asked: by schemathesis, with every check it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from bulletins.interchange.api.openapi import described
from tests.interchange.world import full_story
from tests.kept import kept_for_a_module
from tests.public.world import Site

# Besides the cases that every schema has (limits, wrong types, missing and unknown parameters): so many at random.
EXAMPLES = 40

schema = schemathesis.openapi.from_dict(described("公安新闻", "http://localhost"))
schema.app = get_wsgi_application()


@pytest.fixture(scope="module", autouse=True)
def full(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """A site that has a story with everything."""
    with kept_for_a_module(django_db_blocker):
        site = Site()
        full_story(site)
        # As Django's own client for tests does: a request would close the connection, and the site with it.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield site
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_the_document_says(case: schemathesis.Case) -> None:
    # What calls the application here unpacks nothing.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
