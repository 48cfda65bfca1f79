"""What lists say about themselves: a line, and which campaigns and tags their stories name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from bulletins.models import Kind, Photo
from tests.factories import make_campaign
from tests.public.stories import Shelf
from tests.public.world import THEN, Site

pytestmark = pytest.mark.django_db


def aside(reader: Client, address: str) -> str:
    text = reader.get(address).content.decode()
    return text.split('<aside class="side">')[1].split("</aside>")[0] if 'class="side"' in text else ""


def test_a_correspondent_is_shown_with_unit_and_subjects(site: Site, reader: Client) -> None:
    site.published("公开之")
    text = reader.get("/correspondents/zhangsan/").content.decode()
    said = "湖滨派出所张三丰发表的稿件，新稿在前。"
    assert f"<p>{said}</p>" in text
    assert f'<meta name="ColumnDescription" content="{said}">' in text
    beside = aside(reader, "/correspondents/zhangsan/")
    for address in ("/units/hubin/", "/campaigns/winter/", "/tags/平安/"):
        assert (
            f'href="{address}"' in beside
            or f'href="{address.replace("平安", "%E5%B9%B3%E5%AE%89")}"' in beside
        )


def test_a_correspondent_without_a_unit_is_shown_too(site: Site, reader: Client) -> None:
    site.published("公开之")
    site.person.unit = None
    site.person.save()
    assert "<p>张三丰发表的稿件，新稿在前。</p>" in reader.get("/correspondents/zhangsan/").content.decode()
    assert "/units/" not in aside(reader, "/correspondents/zhangsan/")


def test_a_tag_names_what_stands_beside_it_and_not_itself(site: Site, reader: Client) -> None:
    site.published("公开之")
    beside = aside(reader, "/tags/平安/")
    assert "公开之标签" in beside
    assert ">平安<" not in beside
    assert "各单位有关“平安”的稿件，新稿在前。" in reader.get("/tags/平安/").content.decode()


def test_whatever_most_stories_name_stands_first(site: Site, reader: Client) -> None:
    site.published("公开之")
    shelf = Shelf(site)
    often, seldom = make_campaign("常有的", slug="often"), make_campaign("少有的", slug="aaa")
    for n in range(3):
        campaigns = [often, seldom] if n == 0 else [often]
        shelf.add(THEN + timedelta(minutes=n), tags=["平安"], campaigns=campaigns)
    names = re.findall(r'href="/campaigns/([^/]+)/"', aside(reader, "/tags/平安/"))
    assert names == ["often", "aaa", "winter"]


def test_a_campaign_that_readers_do_not_see_is_not_named(site: Site, reader: Client) -> None:
    site.published("公开之")
    site.campaign.is_public = False
    site.campaign.save()
    assert "冬季行动" not in aside(reader, "/tags/平安/")


@pytest.mark.parametrize("count", [0, 1, 3, 100])
def test_the_front_page_is_whole_with_so_many_stories(site: Site, reader: Client, count: int) -> None:
    shelf = Shelf(site)
    for n in range(count):
        shelf.add(THEN + timedelta(minutes=n))
    text = reader.get("/").content.decode()
    parts = {
        "front-lead": count >= 1,
        "front-second": count >= 2,
        "front-rest": count > 4,
        "photo-stories": False,
        "units-latest": count >= 1,
        "更早的稿件": count > 10,
        "这里还没有刊发稿件": count == 0,
        "冬季行动": True,
    }
    assert {part: part in text for part in parts} == parts


def test_a_front_page_of_one_photo_story_says_nothing_of_nothing(site: Site, reader: Client) -> None:
    article = site.draft(at=THEN, kind=Kind.PHOTO, headline="", body="<p>近日，禁毒宣传基地揭牌。</p>")
    Photo.objects.create(article=article, is_missing=True, credit="卢飞")
    site.release(site.led(article, "approved"))
    text = reader.get("/").content.decode()
    assert "近日，禁毒宣传基地揭牌。" in text
    assert "这里还没有刊发稿件" not in text
