"""What a story leads on to: the one before it, the one after it, and what has something in common with it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from taggit.models import Tag

from bulletins.models import Release
from tests.factories import make_campaign, make_unit
from tests.public.stories import Shelf
from tests.public.test_lists import numbers
from tests.public.world import HIDDEN, LATER, NOW, THEN, Site

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def shelf(site: Site) -> Shelf:
    return Shelf(site)


def beside(reader: Client, release: Release) -> dict[str, str]:
    """Numbers of the story before (`prev`) and the one after (`next`)."""
    text = reader.get(f"/articles/{release.number}/").content.decode()
    ways = re.findall(r'<a rel="(prev|next)" href="/articles/([^/]+)/"', text)
    return dict(ways)


def more(reader: Client, release: Release) -> tuple[str, list[str]]:
    """The heading of what is named beside the story, and the stories there."""
    text = reader.get(f"/articles/{release.number}/").content.decode()
    if 'id="more"' not in text:
        return "", []
    part = text.split('id="more">')[1].split("</aside>")[0]
    return part[: part.index("</h2>")], numbers(part)


def test_before_and_after_stand_the_neighbours_of_its_unit(site: Site, shelf: Shelf, reader: Client) -> None:
    one, two, three = (shelf.add(THEN + n * HOUR) for n in range(3))
    shelf.add(THEN + HOUR / 2, unit=site.other_station)
    shelf.add(THEN + HOUR * 1.5, unit=site.other_station)
    assert beside(reader, two) == {"prev": one.number, "next": three.number}
    assert beside(reader, one) == {"next": two.number}
    assert beside(reader, three) == {"prev": two.number}


def test_stories_of_one_moment_follow_each_other(shelf: Shelf, reader: Client) -> None:
    one, two, three = (shelf.add(THEN) for _ in range(3))
    assert beside(reader, two) == {"prev": one.number, "next": three.number}


def test_what_is_below_the_unit_is_among_its_own(site: Site, shelf: Shelf, reader: Client) -> None:
    squad = make_unit("一中队", parent=site.station)
    one = shelf.add(THEN)
    two = shelf.add(THEN + HOUR, unit=squad)
    assert beside(reader, one) == {"next": two.number}
    assert beside(reader, two) == {}


@pytest.mark.parametrize("state", sorted(state for state, (_make, status) in HIDDEN.items() if status != 200))
def test_a_story_that_is_not_public_is_no_neighbour_and_not_related(
    site: Site, shelf: Shelf, reader: Client, state: str
) -> None:
    """It has the campaign, the tag and the unit in common with one that is."""
    hidden = HIDDEN[state][0](site, "秘")
    release = shelf.add(THEN - HOUR, campaigns=[site.campaign], tags=["平安"])
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert hidden.number not in text
    assert "秘标题" not in text


def test_a_scheduled_story_is_the_one_after_as_soon_as_it_is_public(
    site: Site, shelf: Shelf, reader: Client, clock: list[datetime]
) -> None:
    release = shelf.add(THEN)
    scheduled = HIDDEN["scheduled"][0](site, "定时")
    assert beside(reader, release) == {}
    clock[0] = LATER
    assert beside(reader, release) == {"next": scheduled.number}


def test_a_story_and_its_former_text_are_not_related_to_itself(site: Site, reader: Client) -> None:
    release = site.published("先前的")
    site.release(site.revised(release, "后来的"))
    assert more(reader, release) == ("", [])
    assert beside(reader, release) == {}


def test_whoever_has_most_in_common_comes_first(site: Site, shelf: Shelf, reader: Client) -> None:
    """Campaigns and tags, then its own unit, then headlines; of those alike the newer ones."""
    for name in ("反诈", "校园"):
        Tag.objects.create(name=name, slug=name)
    elsewhere: dict[str, Any] = {"unit": site.other_station}
    about: dict[str, Any] = {"campaigns": [site.campaign], "tags": ["反诈", "校园"]}
    nothing = shelf.add(THEN - 9 * HOUR, "雨夜送归", **elsewhere)
    alike = shelf.add(THEN - 8 * HOUR, "民警进社区开展反诈骗宣传", **elsewhere)
    own = shelf.add(THEN - 7 * HOUR)
    first_with_tag = shelf.add(THEN - 6 * HOUR, tags=["校园"], **elsewhere)
    with_tag = shelf.add(THEN - 5 * HOUR, tags=["反诈"], **elsewhere)
    with_all = shelf.add(THEN - 4 * HOUR, **about, **elsewhere)
    shelf.add(THEN - 3 * HOUR)  # the one before
    release = shelf.add(THEN, "反诈骗宣传进校园", **about)
    heading, related = more(reader, release)
    assert heading == "相关稿件"
    assert related == [each.number for each in (with_all, with_tag, first_with_tag, own, alike)]
    assert nothing.number not in related


def test_of_stories_on_one_subject_the_likest_headline_comes_first(
    site: Site, shelf: Shelf, reader: Client
) -> None:
    subject: dict[str, Any] = {"campaigns": [site.campaign], "unit": site.other_station}
    like = shelf.add(THEN - 3 * HOUR, "养老诈骗案件告破", **subject)
    other = shelf.add(THEN - 2 * HOUR, "春运安全检查", **subject)
    release = shelf.add(THEN, "警方破获养老诈骗案件", campaigns=[site.campaign])
    assert more(reader, release)[1] == [like.number, other.number]


def test_what_stands_in_a_list_beyond_the_newest_still_counts(
    site: Site, shelf: Shelf, reader: Client
) -> None:
    """The one with two subjects in common is among the newest of the campaign, not among those of the tag."""
    Tag.objects.create(name="反诈", slug="fanzha")
    both = shelf.add(THEN - HOUR, campaigns=[site.campaign], tags=["反诈"], unit=site.other_station)
    for n in range(20):
        shelf.add(THEN + n * HOUR / 10, tags=["反诈"], unit=site.other_station)
    release = shelf.add(THEN - 2 * HOUR, campaigns=[site.campaign], tags=["反诈"])
    assert more(reader, release)[1][0] == both.number


def test_a_campaign_that_readers_do_not_see_relates_nothing(site: Site, shelf: Shelf, reader: Client) -> None:
    inner = make_campaign("内部行动", slug="inner", is_public=False)
    shelf.add(THEN, "雨夜送归", campaigns=[inner], unit=site.other_station)
    release = shelf.add(THEN + HOUR, "反诈骗宣传进校园", campaigns=[inner])
    assert more(reader, release)[0] == "最新稿件"


def test_where_nothing_is_related_the_newest_stand(site: Site, shelf: Shelf, reader: Client) -> None:
    others = [shelf.add(THEN + n * HOUR, f"其{n}", unit=site.other_station) for n in range(7)]
    release = shelf.add(THEN, "反诈骗宣传进校园")
    heading, found = more(reader, release)
    assert heading == "最新稿件"
    assert found == [other.number for other in others[:1:-1]]


def test_no_story_stands_twice_on_the_page(shelf: Shelf, site: Site, reader: Client) -> None:
    stories = [shelf.add(THEN + n * HOUR, campaigns=[site.campaign]) for n in range(4)]
    around = beside(reader, stories[1])
    assert set(around.values()).isdisjoint(more(reader, stories[1])[1])
    assert more(reader, stories[1])[1] == [stories[3].number]


def test_a_withdrawal_is_seen_by_the_next_reader_of_its_neighbour(
    site: Site, shelf: Shelf, reader: Client
) -> None:
    one, two, three = (shelf.add(THEN + n * HOUR, campaigns=[site.campaign]) for n in range(3))
    Release.objects.filter(pk=two.pk).update(withdrawn_at=NOW)
    assert beside(reader, one) == {"next": three.number}
