"""A newspaper page as readers will see it, before they do; and two people at one page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bulletins.models import Page, Placement
from tests.desk.test_newspaper_form import change, released
from tests.factories import Newsroom
from tests.shown import as_shown, error_of, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.desk_editor)


@pytest.fixture
def page(db: None) -> Page:
    return Page.objects.create(date="2021-12-31", number=1, title="公安专版")


def form_of(page: Page) -> str:
    return reverse("admin:bulletins_page_change", args=[page.pk])


def preview_of(page: Page) -> str:
    return reverse("admin:page_preview", args=[page.pk])


def headlines(response: HttpResponse) -> list[str]:
    text = response.content.decode()
    return re.findall(r'<span class="line">([^<]+)</span>', text)


def test_what_is_kept_is_shown_by_the_styles_of_readers(desk: Client, newsroom: Newsroom, page: Page) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "护学岗"), column=5, width=8, weight=3)
    response = desk.get(preview_of(page))
    text = response.content.decode()
    assert headlines(response) == ["护学岗"]
    assert 'class="placed c5 w8 r1 h1 weight3 text1' in text
    for style in ("public/newspaper.css", "public/placements.css", "public/sheet.css"):
        assert style in text
    assert "尚未对读者公开" in text


def test_what_is_in_the_form_is_shown_and_nothing_is_saved(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "在上面的"), position=2)
    sent = as_shown(
        desk.get(form_of(page)), title="新的版名", added=newsroom.released(headline="添上的").number
    )
    response = desk.post(preview_of(page), sent | {"placements-0-row": "7"})
    assert headlines(response) == ["在上面的", "添上的"]
    text = response.content.decode()
    assert "r7" in text
    assert "新的版名" in text
    assert "尚未保存" in text
    page.refresh_from_db()
    assert page.title == "公安专版"
    assert list(page.placements.values_list("row", flat=True)) == [1]


def test_a_page_that_is_not_kept_yet_is_shown(desk: Client, newsroom: Newsroom) -> None:
    sent = as_shown(
        desk.get(reverse("admin:bulletins_page_add")), added=newsroom.released(headline="第一篇").number
    )
    response = desk.post(reverse("admin:page_preview_new"), sent)
    assert headlines(response) == ["第一篇"]
    assert not Page.objects.exists()


def test_the_preview_says_what_is_wrong(desk: Client, newsroom: Newsroom, page: Page) -> None:
    for headline in ("老人遭遇诈骗", "护学岗"):
        Placement.objects.create(page=page, article_id=released(newsroom, headline))
    text = desk.post(preview_of(page), as_shown(desk.get(form_of(page)))).content.decode()
    assert "版位重叠" in text


def test_a_withdrawn_article_is_not_in_the_preview(desk: Client, newsroom: Newsroom, page: Page) -> None:
    Placement.objects.create(page=page, article=newsroom.withdrawn().article)
    assert headlines(desk.get(preview_of(page))) == []


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "placements-TOTAL_FORMS=x",
        "date=%00&number=99999999999&added=%F0%9F%98%80",
        "title=%ED%A0%80&added=%00",
    ],
)
def test_junk_is_answered(desk: Client, page: Page, junk: str) -> None:
    response = desk.post(preview_of(page), junk, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_only_whoever_sees_pages_in_the_desk_sees_the_preview(
    newsroom: Newsroom, desk_of: Callable[..., Client], page: Page
) -> None:
    seen = {
        name: desk_of(getattr(newsroom, name)).get(preview_of(page)).status_code
        for name in ("correspondent", "unit_reviewer", "desk_editor", "chief", "administrator")
    }
    assert seen == {
        "correspondent": 403,
        "unit_reviewer": 403,
        "desk_editor": 200,
        "chief": 200,
        "administrator": 200,
    }
    assert Client().get(preview_of(page)).status_code == 302


def test_a_process_for_the_desk_alone_shows_it_too(
    desk: Client, newsroom: Newsroom, page: Page, settings: Any
) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "护学岗"))
    settings.ROOT_URLCONF = "tests.desk.desk_urls"
    response = desk.get(preview_of(page))
    assert headlines(response) == ["护学岗"]
    assert re.search(r'href="/articles/[A-Z]+-\d{4}-\d{6}/"', response.content.decode())


def test_articles_are_added_by_their_numbers_below_the_others(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "甲"), row=2, height=3, position=4)
    numbers = [newsroom.released(headline=headline).number for headline in ("乙", "丙")]
    assert change(desk, page, added="、".join(numbers)).status_code == 302
    placed = page.placements.order_by("row").values_list("article__number", "row", "position", "width")
    assert list(placed)[1:] == [(numbers[0], 5, 5, 12), (numbers[1], 6, 6, 12)]
    entries = desk.get(reverse("admin:bulletins_page_history", args=[page.pk])).context["entries"]
    assert [entry.reason for entry in entries][:-1] == ["版面稿件：新上 2 篇，调整 0 篇，撤下 0 篇。"]


@pytest.mark.parametrize("text", ["JN-1999-000001", "无此编号", "😀", "' OR 1=1 --"])
def test_a_number_that_readers_do_not_know_is_refused(desk: Client, page: Page, text: str) -> None:
    assert "没有编号为" in error_of(change(desk, page, added=text), "added")
    assert not page.placements.exists()


def test_a_draft_is_not_added_by_its_number(desk: Client, newsroom: Newsroom, page: Page) -> None:
    assert "没有编号为" in error_of(change(desk, page, added=newsroom.draft().number), "added")


def test_an_article_is_not_added_twice(desk: Client, newsroom: Newsroom, page: Page) -> None:
    release = newsroom.released(headline="甲")
    Placement.objects.create(page=page, article=release.article)
    assert "重复" in error_of(change(desk, page, added=release.number), "added")


def test_below_the_last_row_nothing_is_added(desk: Client, newsroom: Newsroom, page: Page) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "甲"), row=60)
    response = change(desk, page, added=newsroom.released(headline="乙").number)
    assert "版面共 60 行" in error_of(response, "added")


def test_the_second_who_saves_is_told_and_overwrites_nothing(
    newsroom: Newsroom, desk_of: Callable[..., Client], page: Page
) -> None:
    Placement.objects.create(page=page, article_id=released(newsroom, "甲"))
    one, other = desk_of(newsroom.desk_editor), desk_of(newsroom.chief)
    of_one, of_other = (as_shown(client.get(form_of(page))) for client in (one, other))
    assert one.post(form_of(page), of_one | {"placements-0-row": "3"}).status_code == 302
    response = other.post(form_of(page), of_other | {"placements-0-row": "9", "title": "别的版名"})
    assert newsroom.desk_editor.get_short_name() in sentences(response)
    assert "没有保存" in sentences(response)
    page.refresh_from_db()
    assert (page.title, page.placements.get().row) == ("公安专版", 3)
    # What was typed is still there to look at.
    assert 'value="9"' in response.content.decode()
    assert (
        other.post(form_of(page), as_shown(other.get(form_of(page))) | {"placements-0-row": "9"}).status_code
        == 302
    )
    assert page.placements.get().row == 9


def test_saving_one_after_the_other_is_not_in_each_others_way(
    desk: Client, newsroom: Newsroom, page: Page
) -> None:
    for title in ("一", "二", "三"):
        assert change(desk, page, title=title).status_code == 302


def test_the_lookup_names_kicker_and_headline(desk: Client, newsroom: Newsroom) -> None:
    release = newsroom.released(kicker="洸河派出所", headline="荣膺“全国一级公安派出所”")
    asked = {"app_label": "bulletins", "model_name": "placement", "field_name": "article", "term": "洸河"}
    [found] = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert found["text"] == f"{release.number} 洸河派出所　荣膺“全国一级公安派出所”"
