"""What every answer carries to a browser, and what the house says about its own health."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client

from bulletins.models import Release


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part.strip())}


@pytest.mark.parametrize("address", ["/healthz", "/desk/login/"])
@pytest.mark.django_db
def test_answers_carry_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/healthz", "/desk/login/"])
@pytest.mark.django_db
def test_the_content_security_policy_allows_nothing_inline_and_nothing_from_elsewhere(
    client: Client, address: str
) -> None:
    policy = directives(client.get(address).headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert policy[name] == ["'self'"]


def test_the_process_says_that_it_lives_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready_when_the_public_tables_can_be_read(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_when_they_cannot(client: Client) -> None:
    with patch.object(Release.objects, "exists", side_effect=DatabaseError):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"


@pytest.mark.django_db
def test_health_is_never_kept_by_a_cache_in_between(client: Client) -> None:
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]
    assert "no-store" in client.get("/readyz").headers["Cache-Control"]
