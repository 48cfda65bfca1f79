"""Feeds as a reader of feeds sees them."""

from __future__ import annotations

import time
from calendar import timegm
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from bulletins import workflow
from bulletins.models import Release, SiteProfile
from tests.factories import make_campaign
from tests.interchange.world import FEEDS, FORMATS, full_story
from tests.public.test_photos import picture
from tests.public.world import NOW, THEN, Site
from units.models import FormerSlug

TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
XML = [name for name in sorted(FEEDS) if not name.endswith("json")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(site: Site) -> Release:
    return full_story(site)


def parsed(reader: Client, address: str) -> Any:
    answer = reader.get(address)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def moment(parsed_time: time.struct_time) -> datetime:
    return datetime.fromtimestamp(timegm(parsed_time), UTC)


@pytest.mark.parametrize("name", XML)
def test_a_feed_is_well_formed_and_of_its_kind(full: Release, reader: Client, name: str) -> None:
    feed = parsed(reader, FEEDS[name])
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[name.split()[-1]]
    assert feed.feed.link.startswith("http://testserver/")
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [
        f"http://testserver{FEEDS[name]}"
    ]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_story_has_everything_that_readers_see(full: Release, reader: Client, form: str) -> None:
    [entry] = parsed(reader, f"/feeds/{form}/").entries
    assert entry.title == "完整之眉题 完整之标题"
    assert entry.link == f"http://testserver/articles/{full.number}/"
    assert entry.id == f"tag:testserver,2021:{full.number}"
    assert {tag.term for tag in entry.tags} == {"冬季行动", "护校安园", "平安", "完整之标签"}
    assert [author.name for author in entry.authors] == ["张三", "张三丰"]
    assert [each.name for each in entry.contributors if "name" in each] == ["卢飞"]
    assert moment(entry.published_parsed) == THEN
    text = entry.content[0].value
    for part in (
        "副题",
        "完整之提要",
        "<p>完整之正文。</p>",
        'src="http://testserver/photos/',
        "启动仪式现场 卢飞",
    ):
        assert part in text, part
    assert "完整之提要" in entry.summary


def test_atom_encloses_the_pictures(full: Release, reader: Client) -> None:
    [entry] = parsed(reader, "/feeds/atom/").entries
    [enclosure] = entry.enclosures
    assert enclosure.href == f"http://testserver/photos/{picture().sha256}.jpg"
    assert enclosure.type == "image/jpeg"


def test_rss_has_the_pictures_with_their_size_and_who_took_them(full: Release, reader: Client) -> None:
    [entry] = parsed(reader, "/feeds/rss/").entries
    [medium] = entry.media_content
    assert medium["url"] == f"http://testserver/photos/{picture().sha256}.jpg"
    assert (medium["medium"], medium["width"], medium["height"]) == ("image", "1600", "800")
    assert entry.media_credit[0]["content"] == "卢飞"


def test_every_address_of_a_picture_is_one(full: Release, reader: Client) -> None:
    [entry] = parsed(reader, "/feeds/atom/").entries
    assert reader.get(entry.enclosures[0].href.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("name", XML)
def test_stories_stand_newest_first(site: Site, reader: Client, name: str) -> None:
    for mark in ("一", "二", "三"):
        release = site.published(f"第{mark}篇")
        later = release.published_at + timedelta(minutes="一二三".index(mark))
        release.listings.update(published_at=later)
    titles = [entry.title for entry in parsed(reader, FEEDS[name]).entries]
    assert [title[1] for title in titles] == ["三", "二", "一"]


def test_a_feed_of_a_unit_has_what_stands_below_it_and_nothing_from_beside(
    site: Site, reader: Client
) -> None:
    site.published("湖滨的")
    assert len(parsed(reader, "/units/shiju/feeds/atom/").entries) == 1
    assert len(parsed(reader, "/units/hubin/feeds/atom/").entries) == 1
    assert parsed(reader, "/units/shanqian/feeds/atom/").entries == []


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_a_feed_without_stories_is_a_feed_all_the_same(site: Site, reader: Client, name: str) -> None:
    first, second = reader.get(FEEDS[name]), reader.get(FEEDS[name])
    assert first.status_code == 200
    assert first.content == second.content


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "where", ["/units/nowhere/", "/campaigns/nowhere/", "/units/无此单位/", "/campaigns/🚓/"]
)
def test_a_feed_of_what_is_not_there_is_not_found(site: Site, reader: Client, where: str, form: str) -> None:
    assert reader.get(f"{where}feeds/{form}/").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_a_campaign_that_readers_do_not_see_has_no_feed(site: Site, reader: Client, form: str) -> None:
    site.campaign.is_public = False
    site.campaign.save()
    assert reader.get(f"/campaigns/winter/feeds/{form}/").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_a_renamed_unit_leads_on(site: Site, reader: Client, form: str) -> None:
    site.station.slug = "湖滨"
    site.station.save()
    FormerSlug.remember(site.station, "hubin")
    answer = reader.get(f"/units/hubin/feeds/{form}/?before=1-1")
    assert answer.status_code == 301
    assert answer["Location"] == f"/units/%E6%B9%96%E6%BB%A8/feeds/{form}/?before=1-1"
    followed = reader.get(answer["Location"])
    assert followed.status_code == 200
    assert "/units/%E6%B9%96%E6%BB%A8/feeds/" in followed.content.decode()


def test_earlier_stories_follow_one_another_without_gap_or_repetition(
    site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bulletins.interchange.feeds.gathering.SIZE", 2)
    numbers = {site.published(f"第{n}篇").number for n in range(5)}
    address, seen = "/feeds/atom/", []
    while address:
        feed = parsed(reader, address)
        seen += [entry.id.rpartition(":")[2] for entry in feed.entries]
        following = [link.href for link in feed.feed.links if link.rel == "next"]
        address = following[0].removeprefix("http://testserver") if following else ""
    assert len(seen) == 5
    assert set(seen) == numbers


@pytest.mark.parametrize("token", ["", "x", "1", "-1-1", "%00", "1-" + "9" * 40])
def test_a_broken_place_is_not_found(site: Site, reader: Client, token: str) -> None:
    assert reader.get(f"/feeds/atom/?before={token}").status_code == 404


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_correction_is_told_as_an_update_of_the_same_story(site: Site, reader: Client, form: str) -> None:
    release = site.published("先前的")
    corrected = site.revised(release, "更正的")
    site.release(corrected, public_from=NOW - timedelta(days=1))
    [entry] = parsed(reader, f"/feeds/{form}/").entries
    assert entry.id == f"tag:testserver,2021:{release.number}"
    assert entry.title == "更正的眉题 更正的标题"
    assert moment(entry.published_parsed) == THEN
    assert moment(entry.updated_parsed) == NOW - timedelta(days=1)
    assert "先前的" not in reader.get(f"/feeds/{form}/").content.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_a_correction_of_a_story_that_is_no_longer_among_the_newest_is_told(
    site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("bulletins.interchange.feeds.gathering.SIZE", 1)
    old = site.published("先前的")
    site.published("新的").listings.update(published_at=THEN + timedelta(minutes=1))
    assert "先前的标题" not in reader.get(f"/feeds/{form}/").content.decode()
    site.release(site.revised(old, "更正的"), public_from=NOW - timedelta(days=1))
    for address in ("/feeds/", "/units/shiju/feeds/", "/campaigns/winter/feeds/"):
        text = reader.get(f"{address}{form}/").content.decode()
        assert "更正的标题" in text
        assert "新的标题" in text


def tombstones(reader: Client, address: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(reader.get(address).content).iter(f"{TOMBSTONE}deleted-entry"))


@pytest.mark.parametrize("where", ["/", "/units/hubin/", "/units/shiju/", "/campaigns/winter/"])
def test_atom_says_what_was_withdrawn_and_nothing_of_its_text(site: Site, reader: Client, where: str) -> None:
    release = site.published("撤下的")
    site.withdraw(release)
    [gone] = tombstones(reader, f"{where}feeds/atom/")
    assert gone.get("ref") == f"tag:testserver,2021:{release.number}"
    assert gone.get("when") == "2021-12-30T16:30:00+00:00"
    assert gone.findtext(f"{TOMBSTONE}comment") == "因内容更正，已撤下。"
    assert parsed(reader, f"{where}feeds/atom/").entries == []
    assert "撤下的" not in reader.get(f"{where}feeds/atom/").content.decode()


@pytest.mark.parametrize("form", ["rss", "json"])
def test_elsewhere_it_is_gone(site: Site, reader: Client, form: str) -> None:
    release = site.published("撤下的")
    site.withdraw(release)
    assert release.number not in reader.get(f"/feeds/{form}/").content.decode()


def test_a_unit_beside_it_and_another_campaign_do_not_speak_of_it(site: Site, reader: Client) -> None:
    site.withdraw(site.published("撤下的"))
    other = make_campaign()
    assert tombstones(reader, "/units/shanqian/feeds/atom/") == []
    assert tombstones(reader, f"/campaigns/{other.slug}/feeds/atom/") == []


def test_what_was_restored_is_a_story_again(site: Site, reader: Client) -> None:
    release = site.published("撤下的")
    site.withdraw(release)
    workflow.perform("restore", release.article, actor=site.chief, at=THEN, reason="属实")
    workflow.perform("confirm_restoration", release.article, actor=site.second_chief, at=THEN)
    assert tombstones(reader, "/feeds/atom/") == []
    assert len(parsed(reader, "/feeds/atom/").entries) == 1


def test_what_was_withdrawn_long_ago_is_no_longer_told(
    site: Site, reader: Client, clock: list[datetime]
) -> None:
    site.withdraw(site.published("撤下的"))
    clock[0] = THEN + timedelta(days=31)
    assert tombstones(reader, "/feeds/atom/") == []


@pytest.mark.parametrize("form", FORMATS)
def test_signs_that_xml_cannot_hold_break_no_feed(site: Site, reader: Client, form: str) -> None:
    SiteProfile.objects.create(name="公安\x0b新闻", tagline="&<>\"'")
    site.release(
        site.led(site.draft(at=THEN, headline="标\x08题", kicker="a<b&c", body="<p>甲\x0c乙</p>"), "approved")
    )
    answer = reader.get(f"/feeds/{form}/")
    assert answer.status_code == 200
    if form != "json":
        [entry] = parsed(reader, f"/feeds/{form}/").entries
        assert entry.title == "a<b&c 标题"


@pytest.mark.parametrize("form", FORMATS)
def test_a_hub_is_named_where_one_is_set(site: Site, reader: Client, settings: Any, form: str) -> None:
    address = f"/units/hubin/feeds/{form}/"
    assert "hub" not in reader.get(address)["Link"].replace("hubin", "")
    settings.WEBSUB_HUB = "https://hub.example/"
    assert (
        "hub.example" not in reader.get(address)["Link"]
    )  # nobody could tell it by which address the feed is known
    SiteProfile.objects.create(address="https://news.example")
    answer = reader.get(address)
    assert 'https://hub.example/>; rel="hub"' in answer["Link"]
    assert f'<https://news.example{address}>; rel="self"' in answer["Link"]
    assert f"https://news.example{address}" in answer.content.decode()
    assert "https://hub.example/" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/", ["/feeds/{form}/"]),
        ("/en/", ["/feeds/{form}/"]),
        ("/units/hubin/", ["/feeds/{form}/", "/units/hubin/feeds/{form}/"]),
        ("/campaigns/winter/", ["/feeds/{form}/", "/campaigns/winter/feeds/{form}/"]),
    ],
)
def test_pages_say_where_their_feeds_are(site: Site, reader: Client, address: str, named: list[str]) -> None:
    page = reader.get(address).content.decode()
    for form, kind in (("atom", "atom+xml"), ("rss", "rss+xml"), ("json", "feed+json")):
        for path in named:
            href = path.format(form=form)
            assert f'<link rel="alternate" type="application/{kind}"' in page
            assert f'href="{href}">' in page
            assert reader.get(href).status_code == 200
