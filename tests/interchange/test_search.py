"""The search, as other machines ask it."""

from __future__ import annotations

import re
from datetime import timedelta

import feedparser
import pytest
from django.test import Client

from bulletins.models import Release
from tests.interchange.world import get
from tests.public.world import THEN, Site

pytestmark = pytest.mark.django_db


def found(reader: Client, **query: str) -> list[str]:
    return [item["number"] for item in get(reader, "/api/v1/search/", **query)["items"]]


def test_words_are_found_first_where_they_stand_in_the_headline(site: Site, reader: Client) -> None:
    headline = site.released(at=THEN, headline="反诈讲座进社区", body="<p>民警讲解。</p>").number
    text = site.released(at=THEN + timedelta(hours=1), headline="夜市巡逻", body="<p>反诈宣传。</p>").number
    assert found(reader, q="反诈") == [headline, text]
    assert found(reader, q="反诈", order="newest") == [text, headline]
    assert found(reader, q="反诈 巡逻") == found(reader, q="反诈 -讲座") == [text]
    assert found(reader, q="“反诈讲座”") == [headline]
    assert found(reader, q="无此词语") == found(reader, q="-") == []


def test_what_is_found_is_an_article_as_elsewhere(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    [item] = get(reader, "/api/v1/search/", q="公开之标题")["items"]
    assert item == get(reader, f"/api/v1/articles/{release.number}/")


def test_a_search_is_narrowed_down(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    for name, value in (("unit", "shiju"), ("unit", "hubin"), ("campaign", "winter"), ("kind", "news")):
        assert found(reader, q="公开", **{name: value}) == [release.number]
    for name, value in (("unit", "shanqian"), ("kind", "brief")):
        assert found(reader, q="公开", **{name: value}) == []


@pytest.mark.parametrize("order", [{}, {"order": "newest"}])
def test_following_next_gives_everything_once(
    site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch, order: dict[str, str]
) -> None:
    monkeypatch.setattr("bulletins.search.finding.PAGE_SIZE", 2)
    monkeypatch.setattr("bulletins.search.finding._MOST", 3)
    numbers = {
        site.released(
            at=THEN + timedelta(hours=n), headline="反诈" if n % 2 else "巡逻", body="<p>反诈。</p>"
        ).number
        for n in range(5)
    }
    page, seen = get(reader, "/api/v1/search/", q="反诈", **order), []
    while True:
        seen += [item["number"] for item in page["items"]]
        if not page["next"]:
            break
        page = get(reader, page["next"])
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == numbers


def test_a_search_without_its_last_slash_leads_on(site: Site, reader: Client) -> None:
    answer = reader.get("/api/v1/search?q=%E5%B9%B3%E5%AE%89")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/search/?q=%E5%B9%B3%E5%AE%89")


@pytest.mark.parametrize(
    "words", ['"', "'", "' OR 1=1 --", "<script>", "a AND b OR (c", "*", "🚓", "NEAR(a b)", "%_", "\\"]
)
def test_whatever_one_may_type_is_answered(site: Site, reader: Client, words: str) -> None:
    assert found(reader, q=words) == []


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_search_has_feeds_of_the_newest_that_it_finds(site: Site, reader: Client, form: str) -> None:
    release = site.published("公开之")
    page = reader.get("/search/?q=公开 标题").content.decode()
    address = re.search(rf'href="(/search/feeds/{form}/[^"]+)"', page)
    assert address
    answer = reader.get(address[1])
    assert answer.status_code == 200
    text = answer.content.decode()
    assert release.number in text
    assert f"http://testserver/search/feeds/{form}/?q=" in text
    if form != "json":
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.title == "公安新闻 · 公开 标题"
        assert [entry.title for entry in feed.entries] == ["公开之眉题 公开之标题"]
    site.withdraw(release)
    left = reader.get(address[1]).content.decode()
    assert "公开之" not in left
    # Atom has a way to say that it is gone; to the others it is simply not there.
    assert (f'<at:deleted-entry ref="{identity_of(release)}"' in left) == (form == "atom")


def test_a_feed_of_a_search_does_not_tell_what_a_withdrawn_story_said(site: Site, reader: Client) -> None:
    site.withdraw(site.published("秘密之"))
    with_it, without = (
        reader.get(f"/search/feeds/atom/?q={word}").content.decode().partition("<at:deleted-entry")[2]
        for word in ("秘密之正文", "从未说过")
    )
    assert with_it == without != ""


def identity_of(release: Release) -> str:
    return f"tag:testserver,{release.number.split('-')[1]}:{release.number}"


@pytest.mark.parametrize("query", ["", "?q=", "?q=-", "?q=%00", "?q=" + "%20" * 10])
def test_a_search_for_nothing_has_no_feed(site: Site, reader: Client, query: str) -> None:
    assert reader.get(f"/search/feeds/atom/{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["%22", "%ED%A0%80", "%F0%9F%9A%93", "a%00b", "a" * 10_000, "%27%20OR%201=1", "<b>"]
)
def test_a_feed_of_whatever_one_may_type_is_a_feed_or_none(site: Site, reader: Client, query: str) -> None:
    answer = reader.get(f"/search/feeds/rss/?q={query}")
    assert answer.status_code in {200, 404}
    assert answer.status_code == 404 or not feedparser.parse(answer.content).bozo
