"""Taking a story along: its address, the device's own way of sharing, the code, and paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.seen_once

STORY = "/articles/JN-2021-000003/"


@pytest.fixture
def reader(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    def opens(**options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
        page = context.new_page()
        page.goto(STORY)
        return page

    return opens


def test_the_address_is_copied_and_it_is_told(reader: Callable[..., Page]) -> None:
    page = reader()
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator(".story-share [role=status]")).to_have_text("链接已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_devices_own_way_of_sharing_is_offered_where_there_is_one(reader: Callable[..., Page]) -> None:
    page = reader()
    expect(page.locator(".share-device")).to_be_hidden()
    page.add_init_script(
        "navigator.share = async (what) => { window.shared = what; throw new DOMException('', 'AbortError') }"
    )
    page.reload()
    page.get_by_role("button", name="分享", exact=True).click()
    assert page.evaluate("shared") == {"title": "“护学岗”织密校园安全网", "url": page.url}


def test_a_letter_names_the_story_and_its_address_without_script(reader: Callable[..., Page]) -> None:
    page = reader(java_script_enabled=False)
    letter = urlsplit(page.get_by_role("link", name="用邮件发送").get_attribute("href") or "")
    said = parse_qs(letter.query)
    assert (letter.scheme, said["subject"]) == ("mailto", ["“护学岗”织密校园安全网"])
    assert said["body"] == [f"“护学岗”织密校园安全网\n{page.url}"]


def test_the_code_is_there_on_a_wide_screen_and_not_fetched_on_a_phone(reader: Callable[..., Page]) -> None:
    page = reader()
    code = page.get_by_role("img", name="本页网址的二维码")
    code.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.story-code img').naturalWidth > 0")
    asked: list[str] = []
    phone = reader()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.on("request", lambda request: asked.append(request.url))
    phone.reload(wait_until="networkidle")
    expect(phone.locator(".story-code")).to_be_hidden()
    assert asked and not [url for url in asked if url.endswith("code.svg")]


def test_on_paper_stand_headline_body_source_address_and_code_and_no_menu(
    reader: Callable[..., Page],
) -> None:
    page = reader()
    page.emulate_media(media="print")
    for part in (
        ".story-head h1",
        ".text",
        ".story-line",
        ".story-facts",
        ".story-address",
        ".story-code img",
    ):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".story-address")).to_have_text(page.url)
    expect(
        page.locator("nav:visible, .skip:visible, .search:visible, main button:visible, .story-more:visible")
    ).to_have_count(0)
