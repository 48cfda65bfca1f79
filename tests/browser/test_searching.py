"""A reader looks for something: typing, choosing what is suggested, narrowing down; with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.seen_once

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def reader(sample_page: None, live_server: Any, new_context: NewContext) -> Callable[..., Page]:
    def opens(path: str, **options: Any) -> Page:
        page = new_context(base_url=live_server.url, **options).new_page()
        page.goto(path)
        return page

    return opens


def test_a_word_is_looked_for_from_any_page_and_what_was_found_is_narrowed_down(
    reader: Callable[..., Page], screen: str
) -> None:
    page = reader("/units/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("民警")
    page.get_by_role("button", name="搜索").click()
    found = page.get_by_role("main").get_by_role("article")
    expect(found).to_have_count(4)
    expect(found.first.locator("mark").first).to_have_text("民警")
    page.locator("#narrow").get_by_role("link", name="简讯").click()
    expect(found).to_have_count(1)
    page.get_by_role("link", name="简讯 去掉").click()
    expect(found).to_have_count(4)
    found.first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("民警")


def test_units_are_suggested_while_one_types_and_chosen_by_keyboard(reader: Callable[..., Page]) -> None:
    page = reader("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("洸河")
    suggested = page.get_by_role("option")
    expect(suggested).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(suggested).to_have_count(0)
    box.press_sequentially("派出所")
    expect(suggested).to_have_count(1)
    box.press("ArrowDown")
    expect(suggested).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/units/guanghe/")


def test_who_chooses_nothing_searches_for_what_was_typed(reader: Callable[..., Page]) -> None:
    page = reader("/")
    page.get_by_role("combobox").press_sequentially("派出所")
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("搜索")
    expect(page.get_by_role("combobox")).to_have_value("派出所")
