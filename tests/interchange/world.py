"""Every address that other machines read, and a story with all that a story can have."""

from __future__ import annotations

from typing import Any

from django.test import Client

from bulletins.models import Article, Campaign, Credit, Kind, Release
from tests.public.test_photos import picture, show
from tests.public.world import THEN, Site

FORMATS = ("atom", "rss", "json")
FEEDS = {
    f"{where} {form}": f"{path}feeds/{form}/"
    for where, path in (
        ("site", "/"),
        ("unit", "/units/hubin/"),
        ("unit above", "/units/shiju/"),
        ("campaign", "/campaigns/winter/"),
    )
    for form in FORMATS
}
SEARCHES = {f"search {form}": f"/search/feeds/{form}/?q=平安" for form in FORMATS}
# Lists and things of the interface; TELLING are those that tell of the public story.
ARTICLES = {
    "articles": "/api/v1/articles/",
    "articles of unit": "/api/v1/articles/?unit=hubin",
    "articles of unit above": "/api/v1/articles/?unit=shiju",
    "articles of campaign": "/api/v1/articles/?campaign=winter",
    "articles of kind": "/api/v1/articles/?kind=news",
    "articles of tag": "/api/v1/articles/?tag=平安",
    "articles since": "/api/v1/articles/?since=2021-12-01&until=2022-02-01",
    "articles of all": "/api/v1/articles/?unit=shiju&campaign=winter&kind=news&tag=平安",
    "article": "/api/v1/articles/{number}/",
    "ninjs": "/api/v1/articles/{number}/ninjs/",
    "page": "/api/v1/pages/2021-12-31/1/",
    "search": "/api/v1/search/?q=平安",
    "search newest": "/api/v1/search/?q=平安&order=newest&unit=shiju&campaign=winter&kind=news",
}
THINGS = {
    "units": "/api/v1/units/",
    "unit": "/api/v1/units/hubin/",
    "campaigns": "/api/v1/campaigns/",
    "campaign": "/api/v1/campaigns/winter/",
    "pages": "/api/v1/pages/",
    "correspondents": "/api/v1/correspondents/",
    "correspondent": "/api/v1/correspondents/zhangsan/",
    "openapi": "/api/v1/openapi.json",
}
PEOPLE = {"reference": "/api/v1/", "reference en": "/en/api/v1/"}
ADDRESSES = FEEDS | SEARCHES | ARTICLES | THINGS | PEOPLE
TELLING = FEEDS | SEARCHES | ARTICLES


def full_story(site: Site) -> Release:
    """A story with a kicker, two headlines' lines, a photo, three people, two campaigns and tags."""
    second = Campaign.objects.create(name="护校安园", slug="school")
    article = site.draft(at=THEN, kind=Kind.FEATURE, **site.text("完整之"))
    Article.objects.filter(pk=article.pk).update(subhead="副题", source="本报")
    article.campaigns.add(second)
    Credit.objects.create(article=article, position=2, correspondent=site.person)
    Credit.objects.create(article=article, position=3, name="卢飞", role="photo")
    show(article, picture())
    return site.release(site.led(article, "approved"))


def get(reader: Client, address: str, **query: str) -> Any:
    answer = reader.get(address, query)
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def numbers(reader: Client, **query: str) -> list[str]:
    return [item["number"] for item in get(reader, "/api/v1/articles/", **query)["items"]]
