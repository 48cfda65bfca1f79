"""Both ways through a list, page by page: nothing is left out, nothing stands twice, and every page has one address."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.models import Release
from bulletins.models.listing import ALL, place_of
from bulletins.public.paging import PAGE_SIZE, Slice, slice_of
from tests.public.stories import Shelf
from tests.public.test_lists import listed
from tests.public.world import NOW, THEN, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(site: Site) -> Shelf:
    return Shelf(site)


def page_at(token: str, size: int) -> Slice:
    return slice_of(ALL, at=NOW, before=place_of(token) if token else None, size=size)


def walked(size: int) -> list[tuple[str, Slice]]:
    """All pages from the newest on, each with the token it was reached by."""
    token, pages = "", []
    while True:
        page = page_at(token, size)
        pages.append((token, page))
        if not page.earlier:
            return pages
        token = page.earlier


def test_forth_and_back_is_the_same_way(shelf: Shelf) -> None:
    """Some were published at one moment."""
    releases = [shelf.add(THEN + timedelta(minutes=n // 3)) for n in range(11)]

    @given(size=st.integers(1, 13))
    @settings(max_examples=13, deadline=None)
    def whatever_the_size_of_a_page(size: int) -> None:
        pages = walked(size)
        shown = [item.pk for _token, page in pages for item in page.items]
        assert shown == [release.pk for release in reversed(releases)]
        for (token, _page), (_token, following) in pairwise(pages):
            assert following.newer == token

    whatever_the_size_of_a_page()


def test_the_way_back_leaves_nothing_out_when_something_new_came(shelf: Shelf) -> None:
    for n in range(7):
        shelf.add(THEN + timedelta(minutes=n))
    (_newest, first), (second, _page), *_rest = walked(3)
    new = shelf.add(THEN + timedelta(days=1))
    back = page_at(second, 3).newer
    assert [item.pk for item in page_at(back, 3).items] == [item.pk for item in first.items]
    assert page_at(page_at(back, 3).newer, 3).items[0].pk == new.pk


def test_the_way_back_leaves_nothing_out_when_a_story_was_withdrawn(shelf: Shelf) -> None:
    """That very story by which the page is named."""
    for n in range(8):
        shelf.add(THEN + timedelta(minutes=n))
    pages = walked(2)
    third, page = pages[2]
    Release.objects.filter(pk=pages[1][1].items[-1].pk).update(withdrawn_at=THEN)
    back = page_at(page_at(third, 2).newer, 2).items
    assert [item.pk for item in back] == [pages[0][1].items[1].pk, pages[1][1].items[0].pk]
    assert [item.pk for item in page_at(third, 2).items] == [item.pk for item in page.items]


def test_a_place_below_everything_leads_back(shelf: Shelf) -> None:
    releases = [shelf.add(THEN + timedelta(minutes=n)) for n in range(5)]
    page = page_at("1-1", 2)
    assert page.items == []
    assert [item.pk for item in page_at(page.newer, 2).items] == [releases[1].pk, releases[0].pk]


def test_readers_and_machines_are_led_both_ways(shelf: Shelf, site: Site, reader: Client) -> None:
    for n in range(PAGE_SIZE * 2 + 1):
        shelf.add(THEN + timedelta(minutes=n))
    address = "/units/hubin/?scope=own"
    text = reader.get(address).content.decode()
    assert "较新稿件" not in text
    assert 'rel="prev"' not in text
    [second] = set(re.findall(r'rel="next" href="(\?scope=own&amp;before=[0-9]+-[0-9]+)"', text))
    text = reader.get("/units/hubin/" + second.replace("&amp;", "&")).content.decode()
    assert text.count('rel="prev" href="?scope=own&amp;"') == 2  # in the head, and where a reader sees it
    [third] = set(re.findall(r'rel="next" href="([^"]+)"', text))
    text = reader.get("/units/hubin/" + third.replace("&amp;", "&")).content.decode()
    assert 'rel="next"' not in text
    assert text.count(f'rel="prev" href="{second}"') == 2
    assert listed(reader, "/units/hubin/" + third.replace("&amp;", "&")) == ["XX-2021-000001"]


def test_the_front_page_names_the_page_after_it(shelf: Shelf, reader: Client) -> None:
    for n in range(20):
        shelf.add(THEN + timedelta(minutes=n))
    text = reader.get("/").content.decode()
    [onward] = re.findall(r'<link rel="next" href="(\?before=[^"]+)"', text)
    assert f'<a href="{onward}">' in text
