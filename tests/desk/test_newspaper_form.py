"""Newspaper pages: released articles on a grid, none on top of another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bulletins.desk.page_form import overlap
from bulletins.models import Page, Placement
from tests.factories import Newsroom
from tests.shown import as_shown, error_of, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.desk_editor)


@pytest.fixture
def page(db: None) -> Page:
    return Page.objects.create(date="2021-12-31", number=1, title="公安专版")


def change(desk: Client, page: Page, *rows: dict[str, Any], **fields: Any) -> HttpResponse:
    """Send the page's form with these placements added."""
    address = reverse("admin:bulletins_page_change", args=[page.pk])
    start = page.placements.count()
    blank = {"id": "", "page": page.pk, "position": 1, "column": 1, "row": 1, "width": 12, "height": 1}
    blank |= {"weight": 2, "text_columns": 1}
    for n, row in enumerate(rows, start):
        fields |= {f"placements-{n}-{name}": value for name, value in (blank | row).items()}
    fields["placements-TOTAL_FORMS"] = start + len(rows)
    return desk.post(address, as_shown(desk.get(address), **fields))


def released(newsroom: Newsroom, headline: str) -> int:
    return newsroom.released(headline=headline).article.pk


def test_a_released_article_is_placed(desk: Client, newsroom: Newsroom, page: Page) -> None:
    article = released(newsroom, "老人遭遇诈骗")
    change(desk, page, {"article": article, "column": 5, "width": 8, "row": 2, "height": 3})
    placed = page.placements.get()
    assert (placed.article_id, placed.column, placed.width, placed.row, placed.height) == (
        article,
        5,
        8,
        2,
        3,
    )


@pytest.mark.parametrize("stage", ["draft", "final_review", "approved"])
def test_what_is_in_the_making_is_not_placed(
    desk: Client, newsroom: Newsroom, page: Page, stage: str
) -> None:
    response = change(desk, page, {"article": newsroom.at_stage(stage).pk})
    assert "只有已公开发布的稿件才能上版" in sentences(response)
    assert not page.placements.exists()


def test_what_was_withdrawn_is_not_placed_anew(desk: Client, newsroom: Newsroom, page: Page) -> None:
    assert "只有已公开" in sentences(change(desk, page, {"article": newsroom.withdrawn().article_id}))


def test_what_is_placed_already_does_not_block_the_form_once_it_is_withdrawn(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    Placement.objects.create(page=page, article=newsroom.withdrawn().article)
    assert change(desk, page, title="公安").status_code == 302


def test_nothing_hangs_over_the_right_edge(desk: Client, newsroom: Newsroom, page: Page) -> None:
    response = change(desk, page, {"article": released(newsroom, "甲"), "column": 8, "width": 6})
    assert "从第 8 栏起最多占 5 栏" in sentences(response)


def test_nothing_hangs_over_the_lower_edge(desk: Client, newsroom: Newsroom, page: Page) -> None:
    response = change(desk, page, {"article": released(newsroom, "甲"), "row": 60, "height": 2})
    assert "版面共 60 行" in sentences(response)


@pytest.mark.parametrize("field", ["column", "row", "width", "height", "text_columns"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "40000"])
def test_a_number_that_cannot_stand_on_the_grid_is_refused(
    desk: Client, newsroom: Newsroom, page: Page, field: str, value: str
) -> None:
    response = change(desk, page, {"article": released(newsroom, "甲"), field: value})
    assert response.status_code == 200
    assert not page.placements.exists()


def test_articles_on_top_of_each_other_are_refused_and_both_are_named(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    response = change(
        desk,
        page,
        {"article": released(newsroom, "老人遭遇诈骗"), "width": 6, "height": 2},
        {"article": released(newsroom, "护学岗"), "column": 6, "width": 3, "row": 2},
    )
    said = sentences(response)
    assert "老人遭遇诈骗" in said
    assert "护学岗" in said
    assert "版位重叠" in said
    assert not page.placements.exists()


def test_articles_that_touch_are_accepted(desk: Client, newsroom: Newsroom, page: Page) -> None:
    rows = [
        {"article": released(newsroom, "甲"), "width": 6},
        {"article": released(newsroom, "乙"), "column": 7, "width": 6},
        {"article": released(newsroom, "丙"), "row": 2},
    ]
    assert change(desk, page, *rows).status_code == 302
    assert page.placements.count() == 3


def test_an_article_stands_once_on_a_page(desk: Client, newsroom: Newsroom, page: Page) -> None:
    article = released(newsroom, "甲")
    response = change(desk, page, {"article": article}, {"article": article, "row": 2})
    assert response.status_code == 200
    assert not page.placements.exists()


cells = st.fixed_dictionaries({name: st.integers(1, 6) for name in ("column", "width", "row", "height")})


@given(cells, cells)
def test_two_overlap_exactly_if_they_share_a_cell(one: dict[str, int], other: dict[str, int]) -> None:
    def covered(place: dict[str, int]) -> set[tuple[int, int]]:
        return {
            (column, row)
            for column in range(place["column"], place["column"] + place["width"])
            for row in range(place["row"], place["row"] + place["height"])
        }

    assert overlap(one, other) == bool(covered(one) & covered(other))


def test_an_article_is_taken_off_the_page_by_a_desk_editor(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "甲"))
    change(desk, page, **{"placements-0-DELETE": "on"})
    assert not page.placements.exists()


def test_what_happened_to_the_placements_stands_in_the_history(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    change(desk, page, {"article": released(newsroom, "甲")})
    response = desk.get(reverse("admin:bulletins_page_history", args=[page.pk]))
    newest = response.context["entries"][0]
    assert (newest.who, newest.reason) == ("编辑丙", "版面稿件：新上 1 篇，调整 0 篇，撤下 0 篇。")


def test_two_pages_of_one_day_do_not_have_one_number(desk: Client, page: Page) -> None:
    other = Page.objects.create(date=page.date, number=2)
    assert "已有同一日期、同一版次的版面" in error_of(change(desk, other, number=1), "number")


@pytest.mark.parametrize(("field", "value"), [("date", "2021-12-30"), ("number", "2")])
def test_the_date_and_number_of_a_page_stay_once_readers_know_them(
    desk: Client, page: Page, field: str, value: str
) -> None:
    change(desk, page, is_public="on")
    change(desk, page, is_public=None)
    assert "不能再改" in error_of(change(desk, page, **{field: value}), field)


def test_a_page_readers_see_is_not_deleted_from_under_them(
    newsroom: Newsroom, desk_of: Callable[..., Client], page: Page
) -> None:
    Page.objects.update(is_public=True)
    address = reverse("admin:bulletins_page_delete", args=[page.pk])
    assert desk_of(newsroom.administrator).post(address, {"post": "yes"}).status_code == 403


def test_the_form_names_an_article_as_readers_know_it(desk: Client, newsroom: Newsroom, page: Page) -> None:
    release = newsroom.released(headline="公开的标题", at=timezone.now() - timedelta(days=1))
    Placement.objects.create(page=page, article=release.article)
    type(release.article).objects.update(headline="还在改的标题")
    shown = desk.get(reverse("admin:bulletins_page_change", args=[page.pk])).content.decode()
    assert "公开的标题" in shown
    assert "还在改的标题" not in shown
