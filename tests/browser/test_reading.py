"""The public site for whoever reads it: on the smallest screen, without script, by keyboard, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.roles import Role
from tests.browser.people import Person
from tests.factories import Newsroom, make_user
from units.models import Unit

pytestmark = pytest.mark.seen_once

# One address of every kind.
PUBLIC = [
    "/",
    "/?before=1640000000000000-1",
    "/articles/JN-2021-000001/",
    "/articles/JN-2021-000003/",
    "/units/",
    "/units/jining/",
    "/units/guanghe/?scope=own",
    "/campaigns/",
    "/campaigns/yanhua-baozhu/",
    "/kinds/feature/",
    "/tags/",
    "/tags/护学岗/",
    "/correspondents/",
    "/correspondents/houxianfeng/",
    "/pages/",
    "/pages/2021-12-31/1/",
    "/archive/2021/12/",
    "/about/",
    "/map/",
    "/search/",
    "/search/?q=民警",
    "/search/?q=民警&order=newest&unit=jining",
    "/search/?q=一个找不到的很长很长的词连着写下去没有空格",
    "/en/search/?q=民警",
    "/en/",
    "/en/articles/JN-2021-000003/",
]
NEWSPAPER = "/pages/2021-12-31/1/"
SMALLEST = {"width": 320, "height": 640}
# What sticks out to the right, named so that whoever mends it knows where to look.
STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .map((element) => `${element.tagName} ${element.className}`).slice(0, 5).concat(document.documentElement.scrollWidth)"""

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def reader(sample_page: None, live_server: Any, new_context: NewContext) -> Callable[..., Page]:
    """A page of somebody who reads; options as for a new context."""

    def opens(path: str = "", **options: Any) -> Page:
        page = new_context(base_url=live_server.url, **options).new_page()
        if path:
            page.goto(path)
        return page

    return opens


def background(page: Page) -> str:
    shown: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return shown


def test_no_public_page_scrolls_sideways_at_320_pixels(reader: Callable[..., Page]) -> None:
    page = reader()
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for path in [*PUBLIC, "/articles/JN-2021-999999/"]:
        page.goto(path)
        assert (path, page.evaluate(STICKS_OUT)) == (path, [])


def test_every_public_page_is_there_without_script(reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    for path in PUBLIC:
        answer = page.goto(path)
        assert answer and (path, answer.status) == (path, 200)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("main")).not_to_be_empty()
    assert not page.context.cookies()


def test_a_reader_without_a_mouse_skips_to_the_text_and_opens_the_first_story(
    reader: Callable[..., Page],
) -> None:
    page = reader("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    first = page.get_by_role("main").get_by_role("heading").first.get_by_role("link")
    expect(first).to_be_focused()
    assert first.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    headline = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


@pytest.mark.parametrize(
    ("scheme", "paper", "ink"),
    [("light", "rgb(250, 248, 243)", "rgb(27, 28, 31)"), ("dark", "rgb(21, 23, 26)", "rgb(233, 230, 223)")],
)
def test_the_palette_is_that_of_the_readers_device(
    reader: Callable[..., Page],
    newsroom: Newsroom,
    at_desk: Callable[..., Person],
    scheme: str,
    paper: str,
    ink: str,
) -> None:
    pages = [reader(path, color_scheme=scheme) for path in ("/articles/JN-2021-000003/", NEWSPAPER)]
    editor = at_desk(newsroom.desk_editor, color_scheme=scheme)
    editor.goes_to("/desk/")
    for page in [*pages, editor.page]:
        assert (background(page), page.url) == (paper, page.url)
        assert page.get_by_role("heading", level=1).evaluate("text => getComputedStyle(text).color") == ink


def test_on_paper_the_newspaper_page_has_its_eight_items_and_nothing_to_click(
    reader: Callable[..., Page],
) -> None:
    page = reader(NEWSPAPER)
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.emulate_media(media="print")
    items = page.get_by_role("main").get_by_role("article")
    expect(items).to_have_count(8)
    for item in items.all():
        expect(item.get_by_role("heading", level=2)).to_be_visible()
        assert len(item.inner_text()) > 100
    expect(page.locator("nav:visible, .skip:visible")).to_have_count(0)


def test_on_a_desk_the_newspaper_page_is_a_grid_and_on_a_phone_a_list(reader: Callable[..., Page]) -> None:
    page = reader(NEWSPAPER)
    edges = "[...document.querySelectorAll('main article')].map((item) => item.getBoundingClientRect())"
    columns = f"new Set({edges}.map((box) => Math.round(box.left))).size"
    assert page.evaluate(columns) > 2
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(columns) == 1
    tops = page.evaluate(f"{edges}.map((box) => box.top)")
    assert tops == sorted(tops)


def test_a_withdrawn_story_leaves_its_place_on_the_newspaper_page_empty(
    reader: Callable[..., Page], at_desk: Callable[..., Person]
) -> None:
    person = at_desk(make_user(Role.CHIEF_EDITOR, Unit.objects.get(slug="jining")))
    person.goes_to("/desk/articles/JN-2021-000008/")
    person.page.locator("summary", has_text="紧急").click()
    person.page.get_by_label("撤稿理由").last.fill("泄露隐私")
    person.page.get_by_role("button", name="紧急").last.click()
    person.reads("已紧急撤稿")
    page = reader(NEWSPAPER)
    expect(page.get_by_role("main").get_by_role("article")).to_have_count(7)
    expect(page.get_by_text("张某电动车被盗")).to_have_count(0)
