"""Whoever has an answer already gets none again, and nobody keeps what is no longer so."""

from __future__ import annotations

import pytest
from django.test import Client

from bulletins.models import SiteProfile
from tests.interchange.world import ADDRESSES, FEEDS
from tests.public.world import Site

pytestmark = pytest.mark.django_db


def address(site: Site, name: str) -> str:
    return ADDRESSES[name].format(number=site.story.number)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_an_answer_may_be_kept_but_is_asked_for_anew(kept: Site, reader: Client, name: str) -> None:
    first = reader.get(address(kept, name))
    assert first["Cache-Control"] == "public, no-cache"
    assert first["ETag"].startswith('"')
    for known in (first["ETag"], f'"other", W/{first["ETag"]}', "*"):
        again = reader.get(address(kept, name), headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert reader.get(address(kept, name), headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_its_head_can_be_asked_for(kept: Site, reader: Client, name: str) -> None:
    whole, head = reader.get(address(kept, name)), reader.head(address(kept, name))
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_cookie_is_set_and_none_is_asked_for(kept: Site, reader: Client, name: str) -> None:
    answer = reader.get(address(kept, name))
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_a_feed_says_when_it_last_changed(kept: Site, reader: Client, name: str) -> None:
    first = reader.get(FEEDS[name])
    assert first["Last-Modified"] == "Thu, 30 Dec 2021 16:30:00 GMT"
    known = {"If-Modified-Since": first["Last-Modified"]}
    assert reader.get(FEEDS[name], headers=known).status_code == 304
    # A tag that is not known speaks louder than a date.
    assert reader.get(FEEDS[name], headers=known | {"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Thu, 30 Dec 2021 16:30:01 GMT", "Fri, 31 Dec 2121 00:00:00 GMT"]
)
def test_any_other_date_gets_the_feed(kept: Site, reader: Client, date: str) -> None:
    assert reader.get("/feeds/atom/", headers={"If-Modified-Since": date}).status_code == 200


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_a_withdrawal_is_seen_by_whoever_kept_the_feed(kept: Site, reader: Client, name: str) -> None:
    before = reader.get(FEEDS[name])
    kept.withdraw(kept.story)
    after = reader.get(FEEDS[name], headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "公开之" not in after.content.decode()


def test_a_new_name_of_the_site_is_seen(kept: Site, reader: Client) -> None:
    before = reader.get("/feeds/rss/")
    SiteProfile.objects.create(name="新名")
    assert reader.get("/feeds/rss/", headers={"If-None-Match": before["ETag"]}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("name", sorted(FEEDS))
def test_feeds_are_only_read(kept: Site, reader: Client, name: str, method: str) -> None:
    assert getattr(reader, method)(FEEDS[name]).status_code == 405
