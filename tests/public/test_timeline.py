"""A campaign as it went on: days, months, its start and its end."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bulletins.models import Campaign, Release
from bulletins.public.paging import Slice
from bulletins.public.timeline import END, START, course_of, timeline
from tests.factories import make_campaign
from tests.public.stories import Shelf
from tests.public.world import NOW, Site

FIRST = date(2021, 12, 20)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
# Close together, and at both ends of a day in Shanghai.
HOURS = st.sampled_from([0, 1, 12, 23])


def released(pk: int, day: date, hour: int) -> Release:
    at = timezone.make_aware(datetime(day.year, day.month, day.day, hour))
    return Release(pk=pk, published_at=at, content={})


def pages_of(releases: list[Release], size: int) -> list[Slice]:
    """As `slice_of` makes them."""
    found = []
    for start in range(0, max(len(releases), 1), size):
        above = releases[start - 1] if start else None
        before = (above.published_at, above.pk) if above else None
        found.append(
            Slice(releases[start : start + size], before, "more" if releases[start + size :] else "")
        )
    return found


@given(
    stories=st.lists(st.tuples(DAYS, HOURS), max_size=12),
    starts=st.none() | DAYS,
    lasts=st.none() | st.integers(0, 20),
    today=DAYS,
    size=st.integers(1, 5),
)
def test_each_story_and_each_mark_stands_once_and_in_its_place(
    stories: list[tuple[date, int]], starts: date | None, lasts: int | None, today: date, size: int
) -> None:
    ends = (starts or FIRST) + timedelta(days=lasts) if lasts is not None else None
    campaign = Campaign(starts_on=starts, ends_on=ends)
    releases = [released(n, day, hour) for n, (day, hour) in enumerate(sorted(stories), start=1)][::-1]
    moments = [
        moment
        for page in pages_of(releases, size)
        for _month, standing in timeline(campaign, page, on=today)
        for moment in standing
    ]
    assert [item for moment in moments for item in moment.items] == releases
    assert [moment.day for moment in moments if moment.mark == START] == [starts] * bool(starts)
    assert [moment.day for moment in moments if moment.mark == END] == [ends] * bool(ends)
    rank = {END: 2, "": 1, START: 0}
    order = [(moment.day, rank[moment.mark]) for moment in moments]
    assert order == sorted(order, reverse=True)


@given(stories=st.lists(st.tuples(DAYS, HOURS), max_size=12), starts=DAYS)
def test_a_month_and_a_day_stand_once_on_a_page(stories: list[tuple[date, int]], starts: date) -> None:
    releases = [released(n, day, hour) for n, (day, hour) in enumerate(sorted(stories), start=1)][::-1]
    months = timeline(Campaign(starts_on=starts), Slice(releases), on=FIRST)
    assert len({month for month, _moments in months}) == len(months)
    for month, moments in months:
        assert {moment.day.replace(day=1) for moment in moments} == {month}
        days = [moment.day for moment in moments if not moment.mark]
        assert len(set(days)) == len(days)


@pytest.mark.parametrize(
    ("on", "course"),
    [
        (date(2021, 12, 22), None),
        (date(2021, 12, 23), (1, 73)),
        (date(2022, 3, 5), (73, 73)),
        (date(2022, 3, 6), None),
    ],
)
def test_how_far_it_has_come_is_said_from_its_first_day_to_its_last(
    on: date, course: tuple[int, int] | None
) -> None:
    campaign = Campaign(starts_on=date(2021, 12, 23), ends_on=date(2022, 3, 5))
    found = course_of(campaign, on=on)
    assert (found and (found.day, found.days)) == course


def test_a_campaign_without_an_end_or_a_start_has_no_course() -> None:
    assert course_of(Campaign(starts_on=FIRST), on=FIRST) is None
    assert course_of(Campaign(ends_on=FIRST), on=FIRST) is None
    assert course_of(Campaign(), on=FIRST) is None


def marks(reader: Client, address: str) -> list[str]:
    text = reader.get(address).content.decode()
    found = re.findall(r'class="moment-mark">(.*?)</p>', text, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", mark).split()) for mark in found]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        ("2021-12-23", "2022-03-05", ["行动结束 还有 54 天", "行动开始"]),
        ("2021-12-23", "2022-01-10", ["今天结束", "行动开始"]),
        ("2022-01-10", "2022-01-10", ["今天结束", "今天开始"]),
        ("2021-12-23", "2022-01-09", ["行动结束", "行动开始"]),
        ("2022-01-11", None, ["行动开始 还有 1 天"]),
        (None, "2022-01-11", ["行动结束 还有 1 天"]),
        (None, None, []),
    ],
)
def test_readers_are_told_of_start_and_end(
    site: Site, reader: Client, starts_on: str | None, ends_on: str | None, said: list[str]
) -> None:
    make_campaign("某行动", slug="some", starts_on=starts_on, ends_on=ends_on)
    assert marks(reader, "/campaigns/some/") == said


def test_in_english_one_day_is_a_day(site: Site, reader: Client) -> None:
    make_campaign("某行动", slug="some", starts_on="2022-01-11", ends_on="2022-01-12")
    assert marks(reader, "/en/campaigns/some/") == ["Ends in 2 days", "Begins in 1 day"]


def test_a_running_campaign_shows_how_far_it_has_come(site: Site, reader: Client) -> None:
    make_campaign("某行动", slug="some", starts_on="2022-01-01", ends_on="2022-01-20")
    text = reader.get("/campaigns/some/").content.decode()
    assert "第 10 天，共 20 天" in text
    assert '<progress id="course" value="10" max="20">' in text


def test_stories_stand_between_start_and_end(site: Site, reader: Client) -> None:
    shelf = Shelf(site)
    campaign = make_campaign("某行动", slug="some", starts_on="2021-12-23", ends_on="2022-01-05")
    for day in (22, 23, 31):
        shelf.add(datetime(2021, 12, day, 1, tzinfo=NOW.tzinfo), f"十二月{day}日稿", campaigns=[campaign])
    # Half past eleven of the last day in Shanghai, and half an hour after midnight.
    for hour, name in ((15, "最后一天稿"), (16, "结束后稿")):
        shelf.add(datetime(2022, 1, 5, hour, 30, tzinfo=NOW.tzinfo), name, campaigns=[campaign])
    text = reader.get("/campaigns/some/").content.decode()
    order = ["结束后稿", "行动结束", "最后一天稿", "十二月31日稿", "十二月23日稿", "行动开始", "十二月22日稿"]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)
    assert re.findall(r"<h2>(2\d{3}年\d+月)</h2>", text) == ["2022年1月", "2021年12月"]


def test_a_day_that_is_only_inferred_is_shown_as_such(site: Site, reader: Client) -> None:
    shelf = Shelf(site)
    campaign = make_campaign("某行动", slug="some")
    release = shelf.add(datetime(2021, 12, 31, 4, tzinfo=NOW.tzinfo), campaigns=[campaign])
    assert "31日 星期五" in reader.get("/campaigns/some/").content.decode()
    fields = {field.attname: getattr(release, field.attname) for field in Release._meta.fields}
    approximate = Release(**fields | {"id": None, "sequence": 2, "date_is_approximate": True})
    Release.objects.filter(pk=release.pk).update(public_until=release.public_from)
    approximate.save()
    type(release.listings.get(shelf="all")).objects.put_up(approximate)
    assert "2021年12月31日前后" in reader.get("/campaigns/some/").content.decode()
