"""The sample page as other machines read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
from django.core.management import call_command
from django.test import Client

from bulletins.models import Release
from tests.interchange.test_ninjs import VALIDATOR
from tests.kept import kept_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def numbers(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    with kept_for_a_module(django_db_blocker):
        call_command("loaddata", "sample_page", verbosity=0)
        yield list(Release.objects.order_by("number").values_list("number", flat=True))


def test_every_story_is_valid_ninjs(numbers: list[str], reader: Client) -> None:
    assert len(numbers) == 8
    for number in numbers:
        VALIDATOR.validate(reader.get(f"/api/v1/articles/{number}/ninjs/").json())


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_every_story_stands_in_the_feed(numbers: list[str], reader: Client, form: str) -> None:
    feed = feedparser.parse(reader.get(f"/feeds/{form}/").content)
    assert not feed.bozo
    assert {entry.id.rpartition(":")[2] for entry in feed.entries} == set(numbers)
    by_number = {entry.id.rpartition(":")[2]: entry for entry in feed.entries}
    titles = {number[-1]: entry.title for number, entry in by_number.items()}
    assert titles["4"] == "洸河派出所 荣膺“全国一级公安派出所”"
    assert titles["5"] == "市公安局 严打非法运输燃放烟花爆竹"
    assert titles["7"] == "老人遭遇诈骗 民警劝阻止损"
    assert [author.name for author in by_number[numbers[4]].authors] == ["侯宪锋", "徐明波", "李斌"]
    for release in Release.objects.all():
        assert release.text.splitlines()[-1] in by_number[release.number].content[0].value


def test_the_page_says_what_stands_where(numbers: list[str], reader: Client) -> None:
    [paper] = reader.get("/api/v1/pages/").json()["items"]
    page = reader.get(paper["self"]).json()
    assert page["date_is_approximate"] is True
    assert page["publication"] == ""
    assert {item["article"]["number"] for item in page["items"]} == set(numbers)
