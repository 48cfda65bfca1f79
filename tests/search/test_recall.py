"""Whatever a text holds is found by it, and nothing else is: measured against a plain look at every text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from bulletins.models import Release
from bulletins.search.folding import fold
from tests.factories import Newsroom
from tests.kept import kept_for_a_module
from tests.search.asked import Truth, everything_found, queries
from tests.search.generated import Made, Maker
from tests.search.stock import FIRST, Stock

NUMBER = 400
LATE = FIRST + timedelta(days=3650)

END, REPEATED = "文末才有的这句", "安安全全"
LONG = Made("长篇", "某所", ["民警巡逻防控。" * 4300 + END])
OVER_AND_OVER = Made("重复", "某所", [REPEATED * 1000 + "之后的话"])


class Shelf:
    def __init__(self) -> None:
        self.maker = Maker(seed=7)
        self.articles = [*(self.maker.article(300) for _ in range(NUMBER)), LONG, OVER_AND_OVER]
        self.stock = Stock(Newsroom())
        self.truth = Truth()
        for release, article in zip(
            self.stock.add(self.articles, credits=[], tags=[]), self.articles, strict=True
        ):
            self.truth.enter(release.pk, [*article.lines, *self.also_said(release)])
        self.truth.enter(self.stock.model.pk, self.lines_of(self.stock.model))

    @staticmethod
    def also_said(release: Release) -> list[str]:
        return [release.unit.name, release.unit.short_name, release.content["unit"]["name"]]

    def lines_of(self, release: Release) -> list[str]:
        said = release.content
        return [
            *said["headline"],
            release.text,
            *(c["name"] for c in said["credits"]),
            *self.also_said(release),
        ]


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    with kept_for_a_module(django_db_blocker):
        yield Shelf()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("newest_first", [False, True])
def test_all_that_hold_it_are_found_and_no_other(shelf: Shelf, newest_first: bool) -> None:
    for kind, text in queries(Maker(seed=3), shelf.articles, 24):
        found = everything_found(text, at=LATE, newest_first=newest_first)
        assert len(found) == len(set(found)), (kind, text)
        assert set(found) == shelf.truth.holding(text), (kind, text)


@pytest.mark.parametrize("text", [END, "的这句", "句", "防控。文末", "防控。民警", "，", "。"])
def test_the_end_of_a_text_of_thirty_thousand_characters_is_found(shelf: Shelf, text: str) -> None:
    assert len(LONG.paragraphs[0]) > 30_000
    assert set(everything_found(text, at=LATE)) == shelf.truth.holding(text) != set()


@pytest.mark.parametrize(
    "text", [REPEATED, REPEATED * 3, "全之后的话", "安安全全之后", "全安安全", REPEATED * 49]
)
def test_what_is_repeated_a_thousand_times_is_found_and_so_is_what_follows(shelf: Shelf, text: str) -> None:
    assert set(everything_found(text, at=LATE)) == shelf.truth.holding(text) != set()


@pytest.mark.parametrize("text", ["安安安", "全全全", "话安", "控文末", "某所长篇", "长篇某所"])
def test_letters_that_stand_elsewhere_or_in_two_lines_are_no_match(shelf: Shelf, text: str) -> None:
    assert shelf.truth.holding(text) == set()
    assert everything_found(text, at=LATE) == []


def test_newest_first_is_newest_first(shelf: Shelf) -> None:
    keys = everything_found("民警", at=LATE, newest_first=True)
    published = Release.objects.in_bulk(keys)
    assert keys == sorted(keys, key=lambda key: (published[key].published_at, key), reverse=True)


def test_a_headline_that_holds_it_comes_before_the_rest_and_each_is_newest_first(shelf: Shelf) -> None:
    keys = everything_found("民警", at=LATE)
    published = Release.objects.in_bulk(keys)

    def rank(key: int) -> tuple[bool, datetime]:
        release = published[key]
        return "民警" in fold(release.headline + release.content["kicker"]), release.published_at

    ranks = [rank(key) for key in keys]
    assert ranks == sorted(ranks, reverse=True)
    assert {in_head for in_head, _moment in ranks} == {True, False}


def test_nothing_is_found_before_its_time(shelf: Shelf) -> None:
    half = FIRST + (LATE - FIRST) / 2000
    found: QuerySet[Release] = Release.objects.filter(pk__in=everything_found("民警", at=half))
    assert found
    assert all(release.public_from <= half for release in found)
