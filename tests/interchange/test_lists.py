"""Lists of the interface: what is chosen, in which order, and page after page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from bulletins.models import Kind, Page
from tests.factories import make_campaign, make_unit
from tests.interchange.world import get, numbers
from tests.kept import kept_for_a_module
from tests.public.world import NOW, Site

pytestmark = pytest.mark.django_db


def stories(site: Site) -> dict[str, str]:
    """Numbers of stories, a day apart, by what is particular to them."""
    found = {}
    for user, role in ((site.correspondent, Role.CORRESPONDENT), (site.unit_reviewer, Role.UNIT_REVIEWER)):
        Membership.objects.create(user=user, role=role, unit=site.other_station)
    plans: dict[str, dict[str, Any]] = {
        "plain": {},
        "beside": {"unit": site.other_station},
        "brief": {"kind": Kind.BRIEF},
        "campaign": {"campaigns": [site.campaign]},
        "tagged": {"tags": ["平安"]},
        "both": {"campaigns": [site.campaign], "tags": ["平安"], "kind": Kind.BRIEF},
    }
    for day, (name, plan) in enumerate(plans.items()):
        at = datetime(2022, 1, 1 + day, 4, tzinfo=UTC)
        article = site.draft(at=at, **plan)
        found[name] = site.release(site.led(article, "approved"), public_from=at).number
    return found


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    with kept_for_a_module(django_db_blocker):
        yield Site()


@pytest.fixture(scope="module")
def many(newsroom: Site) -> dict[str, str]:
    return stories(newsroom)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["both", "tagged", "campaign", "brief", "beside", "plain"]),
        ({"unit": "shiju"}, ["both", "tagged", "campaign", "brief", "beside", "plain"]),
        ({"unit": "hubin"}, ["both", "tagged", "campaign", "brief", "plain"]),
        ({"unit": "shanqian"}, ["beside"]),
        ({"kind": "brief"}, ["both", "brief"]),
        ({"campaign": "winter"}, ["both", "campaign"]),
        ({"tag": "平安"}, ["both", "tagged"]),
        ({"campaign": "winter", "tag": "平安"}, ["both"]),
        ({"campaign": "winter", "kind": "news"}, ["campaign"]),
        ({"unit": "hubin", "kind": "brief", "tag": "平安", "campaign": "winter"}, ["both"]),
        ({"since": "2022-01-05"}, ["both", "tagged"]),
        ({"until": "2022-01-02"}, ["beside", "plain"]),
        ({"since": "2022-01-02", "until": "2022-01-03"}, ["brief", "beside"]),
        ({"since": "2022-01-06T04:00:00Z"}, ["both"]),
        ({"since": "2022-01-06T12:00:00"}, ["both"]),
        ({"until": "2022-01-01T12:00:01+08:00"}, ["plain"]),
        ({"until": "2022-01-01T12:00:00+08:00"}, []),
        (
            {"since": "0001-01-01", "until": "9999-12-31T23:59:59.999999999Z"},
            ["both", "tagged", "campaign", "brief", "beside", "plain"],
        ),
        ({"since": "9999-12-31"}, []),
    ],
)
def test_articles_are_chosen(
    many: dict[str, str], reader: Client, query: dict[str, str], expected: list[str]
) -> None:
    assert numbers(reader, **query) == [many[name] for name in expected]


@pytest.mark.parametrize(
    "query", [{}, {"unit": "hubin"}, {"tag": "平安"}, {"kind": "news", "until": "2022-01-05"}]
)
@pytest.mark.parametrize("limit", ["1", "2", "5", "100"])
def test_following_next_gives_everything_once(
    many: dict[str, str], reader: Client, query: dict[str, str], limit: str
) -> None:
    page = get(reader, "/api/v1/articles/", limit=limit, **query)
    seen = [item["number"] for item in page["items"]]
    while page["next"]:
        assert len(page["items"]) == int(limit)
        page = get(reader, page["next"])
        seen += [item["number"] for item in page["items"]]
    assert seen == numbers(reader, **query)


def test_a_cursor_keeps_its_place_when_something_new_is_released(
    many: dict[str, str], newsroom: Site, reader: Client
) -> None:
    first = get(reader, "/api/v1/articles/", limit="2")
    second = get(reader, first["next"])
    newsroom.release(newsroom.led(newsroom.draft(at=NOW), "approved"), public_from=NOW - timedelta(minutes=1))
    assert get(reader, first["next"]) == second


@pytest.mark.parametrize("what", ["units", "campaigns", "correspondents", "pages"])
def test_every_list_is_paged_in_the_same_way(
    many: dict[str, str], newsroom: Site, reader: Client, what: str
) -> None:
    for n in range(3):
        make_unit(parent=newsroom.bureau)
        make_campaign()
        Page.objects.create(date="2021-12-31", number=2 + n, is_public=True)
        Page.objects.create(date=f"2021-12-2{n}", number=1, is_public=True)
    everything = get(reader, f"/api/v1/{what}/", limit="100")
    assert everything["next"] is None
    page, seen = get(reader, f"/api/v1/{what}/", limit="2"), []
    while True:
        seen += page["items"]
        if not page["next"]:
            break
        page = get(reader, page["next"])
    assert seen == everything["items"]
    assert len({item["self"] for item in seen}) == len(seen)
