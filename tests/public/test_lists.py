"""What stands in which list, in which order, and how one goes on to earlier items."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from bulletins.models import Kind, Photo
from bulletins.public.paging import PAGE_SIZE
from tests.factories import make_campaign
from tests.public.world import THEN, Site


def numbers(text: str) -> list[str]:
    """The stories that a page links to, in its order, each once."""
    return list(dict.fromkeys(re.findall(r'href="(?:/en)?/articles/([^/"]+)/"', text)))


def listed(reader: Client, address: str) -> list[str]:
    answer = reader.get(address)
    assert answer.status_code == 200
    return numbers(answer.content.decode())


def test_a_unit_lists_what_is_below_it(site: Site, reader: Client) -> None:
    one, two = site.released(at=THEN), site.released(at=THEN + timedelta(hours=1))
    assert listed(reader, "/units/shiju/") == [two.number, one.number]


def test_alone_it_lists_only_its_own(site: Site, reader: Client) -> None:
    release = site.released(at=THEN)
    assert listed(reader, "/units/hubin/?scope=own") == [release.number]
    assert listed(reader, "/units/shiju/?scope=own") == []


def test_a_unit_beside_lists_nothing_of_it(site: Site, reader: Client) -> None:
    site.released(at=THEN)
    assert listed(reader, "/units/shanqian/") == []


def test_address_and_telephone_of_a_unit_are_shown_once_they_are_known(site: Site, reader: Client) -> None:
    assert "电话" not in reader.get("/units/hubin/").content.decode()
    type(site.station).objects.filter(pk=site.station.pk).update(phone="0537-1234567", address="湖滨路1号")
    text = reader.get("/units/hubin/").content.decode()
    assert "0537-1234567" in text
    assert "湖滨路1号" in text


def test_the_directory_stands_in_the_order_of_the_tree(site: Site, reader: Client) -> None:
    text = reader.get("/units/").content.decode()
    assert text.index("/units/shiju/") < text.index("/units/shanqian/") < text.index("/units/hubin/")


def test_earlier_items_go_on_where_the_page_ended(site: Site, reader: Client) -> None:
    """Two of them were published at the same moment: none is left out, none stands twice."""
    moments = [THEN + timedelta(minutes=n // 2) for n in range(PAGE_SIZE + 3)]
    releases = [site.released(at=moment) for moment in moments]
    newest_first = [release.number for release in reversed(releases)]
    text = reader.get("/units/shiju/").content.decode()
    assert numbers(text) == newest_first[:PAGE_SIZE]
    [onward] = set(re.findall(r'href="(\?before=[^"]+)"', text))
    assert listed(reader, f"/units/shiju/{onward}") == newest_first[PAGE_SIZE:]


def test_a_page_of_earlier_items_keeps_its_meaning_when_something_new_comes(
    site: Site, reader: Client
) -> None:
    for n in range(PAGE_SIZE + 2):
        site.released(at=THEN + timedelta(minutes=n))
    [onward] = set(re.findall(r'href="(\?before=[^"]+)"', reader.get("/units/shiju/").content.decode()))
    before = listed(reader, f"/units/shiju/{onward}")
    site.released(at=THEN + timedelta(days=1))
    assert listed(reader, f"/units/shiju/{onward}") == before


def test_paging_keeps_to_the_unit_alone(site: Site, reader: Client) -> None:
    for n in range(PAGE_SIZE + 1):
        site.released(at=THEN + timedelta(minutes=n))
    text = reader.get("/units/hubin/?scope=own").content.decode()
    assert re.search(r'href="\?scope=own&amp;before=[0-9]+-[0-9]+"', text)


def test_the_front_page_leads_with_the_newest_that_is_more_than_a_brief(site: Site, reader: Client) -> None:
    lead = site.released(at=THEN, headline="头条新闻")
    site.released(at=THEN + timedelta(hours=1), kind=Kind.BRIEF, headline="一则简讯")
    text = reader.get("/").content.decode()
    assert numbers(text)[0] == lead.number


def test_whatever_is_not_on_the_front_page_stands_on_the_next(site: Site, reader: Client) -> None:
    releases = [site.released(at=THEN + timedelta(minutes=n)) for n in range(14)]
    text = reader.get("/").content.decode()
    [onward] = set(re.findall(r'href="(\?before=[^"]+)"', text))
    front = numbers(text.split('id="units-latest"')[0])
    assert front + listed(reader, f"/{onward}") == [release.number for release in reversed(releases)]


def test_the_front_page_shows_what_each_unit_did_last(site: Site, reader: Client) -> None:
    site.released(at=THEN, headline="较早的稿件")
    site.released(at=THEN + timedelta(hours=1), headline="最近的稿件")
    latest = reader.get("/").content.decode().split('id="units-latest"')[1]
    assert "最近的稿件" in latest
    assert "较早的稿件" not in latest


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "word"),
    [
        ("2022-01-10", "2022-01-10", "正在进行"),
        ("2022-01-11", None, "即将开始"),
        (None, "2022-01-09", "已结束"),
        (None, None, "长期开展"),
    ],
)
def test_a_campaign_says_whether_it_runs_now(
    site: Site, reader: Client, starts_on: str | None, ends_on: str | None, word: str
) -> None:
    make_campaign("某行动", slug="some", starts_on=starts_on, ends_on=ends_on)
    assert word in reader.get("/campaigns/some/").content.decode()
    listed_there = reader.get("/campaigns/").content.decode()
    assert word in listed_there[: listed_there.index("某行动")]


def test_a_campaign_shows_its_dates(site: Site, reader: Client) -> None:
    make_campaign("某行动", slug="some", starts_on="2021-12-23", ends_on="2022-03-05")
    text = re.sub("<[^>]+>", "", reader.get("/campaigns/some/").content.decode())
    assert "2021年12月23日至2022年3月5日" in text


def test_the_day_turns_at_midnight_in_shanghai(site: Site, reader: Client, clock: list[datetime]) -> None:
    """On 31 December, half past midnight in Shanghai, it is the 30th in Greenwich."""
    clock[0] = THEN
    make_campaign("某行动", slug="some", starts_on="2021-12-31", ends_on="2021-12-31")
    assert "正在进行" in reader.get("/campaigns/some/").content.decode()


def test_a_photo_story_without_headline_shows_its_label_and_its_beginning(site: Site, reader: Client) -> None:
    article = site.draft(at=THEN, kind=Kind.PHOTO, headline="", body="<p>近日，禁毒宣传基地揭牌。</p>")
    Photo.objects.create(article=article, is_missing=True, credit="卢飞")
    release = site.release(site.led(article, "approved"))
    text = reader.get("/units/hubin/").content.decode()
    item = text[text.index('<article class="item') :]
    assert "图片新闻" in item
    assert "近日，禁毒宣传基地揭牌。" in item
    assert release.number in item
