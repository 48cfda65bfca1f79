"""Sitemaps: every public story, from the moment it is public until it is not."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from bulletins.models import Article, Listing, Release
from bulletins.public import site_map
from tests.public.test_machines import LINK, MAP, NEWS, locations, xml
from tests.public.world import FOR_MACHINES, HIDDEN, LATER, NOW, THEN, Site

pytestmark = pytest.mark.django_db


def test_the_index_names_every_month_that_has_something(site: Site, reader: Client) -> None:
    assert locations(xml(reader, "/sitemap.xml")) == ["http://testserver/sitemaps/lists.xml"]
    release = site.published("公开之")
    # Another of long ago, as an import makes it.
    long_ago = site.at("approved", "从前之")
    taken_over = {
        name: getattr(release, name)
        for name in ("revision_id", "kind", "unit", "content", "content_hash", "public_from")
    }
    Listing.objects.put_up(
        Release.objects.create(
            article=long_ago,
            number=long_ago.number,
            sequence=1,
            published_at=datetime(2019, 2, 3, tzinfo=THEN.tzinfo),
            **taken_over,
        )
    )
    found = [address.removeprefix("http://testserver") for address in locations(xml(reader, "/sitemap.xml"))]
    assert found == ["/sitemaps/lists.xml", "/sitemaps/2021-12.xml", "/sitemaps/2019-02.xml"]
    assert site_map.months(at=NOW) == [date(2019, 2, 1), date(2021, 12, 1)]
    for address in found:
        assert locations(xml(reader, address))


def test_a_month_has_itself_and_every_story_in_both_languages_with_its_day(
    site: Site, reader: Client
) -> None:
    release = site.published("公开之")
    root = xml(reader, "/sitemaps/2021-12.xml")
    path = f"/articles/{release.number}/"
    month = "/archive/2021/12/"
    expected = [f"http://testserver{language}{way}" for way in (month, path) for language in ("", "/en")]
    assert locations(root) == expected
    assert [element.text for element in root.iter(f"{MAP}lastmod")] == ["2021-12-31T00:30:00+08:00"] * 4
    for url, way in zip(root, (month, month, path, path), strict=True):
        ways = {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)}
        assert ways == {"zh-Hans": f"http://testserver{way}", "en": f"http://testserver/en{way}"}


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_what_is_not_public_is_in_no_sitemap(
    site: Site, reader: Client, clock: list[datetime], state: str
) -> None:
    make, status = HIDDEN[state]
    article: Article = make(site, "秘")
    clock[0] = THEN + timedelta(hours=1)
    for name, address in FOR_MACHINES.items():
        answer = reader.get(address)
        if answer.status_code == 404:  # a month without anything
            assert name == "sitemap_of_month"
            continue
        text = answer.content.decode()
        assert "秘标题" not in text
        if status != 200:
            assert article.number not in text


def test_a_scheduled_story_is_in_its_sitemap_when_its_time_has_come(
    site: Site, reader: Client, clock: list[datetime]
) -> None:
    article = HIDDEN["scheduled"][0](site, "定时")
    assert reader.get("/sitemaps/2022-01.xml").status_code == 404
    clock[0] = LATER
    assert article.number in reader.get("/sitemaps/2022-01.xml").content.decode()
    assert "/sitemaps/2022-01.xml" in reader.get("/sitemap.xml").content.decode()


def test_the_news_of_two_days(site: Site, reader: Client, clock: list[datetime]) -> None:
    release = site.published("<公开>&\x0b之")
    assert locations(xml(reader, "/sitemaps/news.xml")) == []
    assert "news.xml" not in reader.get("/sitemap.xml").content.decode()
    clock[0] = THEN + timedelta(hours=47)
    root = xml(reader, "/sitemaps/news.xml")
    assert locations(root) == [f"http://testserver/articles/{release.number}/"]
    assert [element.text for element in root.iter(f"{NEWS}publication_date")] == ["2021-12-31T00:30:00+08:00"]
    assert [element.text for element in root.iter(f"{NEWS}language")] == ["zh-cn"]
    [title] = [element.text or "" for element in root.iter(f"{NEWS}title")]
    assert "<公开>&" in title
    assert "news.xml" in reader.get("/sitemap.xml").content.decode()


def test_a_sitemap_is_never_too_large(site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_map, "MOST_STORIES", 1)
    site.published("甲")
    site.published("乙")
    # One story and the month.
    assert len(locations(xml(reader, "/sitemaps/2021-12.xml"))) == 2 * len(settings.LANGUAGES)


def test_as_many_stories_as_are_taken_fill_a_sitemap_and_no_more() -> None:
    assert (site_map.MOST_STORIES + 1) * len(settings.LANGUAGES) == site_map.MOST_ADDRESSES == 50_000
