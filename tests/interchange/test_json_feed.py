"""JSON Feed by the rules of version 1.1, and what stands in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from bulletins.models import Release
from tests.interchange.world import FEEDS, full_story
from tests.public.test_photos import picture
from tests.public.world import NOW, Site

JSON = [path for name, path in sorted(FEEDS.items()) if name.endswith("json")]
# What the format defines: the type of each member. Whatever begins with _ is an extension.
FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip
ATTACHMENT = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}
AUTHOR = {"name": str, "url": str, "avatar": str}

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(site: Site) -> Release:
    return full_story(site)


def hold(thing: dict[str, Any], rules: dict[str, type], *needed: str) -> None:
    assert set(needed) <= set(thing)
    for name, value in thing.items():
        assert name.startswith("_") or isinstance(value, rules[name]), name
        if name.endswith("url") or name == "image":
            assert urlsplit(value).scheme in {"http", "https"}, name


@pytest.mark.parametrize("address", JSON)
def test_it_keeps_the_rules_of_the_format(full: Release, reader: Client, address: str) -> None:
    answer = reader.get(address)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = answer.json()
    hold(feed, FEED, "version", "title", "items")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{address}"
    for item in feed["items"]:
        hold(item, ITEM, "id", "content_html")
        for author in item["authors"]:
            hold(author, AUTHOR, "name")
        for attachment in item["attachments"]:
            hold(attachment, ATTACHMENT, "url", "mime_type")
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[name]).tzinfo
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 1


def test_a_story_has_everything_that_readers_see(full: Release, reader: Client) -> None:
    [item] = reader.get("/feeds/json/").json()["items"]
    url = f"http://testserver/photos/{picture().sha256}.jpg"
    assert item["id"] == f"tag:testserver,2021:{full.number}"
    assert item["url"] == f"http://testserver/articles/{full.number}/"
    assert item["title"] == "完整之眉题 完整之标题"
    assert item["summary"] == "完整之提要"
    assert item["content_text"] == "完整之正文。"
    assert "<p>完整之正文。</p>" in item["content_html"]
    assert item["authors"] == [{"name": "张三"}, {"name": "张三丰"}, {"name": "卢飞"}]
    assert set(item["tags"]) == {"冬季行动", "护校安园", "平安", "完整之标签"}
    assert item["attachments"] == [{"url": url, "mime_type": "image/jpeg", "title": "启动仪式现场"}]
    assert item["image"] == url
    assert item["date_published"] == item["date_modified"] == "2021-12-30T16:30:00+00:00"
    assert item["_bulletins"] == {"number": full.number, "kind": "feature", "unit": "hubin"}


def test_a_correction_has_a_later_date(site: Site, reader: Client) -> None:
    release = site.published("先前的")
    site.release(site.revised(release, "更正的"), public_from=NOW)
    [item] = reader.get("/feeds/json/").json()["items"]
    assert item["title"] == "更正的眉题 更正的标题"
    assert item["date_published"] == "2021-12-30T16:30:00+00:00"
    assert item["date_modified"] == "2022-01-10T02:00:00+00:00"


def test_it_leads_on_to_earlier_stories(site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletins.interchange.feeds.gathering.SIZE", 1)
    site.published("一")
    site.published("二")
    first = reader.get("/feeds/json/").json()
    second = reader.get(first["next_url"]).json()
    assert first["items"][0]["id"] != second["items"][0]["id"]
    assert second["feed_url"] == first["next_url"]
    assert "next_url" not in second
