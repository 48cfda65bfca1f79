"""Numbers of articles: readable, never given twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections

from bulletins.models import Article, NumberSeries, SiteProfile
from tests.factories import Newsroom

AT = datetime(2021, 12, 23, 2, tzinfo=UTC)


@pytest.mark.django_db
def test_numbers_count_up_within_a_prefix_and_year() -> None:
    assert [NumberSeries.take("JN", 2021) for _ in range(3)] == [
        "JN-2021-000001",
        "JN-2021-000002",
        "JN-2021-000003",
    ]


@pytest.mark.django_db
def test_another_year_and_another_prefix_have_counters_of_their_own() -> None:
    NumberSeries.take("JN", 2021)
    assert NumberSeries.take("JN", 2022) == "JN-2022-000001"
    assert NumberSeries.take("RC", 2021) == "RC-2021-000001"
    assert NumberSeries.take("JN", 2021) == "JN-2021-000002"


def test_the_year_begins_at_midnight_in_shanghai(newsroom: Newsroom) -> None:
    before = newsroom.draft(at=datetime(2021, 12, 31, 15, 59, 59, tzinfo=UTC))
    after = newsroom.draft(at=datetime(2021, 12, 31, 16, 0, 0, tzinfo=UTC))
    assert (before.number, after.number) == ("JN-2021-000001", "JN-2022-000001")


def test_a_new_prefix_counts_anew_and_given_numbers_stay(newsroom: Newsroom) -> None:
    old = newsroom.draft(at=AT)
    SiteProfile.objects.update_or_create(singleton=True, defaults={"number_prefix": "RC"})
    assert newsroom.draft(at=AT).number == "RC-2021-000001"
    old.refresh_from_db()
    assert old.number == "JN-2021-000001"


def test_numbers_that_a_fixture_brought_are_passed_over(newsroom: Newsroom) -> None:
    Article.objects.bulk_create(
        Article(number=f"JN-2021-{n:06d}", unit=newsroom.station, author=newsroom.correspondent)
        for n in (*range(1, 2001), 2003)
    )
    assert [newsroom.draft(at=AT).number for _ in range(3)] == [
        "JN-2021-002001",
        "JN-2021-002002",
        "JN-2021-002004",
    ]


def test_a_number_is_not_given_again_after_its_article_failed_to_be_written(newsroom: Newsroom) -> None:
    first = newsroom.draft(at=AT)
    assert NumberSeries.take("JN", 2021) > first.number
    assert NumberSeries.objects.get().last == 2


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_begin_at_once_get_numbers_of_their_own() -> None:
    newsroom = Newsroom()

    def begin_three(_: int) -> list[str]:
        try:
            return [newsroom.draft(at=AT).number for _ in range(3)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        numbers = [number for given in people.map(begin_three, range(8)) for number in given]
    assert sorted(numbers) == [f"JN-2021-{n:06d}" for n in range(1, 25)]
