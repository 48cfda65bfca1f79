"""The public site without script, without a mouse, and without asking anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Person
from tests.browser.test_axe import PUBLIC
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

# Everything that takes the focus in its turn, as the page has it.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(
  (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true })
).length"""
# What has the focus for the first time, and whether that is seen: an outline, in the window, nothing lying over it.
# Within a date, day and month and year are stops of their own.
FOCUSED = """() => {
  const element = document.activeElement
  if (element === document.body) return null
  if (element.wasReached) return element.type === "date" ? { isWithin: true } : null
  element.wasReached = true
  const box = element.getClientRects()[0]
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
  const over = document.elementFromPoint(x, y)
  const isClear = over !== null && (element.contains(over) || over.contains(element))
  const isSeen = getComputedStyle(element).outlineStyle !== "none" && isClear
  return { name: `${element.tagName} ${element.textContent.trim().slice(0, 20)}`, isSeen }
}"""


@pytest.fixture
def reader(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    def opens(**options: Any) -> Page:
        return new_context(base_url=live_server.url, **options).new_page()

    return opens


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_without_script_a_reader_searches_narrows_turns_pages_and_changes_the_language(
    reader: Callable[..., Page],
) -> None:
    page = reader(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("民警")
    page.get_by_role("button", name="搜索").click()
    hits = page.get_by_role("main").get_by_role("article")
    expect(page.get_by_role("searchbox").last).to_have_value("民警")
    before = hits.count()
    assert before > 3
    page.get_by_role("complementary").get_by_role("link", name="嘉祥县公安局").first.click()
    assert 0 < hits.count() < before
    page.get_by_role("link", name="最新").first.click()
    assert "order=newest" in page.url
    hits.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("电动车")
    page.get_by_role("link", name="公安专版").first.click()
    assert path_of(page) == "/pages/2021-12-31/1/"
    expect(page.get_by_role("main").get_by_role("article")).to_have_count(8)
    page.get_by_role("link", name="English").click()
    assert path_of(page) == "/en/pages/2021-12-31/1/"
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.context.cookies() == []


def test_without_script_a_reader_goes_on_to_earlier_stories_and_back(
    newsroom: Newsroom, live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    for n in range(45):
        newsroom.released(headline=f"第{n}号消息")
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto(f"/units/{newsroom.station.slug}/")
    seen: list[str] = []
    while True:
        seen += page.get_by_role("main").get_by_role("article").get_by_role("heading").all_inner_texts()
        older = page.locator(".turn-on")
        if older.count() == 0:
            break
        # A click does not wait for the page that it asks for.
        with page.expect_navigation():
            older.click()
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/articles/JN-2021-000003/",
        "/units/jining/",
        "/pages/",
        "/pages/2021-12-31/1/",
        "/search/?q=民警",
        "/api/v1/",
    ],
)
def test_by_keyboard_everything_is_reached_and_the_focus_is_always_seen(
    reader: Callable[..., Page], path: str
) -> None:
    page = reader(reduced_motion="reduce")
    page.goto(path)
    page.evaluate("localStorage.setItem('reading', JSON.stringify({ bar: 'open' }))")
    page.reload()
    expect(page.locator("#reading-bar")).to_be_visible()
    stops = page.evaluate(STOPS)
    reached, hidden = 0, []
    page.keyboard.press("Tab")
    while focused := page.evaluate(FOCUSED):
        reached += "isWithin" not in focused
        if not focused.get("isSeen", True):
            hidden.append(focused["name"])
        page.keyboard.press("Tab")
    assert (reached, hidden) == (stops, [])


def test_no_page_asks_anybody_but_its_own_host(
    reader: Callable[..., Page], newsroom: Newsroom, at_desk: Callable[..., Person], live_server: Any
) -> None:
    asked: list[str] = []
    page = reader()
    page.on("request", lambda request: asked.append(request.url))
    for path in PUBLIC:
        page.goto(path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    person = at_desk(newsroom.chief)
    person.page.on("request", lambda request: asked.append(request.url))
    number = newsroom.released().number
    for path in (
        "",
        "queue/",
        "articles/",
        f"articles/{number}/",
        f"articles/{number}/wechat/",
        f"articles/{number}/wechat/text/",
        "figures/",
    ):
        person.goes_to(f"/desk/{path}")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert len(asked) > 100
    assert hosts == {urlsplit(live_server.url).netloc}
