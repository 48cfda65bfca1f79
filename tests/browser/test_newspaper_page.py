"""The newspaper page in a real browser: placed by pointer and by keyboard, read on a phone, printed on A3."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, expect
from playwright.sync_api import Page as Tab
from pypdf import PdfReader
from rapidfuzz.fuzz import partial_ratio

from bulletins.models import Page, Placement, Release
from bulletins.models.body import reader_text
from tests.browser.people import Person
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

NEWSPAPER = "/pages/2021-12-31/1/"


@pytest.fixture
def paper(newsroom: Newsroom) -> Page:
    """Two stories over half the width each, side by side."""
    page = Page.objects.create(date="2021-12-31", number=1, title="公安专版", is_public=True)
    for n, headline in enumerate(("护学岗织密安全网", "老人遭遇诈骗")):
        article = newsroom.released(headline=headline).article
        Placement.objects.create(page=page, article=article, position=n + 1, column=1 + 6 * n, width=6)
    return page


def opens(person: Person, paper: Page) -> Tab:
    person.goes_to(reverse("admin:bulletins_page_change", args=[paper.pk]))
    return person.page


def item(tab: Tab, headline: str) -> Locator:
    return tab.locator(".board-item", has_text=headline)


def saves(tab: Tab) -> None:
    tab.get_by_role("button", name="保存", exact=True).click()
    expect(tab.locator(".messagelist, .errornote")).to_be_visible()


def cells(paper: Page, headline: str) -> tuple[int, int, int, int]:
    [placement] = [p for p in paper.placements.all() if p.article.releases.get().headline == headline]
    return placement.column, placement.row, placement.width, placement.height


def pull(tab: Tab, grip: Locator, right: int, down: int) -> None:
    """Drag what is there over so many columns and rows."""
    tab.locator(".board-grid").evaluate("grid => grid.scrollIntoView()")
    grid = tab.locator(".board-grid").bounding_box()
    rows = int(str(tab.locator(".board-grid").get_attribute("data-rows")))
    box = grip.bounding_box()
    assert grid
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + right * grid["width"] / 12, y + down * grid["height"] / rows, steps=5)
    tab.mouse.up()


def test_an_article_is_dragged_to_its_place_and_size(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    tab = opens(at_desk(newsroom.administrator), paper)
    pull(tab, item(tab, "老人遭遇诈骗"), -4, 2)
    pull(tab, item(tab, "老人遭遇诈骗").locator(".board-corner"), 2, 1)
    expect(tab.get_by_role("status")).to_have_text("“老人遭遇诈骗”：第3栏起，占8栏；第3行起，占2行。")
    saves(tab)
    assert cells(paper, "老人遭遇诈骗") == (3, 3, 8, 2)
    assert cells(paper, "护学岗织密安全网") == (1, 1, 6, 1)


def test_an_article_is_moved_sized_and_weighed_with_the_keyboard(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    tab = opens(at_desk(newsroom.desk_editor), paper)
    expect(tab.get_by_text("方向键移动")).to_be_visible()
    item(tab, "护学岗").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "3"):
        tab.keyboard.press(key)
    expect(item(tab, "护学岗")).to_be_focused()
    expect(item(tab, "护学岗")).to_have_class(re.compile("c2 w7 r3 h2 weight3"))
    saves(tab)
    assert cells(paper, "护学岗织密安全网") == (2, 3, 7, 2)
    assert paper.placements.get(position=1).weight == 3


def test_the_edge_of_the_page_is_as_far_as_it_goes(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    tab = opens(at_desk(newsroom.chief), paper)
    item(tab, "护学岗").focus()
    for key in ("ArrowLeft", "ArrowUp"):
        tab.keyboard.press(key)
        expect(tab.get_by_role("status")).to_have_text("“护学岗织密安全网”已到版面边缘，不能再移。")
    item(tab, "老人").focus()
    tab.keyboard.press("Shift+ArrowRight")
    expect(tab.get_by_role("status")).to_have_text("“老人遭遇诈骗”已到版面边缘，不能再移。")
    expect(item(tab, "老人")).to_have_class(re.compile("c7 w6 r1 h1"))


def test_what_lies_on_another_is_shown_said_and_not_saved(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    tab = opens(at_desk(newsroom.desk_editor), paper)
    pull(tab, item(tab, "老人遭遇诈骗"), -2, 0)
    expect(tab.locator(".board-wrong")).to_contain_text("版位重叠")
    expect(tab.locator(".board-item.is-wrong")).to_have_count(2)
    saves(tab)
    expect(tab.locator(".errorlist").filter(has_text="版位重叠")).to_be_visible()
    assert cells(paper, "老人遭遇诈骗") == (7, 1, 6, 1)
    # What was done is still on the board, and can be mended there.
    item(tab, "老人遭遇诈骗").focus()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".board-wrong li")).to_have_count(0)
    saves(tab)
    assert cells(paper, "老人遭遇诈骗") == (5, 2, 6, 1)


def test_an_article_is_looked_for_added_and_another_taken_off(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    newsroom.released(headline="第三篇 开放办学")
    newsroom.released(headline="无关的")
    tab = opens(at_desk(newsroom.desk_editor), paper)
    tab.locator("summary", has_text="添加稿件").click()
    expect(tab.locator(".board-found button:disabled")).to_have_count(2)
    tab.get_by_label("编号、眉题或标题").fill("开放")
    expect(tab.locator(".board-found li")).to_have_count(1)
    tab.locator(".board-found button").click()
    expect(item(tab, "开放办学")).to_be_focused()
    expect(item(tab, "开放办学")).to_have_class(re.compile("c1 w12 r2 h1"))
    item(tab, "护学岗").focus()
    tab.keyboard.press("Delete")
    expect(item(tab, "护学岗")).to_have_count(0)
    saves(tab)
    assert sorted(p.article.releases.get().headline for p in paper.placements.all()) == [
        "第三篇 开放办学",
        "老人遭遇诈骗",
    ]


def test_the_page_is_seen_while_it_is_made(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    tab = opens(at_desk(newsroom.desk_editor), paper)
    tab.locator("summary", has_text="读者所见的效果").click()
    placed = tab.locator(".board-paper .placed")
    expect(placed).to_have_count(2)
    item(tab, "老人").focus()
    tab.keyboard.press("ArrowDown")
    expect(placed.filter(has_text="老人遭遇诈骗")).to_have_class(re.compile("c7 w6 r2"))
    with tab.context.expect_page() as opened:
        tab.get_by_role("button", name="预览（不保存）").click()
    expect(opened.value.get_by_role("article").filter(has_text="老人")).to_have_class(re.compile("r2"))
    assert cells(paper, "老人遭遇诈骗") == (7, 1, 6, 1)


def test_without_a_script_the_numbers_do_it_all(
    newsroom: Newsroom, at_desk: Callable[..., Person], paper: Page
) -> None:
    third = newsroom.released(headline="第三篇")
    tab = opens(at_desk(newsroom.desk_editor, java_script_enabled=False), paper)
    expect(tab.locator("[data-board]")).to_be_hidden()
    tab.locator("[name=placements-0-column]").fill("7")
    tab.locator("[name=placements-0-row]").fill("2")
    tab.locator("[name=placements-0-weight]").select_option("1")
    tab.locator("[name=placements-1-DELETE]").check()
    tab.get_by_label("要添加的稿件").fill(third.number)
    saves(tab)
    assert cells(paper, "护学岗织密安全网") == (7, 2, 6, 1)
    assert cells(paper, "第三篇") == (1, 3, 12, 1)
    assert paper.placements.count() == 2


@pytest.fixture
def reads(live_server: Any, new_context: Callable[..., BrowserContext]) -> Callable[..., Tab]:
    def go(path: str) -> Tab:
        tab = new_context().new_page()
        tab.goto(f"{live_server.url}{path}")
        return tab

    return go


def test_the_sample_page_prints_as_one_sheet_of_a3_with_nothing_cut(
    sample_page: None, reads: Callable[..., Tab]
) -> None:
    tab = reads(NEWSPAPER)
    printed = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True)))
    [sheet] = printed.pages
    sides = [round(float(side) * 25.4 / 72) for side in (sheet.mediabox.width, sheet.mediabox.height)]
    assert sides == [297, 420]
    # Chromium takes a letter for the radical that is drawn the same way; NFKC undoes most, but 长 stays ⻓.
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", sheet.extract_text()))
    for release in Release.objects.all():
        ends = [*release.content["headline"], reader_text(release.content["body"])[-20:]]
        for words in ends:
            words = unicodedata.normalize("NFKC", re.sub(r"\s", "", words))
            assert partial_ratio(words, text) > 75, words
    for navigation in ("首页", "本版要目", "下载", "跳到正文"):
        assert navigation not in text


def test_nothing_lies_on_another_on_paper(sample_page: None, reads: Callable[..., Tab]) -> None:
    tab = reads(NEWSPAPER)
    tab.set_viewport_size({"width": 1039, "height": 1512})  # A3 between its margins
    tab.emulate_media(media="print")
    boxes = tab.get_by_role("article").evaluate_all(
        "items => items.map(item => { const box = item.getBoundingClientRect(); "
        "return { left: box.left, right: box.right, top: box.top, bottom: box.bottom, "
        "over: item.scrollWidth - item.clientWidth } })"
    )
    assert len(boxes) == 8
    for n, one in enumerate(boxes):
        assert one["over"] <= 1
        for other in boxes[n + 1 :]:
            apart = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            assert apart or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1


def test_on_a_phone_the_page_is_a_list_in_the_order_of_reading(
    sample_page: None, reads: Callable[..., Tab]
) -> None:
    tab = reads(NEWSPAPER)
    tab.set_viewport_size({"width": 390, "height": 844})
    items = tab.get_by_role("main").get_by_role("article")
    tops = items.evaluate_all("items => items.map(item => item.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    numbers = items.evaluate_all("items => items.map(item => item.id.slice(-1))")
    assert numbers == ["2", "1", "3", "4", "5", "6", "7", "8"]
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    expect(tab.get_by_role("link", name="下载本版PDF（A3）")).to_be_visible()


def test_the_pdf_is_downloaded_from_the_page(sample_page: None, reads: Callable[..., Tab]) -> None:
    tab = reads(NEWSPAPER)
    address = tab.get_by_role("link", name="下载本版PDF（A3）").get_attribute("href")
    answer = tab.request.get(f"{tab.url.partition('/pages/')[0]}{address}", timeout=60_000)
    assert answer.headers["content-type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.body())).pages) == 1
