"""The reading bar: larger type, contrast, spacing, a ruler and a voice, kept on the reader's device alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.seen_once

STORY = "/articles/JN-2021-000003/"
# A device with voices, that reads as fast as it is told and notes what it was given.
VOICES = """() => {
  window.spoken = []
  class Utterance { constructor(text) { this.text = text } }
  const synthesis = new EventTarget()
  Object.assign(synthesis, {
    getVoices: () => window.voices,
    speak: (utterance) => { window.spoken.push(utterance) },
    cancel: () => { window.cancelled = (window.cancelled ?? 0) + 1 },
  })
  window.voices = VOICES
  window.SpeechSynthesisUtterance = Utterance
  Object.defineProperty(window, "speechSynthesis", { value: synthesis })
}"""
CHINESE = '[{ lang: "en-US" }, { lang: "zh-TW" }, { lang: "zh-CN" }]'


@pytest.fixture
def context(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> BrowserContext:
    return new_context(base_url=live_server.url)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(STORY)
    return page


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def size_of_type(page: Page) -> str:
    size: str = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    return size


def ink_and_paper(page: Page) -> list[str]:
    pair: list[str] = page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    return pair


def device(page: Page, voices: str = CHINESE) -> None:
    page.add_init_script(f"({VOICES.replace('VOICES', voices)})()")
    page.goto(STORY)
    button(page, "阅读辅助").click()


def test_what_was_chosen_holds_on_every_page_and_no_cookie_is_set(
    page: Page, context: BrowserContext
) -> None:
    button(page, "阅读辅助").click()
    button(page, "150%").click()
    button(page, "黑底黄字").click()
    for path in ("/", "/pages/2021-12-31/1/", "/en/", "/api/v1/", STORY):
        page.goto(path)
        assert (path, size_of_type(page)) == (path, "24px")
        assert ink_and_paper(page) == ["rgb(255, 255, 0)", "rgb(0, 0, 0)"]
    expect(button(page, "150%")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "100%")).to_have_attribute("aria-pressed", "false")
    assert context.cookies() == []


def test_larger_type_makes_the_text_itself_larger_and_everything_goes_back_at_once(page: Page) -> None:
    line = "parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)"
    usual, palette = page.evaluate(line), ink_and_paper(page)
    button(page, "阅读辅助").click()
    button(page, "200%").click()
    button(page, "白底黑字").click()
    assert page.evaluate(line) >= 1.9 * usual
    button(page, "全部还原").click()
    assert (page.evaluate(line), ink_and_paper(page)) == (usual, palette)
    expect(button(page, "100%")).to_have_attribute("aria-pressed", "true")


def test_wider_spacing_is_as_wide_as_wcag_asks_of_pages_to_bear(page: Page) -> None:
    button(page, "阅读辅助").click()
    button(page, "加大间距").click()
    style = (
        page.locator(".text p")
        .nth(1)
        .evaluate(
            "p => { const { fontSize, letterSpacing, lineHeight, marginTop } = getComputedStyle(p);"
            " return [letterSpacing, lineHeight, marginTop].map((it) => parseFloat(it) / parseFloat(fontSize)) }"
        )
    )
    letters, lines, paragraphs = style
    assert letters >= 0.119 and lines >= 1.5 and paragraphs >= 1.99
    button(page, "加大间距").click()
    expect(button(page, "加大间距")).to_have_attribute("aria-pressed", "false")


def test_every_change_is_told_to_whoever_hears_the_page(page: Page) -> None:
    button(page, "阅读辅助").click()
    told = page.locator("#reading-bar [role=status]")
    for name, words in (
        ("125%", "125%"),
        ("黑底白字", "黑底白字"),
        ("阅读标尺", "阅读标尺 开"),
        ("全部还原", "全部还原"),
    ):
        button(page, name).click()
        expect(told).to_have_text(words)


def test_the_ruler_lies_where_the_pointer_or_the_focus_is(page: Page) -> None:
    ruler = page.locator(".reading-ruler")
    expect(ruler).to_be_hidden()
    button(page, "阅读辅助").click()
    button(page, "阅读标尺").click()
    page.mouse.move(400, 700)
    bottom = "ruler => ruler.getBoundingClientRect().bottom"
    assert ruler.evaluate(bottom) == pytest.approx(700, abs=1)
    link = page.get_by_role("link", name="杜发群")
    link.focus()
    assert ruler.evaluate(bottom) == pytest.approx(link.evaluate(bottom), abs=1)
    link.click()  # it lies in nobody's way
    expect(page).to_have_url(re.compile("/correspondents/"))


def test_the_bar_is_opened_and_left_by_keyboard(page: Page) -> None:
    toggle = button(page, "阅读辅助")
    toggle.focus()
    toggle.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.closest('#reading-bar') !== null"):
            break
        page.keyboard.press("Tab")
    expect(button(page, "100%")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert size_of_type(page) == "20px"
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(page.get_by_role("region", name="阅读辅助")).to_be_hidden()
    assert size_of_type(page) == "20px"


def test_what_is_chosen_in_one_tab_shows_in_the_other(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto("/")
    button(other, "阅读辅助").click()
    button(other, "175%").click()
    expect(page.locator("html")).to_have_attribute("data-text", "175")
    expect(button(page, "175%")).to_have_attribute("aria-pressed", "true")


def test_nonsense_in_the_storage_is_left_alone(page: Page) -> None:
    for kept in ("{", "null", "7", '"150"', '{"text": "9999", "contrast": ["dark"], "spacing": {"a": 1}}'):
        page.evaluate("kept => localStorage.setItem('reading', kept)", kept)
        page.reload()
        expect(button(page, "阅读辅助")).to_be_visible()
        assert (kept, size_of_type(page)) == (kept, "16px")


def test_where_nothing_may_be_stored_it_holds_for_the_page(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.goto(STORY)
    button(page, "阅读辅助").click()
    button(page, "200%").click()
    assert size_of_type(page) == "32px"


def test_where_no_script_runs_the_page_itself_is_set_as_a_reader_chooses(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto(STORY)

    def seen(selector: str, name: str) -> str:
        found: str = page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)
        return found

    page.locator(".reading-plain summary").click()
    before = seen(".text p", "fontSize")
    page.get_by_label("200%").check()
    assert float(seen(".text p", "fontSize")[:-2]) > 1.9 * float(before[:-2])
    assert seen(".story", "gridTemplateColumns").count("px") == 1
    page.get_by_label("黑底黄字").check()
    assert (seen("body", "backgroundColor"), seen(".text p", "color")) == ("rgb(0, 0, 0)", "rgb(255, 255, 0)")
    page.get_by_label("加大间距").check()
    assert float(seen(".text p", "letterSpacing")[:-2]) > 0
    page.get_by_label("阅读标尺").check()
    page.locator(".text p").first.hover()
    assert seen(".text p", "boxShadow") != "none"
    page.get_by_label("默认").check()
    page.get_by_label("100%").check()
    assert seen(".text p", "fontSize") == before and seen("body", "backgroundColor") != "rgb(0, 0, 0)"


def test_where_no_script_runs_there_is_no_bar(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto(STORY)
    for part in (".menu-reading", ".reading-bar", ".aloud", ".share-copy", ".share-device"):
        expect(page.locator(part)).to_be_hidden()


def test_where_the_script_does_not_come_there_is_no_dead_button(context: BrowserContext) -> None:
    page = context.new_page()
    page.route(re.compile(r"/reading\.js"), lambda route: route.abort())
    page.goto(STORY)
    expect(page.locator(".menu-reading button")).to_be_hidden()


def test_nothing_of_it_goes_on_paper(page: Page) -> None:
    button(page, "阅读辅助").click()
    button(page, "黑底黄字").click()
    button(page, "阅读标尺").click()
    page.emulate_media(media="print")
    for part in (".menu-reading", ".reading-bar", ".reading-ruler"):
        expect(page.locator(part)).to_be_hidden()
    assert ink_and_paper(page) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_a_story_is_read_aloud_sentence_by_sentence(page: Page) -> None:
    device(page)
    button(page, "朗读").click()
    expect(page.locator(".being-read")).to_have_text("二十里铺派出所")
    for _ in range(300):
        if not page.evaluate(
            "spoken.length && !spoken.at(-1).done && (spoken.at(-1).done = true, spoken.at(-1).onend(), true)"
        ):
            break
    said = page.evaluate("spoken.map(({ text }) => text)")
    assert "".join(said[2:]).replace("\n", "") == re.sub(r"\s", "", page.locator(".text").inner_text())
    assert said[:2] == ["二十里铺派出所", "“护学岗”织密校园安全网"]
    assert max(map(len, said)) <= 130
    assert page.evaluate("new Set(spoken.map(({ lang }) => lang)).size") == 1
    assert page.evaluate("spoken[0].lang") == "zh-CN"
    expect(page.locator(".being-read")).to_have_count(0)
    expect(page.get_by_role("group", name="朗读")).to_be_hidden()


def test_reading_aloud_pauses_goes_on_with_the_same_sentence_and_stops(page: Page) -> None:
    device(page)
    button(page, "朗读").click()
    page.evaluate("spoken.at(-1).onend()")
    at = page.evaluate("spoken.at(-1).text")
    button(page, "暂停").click()
    page.evaluate("spoken.at(-1).onend()")  # cut off: nothing follows
    assert page.evaluate("spoken.length") == 2
    button(page, "继续").click()
    assert page.evaluate("spoken.at(-1).text") == at
    button(page, "停止").click()
    expect(page.locator(".being-read")).to_have_count(0)
    expect(button(page, "朗读")).to_be_focused()
    expect(page.locator("#reading-bar [role=status]")).to_have_text("朗读已结束")
    button(page, "朗读").click()
    page.keyboard.press("Escape")
    expect(button(page, "停止")).to_be_hidden()


@pytest.mark.parametrize("voices", ["[]", '[{ lang: "en-US" }, { lang: "ja-JP" }]'])
def test_without_a_chinese_voice_nobody_offers_to_read(page: Page, voices: str) -> None:
    device(page, voices)
    expect(page.locator(".aloud-start")).to_be_hidden()
    page.evaluate("voices = [{ lang: 'cmn_CN' }], speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(button(page, "朗读")).to_be_visible()
