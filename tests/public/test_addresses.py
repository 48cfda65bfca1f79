"""What stands at which address: answers for good ones, former ones, and ones that were never any."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory

from bulletins.models import Page
from bulletins.public.views import server_error
from tests.public.world import DAY, Site
from units.models import FormerSlug

BROKEN = [
    "/articles/JN-2021-1/",
    "/articles/JN-2021-%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91/",  # full-width digits
    "/articles/JN-2021-000001%00/",
    "/articles/jn-2021-000001/",
    "/articles/JN-2021-999999/",
    "/articles/%00/",
    "/articles/" + "9" * 5000 + "/",
    "/articles/",
    "/units/%00/",
    "/units/no-such-unit/",
    "/units/" + "a" * 3000 + "/",
    "/units/%F0%9F%9A%93/",
    "/units/..%2F..%2Fetc/",
    "/units/%ED%A0%80/",
    "/units/shiju/?before=",
    "/units/shiju/?before=x",
    "/units/shiju/?before=1-",
    "/units/shiju/?before=%00",
    "/units/shiju/?before=-1-1",
    "/units/shiju/?before=%EF%BC%91-%EF%BC%91",
    "/units/shiju/?before=" + "1" * 400 + "-1",
    "/?before=later",
    "/campaigns/%00/",
    "/campaigns/none/",
    "/kinds/poetry/",
    "/kinds/%00/",
    "/tags/none/",
    "/tags/%00/",
    "/correspondents/none/",
    "/pages/2021-02-30/1/",
    "/pages/2021-13-01/1/",
    "/pages/0000-00-00/1/",
    "/pages/2021-12-31/0/",
    "/pages/2021-12-31/99999/",
    "/pages/2021-12-31/2/",
    "/pages/2021-12-31/%D9%A1/",  # an Arabic digit
    "/pages/%D9%A2%D9%A0%D9%A2%D9%A1-12-31/1/",
    "/pages/?until=yesterday",
    "/pages/?until=%00",
    "/archive/2021/13/",
    "/archive/2021/00/",
    "/archive/0001/01/",
    "/archive/2999/12/",
    "/archive/2020/01/",
    "/photos/" + "0" * 64 + ".jpg",
    "/photos/" + "g" * 64 + ".jpg",
    "/photos/" + "0" * 64 + ".%00",
    "/en/nothing/",
    "/zh-hans/",
]


@pytest.mark.parametrize("address", BROKEN)
def test_a_broken_address_is_not_found(site: Site, reader: Client, address: str) -> None:
    site.published("公开之")
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


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
