"""The archive: which years and months have something, and the way to each."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from bulletins.models import Release
from tests.public.stories import Shelf
from tests.public.world import HIDDEN, LATER, NOW, Site

pytestmark = pytest.mark.django_db


def months(reader: Client) -> list[str]:
    text = reader.get("/archive/").content.decode()
    return re.findall(r'href="/archive/(\d{4}/\d{2})/"', text)


def test_years_stand_newest_first_and_months_as_they_follow_each_other(site: Site, reader: Client) -> None:
    shelf = Shelf(site)
    for year, month in ((2019, 2), (2021, 6), (2021, 12), (2020, 1)):
        shelf.add(datetime(year, month, 15, tzinfo=UTC))
    assert months(reader) == ["2021/06", "2021/12", "2020/01", "2019/02"]
    for month in months(reader):
        assert reader.get(f"/archive/{month}/").status_code == 200


def test_a_month_is_one_in_shanghai(site: Site, reader: Client) -> None:
    Shelf(site).add(datetime(2021, 12, 31, 16, tzinfo=UTC))
    assert months(reader) == ["2022/01"]


@pytest.mark.parametrize("state", sorted(state for state, (_make, status) in HIDDEN.items() if status != 200))
def test_a_month_of_hidden_stories_alone_is_not_told(site: Site, reader: Client, state: str) -> None:
    HIDDEN[state][0](site, "秘")
    assert months(reader) == []
    assert "这里还没有刊发稿件" in reader.get("/archive/").content.decode()


def test_a_month_comes_and_goes_with_its_stories(site: Site, reader: Client, clock: list[datetime]) -> None:
    HIDDEN["scheduled"][0](site, "定时")
    assert months(reader) == []
    clock[0] = LATER
    assert months(reader) == ["2022/01"]
    Release.objects.update(withdrawn_at=NOW)
    assert months(reader) == []


def test_every_page_and_every_month_leads_there(site: Site, reader: Client) -> None:
    site.published("公开之")
    for address in ("/", "/units/", "/map/", "/archive/2021/12/"):
        assert 'href="/archive/"' in reader.get(address).content.decode(), address
    assert 'href="/en/archive/"' in reader.get("/en/archive/2021/12/").content.decode()
