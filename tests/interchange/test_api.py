"""What the interface answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from bulletins.interchange.api import shapes
from bulletins.interchange.api.answering import said
from bulletins.models import Page
from tests.factories import make_campaign
from tests.interchange.world import full_story, get, numbers
from tests.public.test_photos import picture
from tests.public.world import NOW, Site
from units.models import FormerSlug

pytestmark = pytest.mark.django_db


def test_an_article_has_everything_that_readers_see(site: Site, reader: Client) -> None:
    release = full_story(site)
    article = get(reader, f"/api/v1/articles/{release.number}/")
    root = "http://testserver"
    assert set(article) == set(shapes.SHAPES["Article"]["properties"])
    assert article["number"] == release.number
    assert article["id"] == f"tag:testserver,2021:{release.number}"
    assert article["url"] == f"{root}/articles/{release.number}/"
    assert (article["kicker"], article["headline"], article["subhead"]) == (
        "完整之眉题",
        "完整之标题",
        "副题",
    )
    assert (article["summary"], article["text"], article["source"]) == ("完整之提要", "完整之正文。", "本报")
    assert article["kind"] == "feature"
    assert article["unit"] == {"slug": "hubin", "name": "湖滨派出所", "self": f"{root}/api/v1/units/hubin/"}
    assert [(credit["name"], credit["role"], credit["correspondent"]) for credit in article["credits"]] == [
        ("张三", "text", None),
        ("张三丰", "text", "zhangsan"),
        ("卢飞", "photo", None),
    ]
    assert article["campaigns"] == [
        {"slug": "school", "name": "护校安园"},
        {"slug": "winter", "name": "冬季行动"},
    ]
    assert set(article["tags"]) == {"平安", "完整之标签"}
    assert article["photos"] == [
        {
            "url": f"{root}/photos/{picture().sha256}.jpg",
            "width": 1600,
            "height": 800,
            "caption": "启动仪式现场",
            "alt": "民警向学生讲解",
            "credit": "卢飞",
        }
    ]
    assert article["published"] == "2021-12-31T00:30:00+08:00"
    assert article["updated"] is None
    assert article["version"] == 1
    assert get(reader, "/api/v1/articles/")["items"] == [article]


def test_a_correction_has_another_version_and_the_same_number(site: Site, reader: Client) -> None:
    release = site.published("先前的")
    site.release(site.revised(release, "更正的"), public_from=NOW)
    article = get(reader, f"/api/v1/articles/{release.number}/")
    assert article["headline"] == "更正的标题"
    assert article["version"] == 2
    assert article["published"] == "2021-12-31T00:30:00+08:00"
    assert article["updated"] == "2022-01-10T10:00:00+08:00"


def test_a_campaign_that_was_renamed_or_hidden_is_told_as_it_is_now(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    site.campaign.slug = "winter-2021"
    site.campaign.save()
    address = f"/api/v1/articles/{release.number}/"
    assert get(reader, address)["campaigns"] == [{"slug": "winter-2021", "name": "冬季行动"}]
    site.campaign.is_public = False
    site.campaign.save()
    assert get(reader, address)["campaigns"] == [{"slug": None, "name": "冬季行动"}]


def test_a_unit_has_those_above_and_below_it(site: Site, reader: Client) -> None:
    bureau, station = get(reader, "/api/v1/units/shiju/"), get(reader, "/api/v1/units/hubin/")
    assert (bureau["parent"], bureau["above"]) == (None, [])
    assert {unit["slug"] for unit in bureau["below"]} == {"hubin", "shanqian"}
    assert station["parent"] == "shiju"
    assert [unit["name"] for unit in station["above"]] == ["市公安局"]
    assert station["feeds"]["atom"] == "http://testserver/units/hubin/feeds/atom/"
    assert set(station) == set(shapes.SHAPES["UnitWithNeighbours"]["properties"])


def test_a_campaign_says_where_it_stands(site: Site, reader: Client) -> None:
    campaign = get(reader, "/api/v1/campaigns/winter/")
    assert (campaign["name"], campaign["state"], campaign["lead_unit"]) == ("冬季行动", "standing", None)
    assert set(campaign) == set(shapes.SHAPES["Campaign"]["properties"])


def test_what_readers_do_not_see_is_not_found(site: Site, reader: Client) -> None:
    hidden = make_campaign(slug="hidden", is_public=False)
    Page.objects.create(date="2022-01-01", number=1)
    assert reader.get("/api/v1/campaigns/hidden/").status_code == 404
    assert reader.get("/api/v1/articles/?campaign=hidden").status_code == 404
    assert hidden.name not in reader.get("/api/v1/campaigns/").content.decode()
    assert reader.get("/api/v1/pages/2022-01-01/1/").status_code == 404
    assert "2022-01-01" not in reader.get("/api/v1/pages/").content.decode()


def test_a_page_says_what_stands_where(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    gone = site.published("撤下的")
    site.withdraw(gone)
    page = get(reader, "/api/v1/pages/2021-12-31/1/")
    [item] = page["items"]
    assert item["article"]["number"] == release.number
    assert item["article"]["title"] == "公开之眉题 公开之标题"
    assert (item["column"], item["row"], item["width"], item["height"]) == (1, 1, 12, 1)
    assert page["pdf"] == "http://testserver/pages/2021-12-31/1.pdf"
    assert set(page) == set(shapes.SHAPES["PageWithArticles"]["properties"])


def test_a_page_says_nothing_of_a_pdf_where_none_is_made(site: Site, reader: Client, settings: Any) -> None:
    site.published("公开之")
    settings.MAKES_PDF = False
    assert get(reader, "/api/v1/pages/2021-12-31/1/")["pdf"] is None


@pytest.mark.parametrize("kind", ["units", "campaigns", "correspondents"])
def test_a_renamed_address_leads_on(site: Site, reader: Client, kind: str) -> None:
    site.published("公开之")
    owner = {"units": site.station, "campaigns": site.campaign, "correspondents": site.person}[kind]
    former, owner.slug = owner.slug, f"新的-{owner.slug}"
    owner.save()
    FormerSlug.remember(owner, former)
    answer = reader.get(f"/api/v1/{kind}/{former}/", follow=True)
    assert answer.redirect_chain[0][1] == 301
    assert answer.json()["slug"] == owner.slug


@pytest.mark.parametrize("name", ["unit", "campaign"])
def test_a_renamed_slug_goes_on_filtering(site: Site, reader: Client, name: str) -> None:
    release = site.published("公开之")
    owner = {"unit": site.station, "campaign": site.campaign}[name]
    former, owner.slug = owner.slug, "renamed"
    owner.save()
    FormerSlug.remember(owner, former)
    assert numbers(reader, **{name: former}) == numbers(reader, **{name: "renamed"}) == [release.number]


def test_an_address_without_its_last_slash_leads_on(site: Site, reader: Client) -> None:
    answer = reader.get("/api/v1/articles?kind=news&limit=3")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/articles/?kind=news&limit=3")


def test_the_text_is_sent_as_it_is_written(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    assert "公开之标题".encode() in reader.get(f"/api/v1/articles/{release.number}/").content


def test_half_of_a_surrogate_pair_breaks_no_answer() -> None:
    assert json.loads(said({"kicker": "\ud83d眉题"}).content) == {"kicker": "?眉题"}
