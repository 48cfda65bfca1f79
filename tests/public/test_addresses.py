"""What stands at which address, and where a former one leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory

from bulletins.models import Page
from bulletins.public.views import server_error
from tests.public.world import DAY, Site
from units.models import FormerSlug


@pytest.mark.parametrize("thing", ["unit", "campaign", "person"])
def test_a_renamed_slug_redirects_for_good(site: Site, reader: Client, thing: str) -> None:
    site.published("公开之")
    owner = {"unit": site.station, "campaign": site.campaign, "person": site.person}[thing]
    folder = {"unit": "units", "campaign": "campaigns", "person": "correspondents"}[thing]
    FormerSlug.remember(owner, "former")
    answer = reader.get(f"/{folder}/former/?scope=own")
    assert answer.status_code == 301
    assert answer["Location"] == f"/{folder}/{owner.slug}/?scope=own"


def test_a_renamed_slug_redirects_within_its_language(site: Site, reader: Client) -> None:
    FormerSlug.remember(site.station, "former")
    assert reader.get("/en/units/former/")["Location"] == "/en/units/hubin/"


def test_a_campaign_that_readers_do_not_see_is_not_found(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    site.campaign.is_public = False
    site.campaign.save()
    assert reader.get("/campaigns/winter/").status_code == 404
    assert "冬季行动" not in reader.get("/campaigns/").content.decode()
    assert "/campaigns/winter/" not in reader.get(f"/articles/{release.number}/").content.decode()


def test_a_campaign_that_was_renamed_is_linked_at_its_present_address(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    site.campaign.slug = "winter-2022"
    site.campaign.save()
    assert 'href="/campaigns/winter-2022/"' in reader.get(f"/articles/{release.number}/").content.decode()


def test_a_page_that_readers_do_not_see_is_not_found(site: Site, reader: Client) -> None:
    Page.objects.create(date=DAY, number=2, title="内部版", is_public=False)
    assert reader.get("/pages/2021-12-31/2/").status_code == 404
    assert "内部版" not in reader.get("/pages/").content.decode()


def test_a_correspondent_of_whom_nothing_is_public_has_no_page(site: Site, reader: Client) -> None:
    site.at("draft", "秘之")
    assert reader.get("/correspondents/zhangsan/").status_code == 404


def test_an_address_without_its_slash_leads_to_the_one_with_it(site: Site, reader: Client) -> None:
    assert reader.get("/units")["Location"] == "/units/"


def test_a_slug_in_chinese_works(site: Site, reader: Client) -> None:
    type(site.station).objects.filter(pk=site.station.pk).update(slug="湖滨派出所")
    assert reader.get("/units/湖滨派出所/").status_code == 200


def test_the_month_of_a_story_is_its_month_in_shanghai(site: Site, reader: Client) -> None:
    """THEN is still the 30th in Greenwich."""
    release = site.published("公开之")
    assert "2021-12-31" in reader.get(f"/articles/{release.number}/").content.decode()


def test_a_month_leads_to_the_nearest_months_with_stories(site: Site, reader: Client) -> None:
    for month in (3, 6, 9):
        site.released(at=datetime(2021, month, 15, tzinfo=UTC))
    text = reader.get("/archive/2021/06/").content.decode()
    assert 'href="/archive/2021/09/"' in text
    assert 'href="/archive/2021/03/"' in text
    assert 'href="/archive/2021/05/"' not in text


def test_a_server_error_page_asks_nothing_of_the_database(reader: Client) -> None:
    """No fixture gives this test a database: a query would fail it."""
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


def test_a_withdrawal_is_seen_by_the_very_next_request(site: Site, reader: Client) -> None:
    release = site.published("公开之")
    assert "公开之标题" in reader.get("/").content.decode()
    site.withdraw(release)
    assert "公开之" not in reader.get("/").content.decode()
    assert reader.get(f"/articles/{release.number}/").status_code == 410
