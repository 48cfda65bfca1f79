"""What the checks say beside the form: it comes as one types, leads to its place, and is put right with one click."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from bulletins.models import Article
from bulletins.models.body import clean, reader_text
from tests.browser.people import Person, photo_file
from tests.factories import Newsroom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]

Desk = Callable[..., Person]
SELECTED = "() => getSelection().toString()"
SELECTED_IN_FIELD = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


@pytest.fixture
def writer(newsroom: Newsroom, at_desk: Desk) -> Person:
    person = at_desk(newsroom.correspondent)
    person.goes_to("/desk/articles/new/")
    expect(person.editor).to_be_visible()
    return person


def summary(person: Person) -> Locator:
    """The line that is always there: on a phone above the buttons, on a desktop in the panel."""
    return person.page.locator(".findings-way:visible, .findings:visible .findings-summary").first


def finding(person: Person, text: str) -> Locator:
    """The finding whose place shows this text, in the panel, which is opened if it has to be."""
    way = person.page.locator("button.findings-way:visible")
    expect(summary(person)).to_contain_text("必须修改")
    if way.count() and way.get_attribute("aria-expanded") == "false":
        way.click()
    return person.page.locator("[data-finding]", has=person.page.locator("mark", has_text=text)).first


def saves(person: Person) -> Article:
    person.presses("保存草稿")
    person.reads("已保存为第")
    return Article.objects.get()


def test_a_number_is_found_as_one_types_led_to_and_masked(writer: Person, screen: str) -> None:
    writer.page.get_by_label("标题", exact=True).fill("民警雪夜送归走失老人")
    writer.writes("第一段没有什么。\n联系人电话13812345678，请来电。")
    expect(summary(writer)).to_contain_text("必须修改 1 处")
    found = finding(writer, "13812345678")
    found.get_by_role("link").click()
    expect(writer.editor).to_be_focused()
    assert writer.page.evaluate(SELECTED) == "13812345678"

    finding(writer, "13812345678").get_by_role("button", name="脱敏：138****5678").click()
    expect(writer.editor).to_contain_text("联系人电话138****5678，请来电。")
    expect(summary(writer)).not_to_contain_text("必须修改")
    article = saves(writer)
    assert article.body == "<p>第一段没有什么。</p><p>联系人电话138****5678，请来电。</p>"
    assert article.revisions.get().content["body"] == article.body


def test_undo_brings_back_what_was_masked_and_it_is_found_again(writer: Person) -> None:
    writer.page.get_by_label("标题", exact=True).fill("标题")
    writer.writes("电话13812345678。")
    finding(writer, "13812345678").get_by_role("button").click()
    expect(writer.editor).to_have_text("电话138****5678。")
    expect(summary(writer)).not_to_contain_text("必须修改")
    expect(writer.editor).to_be_focused()
    writer.page.keyboard.press("Control+Z")
    expect(writer.editor).to_have_text("电话13812345678。")
    expect(summary(writer)).to_contain_text("必须修改 1 处")


def test_a_number_that_markup_splits_is_masked(newsroom: Newsroom, at_desk: Desk) -> None:
    body = "<p>前一段。</p><p>𬱖𠮷👮电话138<strong>1234</strong>5678，<em>请</em>来电。</p>"
    article = newsroom.draft(body=body)
    person = at_desk(newsroom.correspondent)
    person.goes_to(f"/desk/articles/{article.number}/edit/")
    finding(person, "13812345678").get_by_role("link").click()
    assert person.page.evaluate(SELECTED) == "13812345678"
    finding(person, "13812345678").get_by_role("button").click()
    expect(person.editor.locator("strong")).to_have_count(0)
    person.presses("保存草稿")
    person.reads("已保存为第")
    article.refresh_from_db()
    assert article.body == "<p>前一段。</p><p>𬱖𠮷👮电话138****5678，<em>请</em>来电。</p>"


def test_places_in_lists_tables_and_after_line_breaks_are_selected(newsroom: Newsroom, at_desk: Desk) -> None:
    body = (
        "<p>甲<br>　乙13812345671</p><ul><li>丙</li><li>丁13812345672</li></ul>"
        "<table><tbody><tr><td>戊</td><td> 己13812345673</td></tr></tbody></table><blockquote><p>庚13812345674</p>"
        "</blockquote><h2>辛13812345675</h2>"
    )
    article = newsroom.draft(body=body)
    person = at_desk(newsroom.correspondent)
    person.goes_to(f"/desk/articles/{article.number}/edit/")
    expect(person.editor).to_be_visible()
    for n in range(1, 6):
        finding(person, f"1381234567{n}").get_by_role("link").click()
        assert person.page.evaluate(SELECTED) == f"1381234567{n}"
    # What was written before them since does not matter, even before the checks were asked again.
    person.editor.locator("p").first.click()
    person.page.keyboard.press("Home")
    person.page.keyboard.insert_text("先写一句👮。")
    finding(person, "13812345675").get_by_role("link").click()
    assert person.page.evaluate(SELECTED) == "13812345675"


def test_places_in_a_headline_and_a_caption_are_selected_and_masked(writer: Person, screen: str) -> None:
    page = writer.page
    headline = page.get_by_label("标题", exact=True)
    headline.fill("  👮第一行\n\n  来电13912345678  ")
    writer.writes("正文一段。")
    page.get_by_label("添加照片").set_input_files([photo_file()])
    caption = page.get_by_label("图片说明")
    caption.fill("说明第一行\n第二行13712345678")

    finding(writer, "13912345678").get_by_role("link").click()
    expect(headline).to_be_focused()
    assert headline.evaluate(SELECTED_IN_FIELD) == "13912345678"
    finding(writer, "13712345678").get_by_role("link").click()
    expect(caption).to_be_focused()
    assert caption.evaluate(SELECTED_IN_FIELD) == "13712345678"

    finding(writer, "13912345678").get_by_role("button").click()
    expect(headline).to_have_value("  👮第一行\n\n  来电139****5678  ")
    finding(writer, "13712345678").get_by_role("button").click()
    expect(caption).to_have_value("说明第一行\n第二行137****5678")
    expect(summary(writer)).not_to_contain_text("必须修改")
    article = saves(writer)
    assert article.headline == "👮第一行\n来电139****5678"
    assert article.photos.get().caption == "说明第一行\r\n第二行137****5678"


def test_undo_in_a_field_brings_back_what_was_masked(writer: Person) -> None:
    headline = writer.page.get_by_label("标题", exact=True)
    headline.fill("来电13912345678")
    writer.writes("正文一段。")
    finding(writer, "13912345678").get_by_role("button").click()
    expect(headline).to_have_value("来电139****5678")
    expect(headline).to_be_focused()
    writer.page.keyboard.press("Control+Z")
    expect(headline).to_have_value("来电13912345678")


def test_the_keyboard_stays_where_it_is_while_the_panel_changes(writer: Person) -> None:
    writer.page.get_by_label("标题", exact=True).fill("标题")
    writer.writes("电话13812345671。\n电话13812345672。")
    second = finding(writer, "13812345672").get_by_role("link")
    second.focus()
    # Something else is found meanwhile.
    writer.page.evaluate(
        """() => {
          const kicker = document.getElementById("id_kicker")
          kicker.value = "来电13912345678"
          kicker.dispatchEvent(new Event("input", { bubbles: true }))
        }"""
    )
    expect(summary(writer)).to_contain_text("必须修改 3 处")
    expect(finding(writer, "13812345672").get_by_role("link")).to_be_focused()
    expect(writer.page.locator(".visually-hidden[role=status]")).to_contain_text("必须修改 3 处")
    writer.page.keyboard.press("Enter")
    assert writer.page.evaluate(SELECTED) == "13812345672"


def test_a_chosen_kind_an_upload_and_a_removed_row_are_checked(writer: Person) -> None:
    page = writer.page
    page.get_by_label("标题", exact=True).fill("标题")
    writer.writes("正文一段。")
    rows = page.locator(".findings [data-finding]")
    page.get_by_label("体裁").select_option("photo")
    expect(rows.filter(has_text="照片")).not_to_have_count(0)
    before = rows.filter(has_text="照片").all_inner_texts()
    page.get_by_label("添加照片").set_input_files([photo_file()])
    expect(rows.filter(has_text="没有画面描述")).to_have_count(1)
    page.locator("#photos").get_by_role("button", name="去掉").click()
    expect(rows.filter(has_text="没有画面描述")).to_have_count(0)
    assert rows.filter(has_text="照片").all_inner_texts() == before


def test_a_check_waits_for_the_last_one_and_for_a_character_to_be_composed(writer: Person) -> None:
    page, kicker = writer.page, writer.page.get_by_label("眉题")
    asked: list[Route] = []
    page.route("**/articles/check/", lambda route: asked.append(route))

    def comes(number: int) -> None:
        """The check of that number is asked for, and no other one in the time that it would take."""
        for _ in range(100):
            if len(asked) >= number:
                break
            page.wait_for_timeout(100)
        page.wait_for_timeout(1200)
        assert len(asked) == number

    kicker.fill("一")
    comes(1)
    kicker.fill("来电13912345678")
    comes(1)  # the first is not answered yet
    asked[0].continue_()
    comes(2)
    asked[1].continue_()
    expect(summary(writer)).to_contain_text("必须修改")

    kicker.dispatch_event("compositionstart")
    kicker.press_sequentially("zhong")
    comes(2)
    kicker.dispatch_event("compositionend")
    comes(3)
    asked[2].continue_()


def test_when_the_network_fails_it_is_said_quietly_and_mended_by_itself(writer: Person) -> None:
    page = writer.page
    page.route("**/articles/check/", lambda route: route.abort())
    page.get_by_label("眉题").fill("来电13912345678")
    expect(page.locator(".findings-note")).to_contain_text("不是最新的")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("button.findings-way")).to_contain_text("未更新")
    page.unroute("**/articles/check/")
    page.get_by_label("眉题").fill("来电13912345679")
    expect(page.locator("button.findings-way")).not_to_contain_text("未更新")
    expect(page.locator(".findings-note")).to_be_hidden()
    expect(summary(writer)).to_contain_text("必须修改")


def test_on_a_small_phone_the_panel_opens_above_the_buttons_and_closes(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    article = newsroom.draft(body="<p>电话13812345678。</p>")
    person = at_desk(newsroom.correspondent)
    person.page.set_viewport_size({"width": 320, "height": 640})
    person.goes_to(f"/desk/articles/{article.number}/edit/")
    page = person.page
    panel, way = page.locator("#findings"), page.get_by_role("button", name="必须修改 1 处")
    expect(way).to_have_attribute("aria-expanded", "false")
    expect(panel).to_be_hidden()
    way.click()
    expect(panel).to_be_visible()
    expect(page.get_by_role("button", name="投稿", exact=True)).to_be_in_viewport()
    expect(way).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(way).to_be_focused()


def test_without_script_the_panel_stands_in_the_page_and_leads_to_the_field(
    newsroom: Newsroom, at_desk: Desk, screen: str
) -> None:
    article = newsroom.draft(body="<p>电话13812345678。</p>")
    person = at_desk(newsroom.correspondent, java_script_enabled=False)
    person.goes_to(f"/desk/articles/{article.number}/edit/")
    page = person.page
    line = page.locator("[data-finding]", has_text="13812345678").first
    expect(line).to_be_visible()
    expect(line.get_by_role("button")).to_have_count(0)
    line.get_by_role("link").click()
    expect(page).to_have_url(f"{person.host}/desk/articles/{article.number}/edit/#id_body")
    expect(page.get_by_label("正文")).to_be_in_viewport()


# --- Letters are counted as the server counts them ---------------------------------------------------------------------

LETTERS = "字词句段138 　\u00a0\u200b\u2028\x85\t\n👮𬱖&amp;&lt;"
TEXT_OF = """async bodies => {
  const { textOf } = await import("/static/desk/places.js")
  const { editor } = document.querySelector("[data-editor]")
  return bodies.map((body) => {
    const box = document.createElement("div")
    box.innerHTML = body
    editor.commands.setContent(body)
    const read = (root) => textOf(root).map((one) => one.letter).join("")
    return [read(box), editor.getHTML(), read(editor.view.dom)]
  })
}"""


def some_body(dice: random.Random) -> str:
    def line() -> str:
        parts = []
        for _ in range(dice.randint(0, 4)):
            words = "".join(dice.choices(LETTERS, k=dice.randint(0, 5)))
            shapes = [
                "{}",
                "{}",
                "<strong>{}</strong>",
                "<em>{}</em>",
                '<a href="http://x.test/">{}</a>',
                "{}<br>",
            ]
            parts.append(dice.choice(shapes).format(words))
        return "".join(parts)

    def block() -> str:
        shape = dice.choice(["p", "p", "p", "h2", "quote", "list", "table", "rule"])
        if shape == "quote":
            return f"<blockquote><p>{line()}</p><p>{line()}</p></blockquote>"
        if shape == "list":
            return f"<ul><li>{line()}</li><li><p>{line()}</p><ol><li>{line()}</li></ol></li></ul>"
        if shape == "table":
            return f"<table><tbody><tr><th>{line()}</th><td><p>{line()}</p></td></tr></tbody></table>"
        return "<hr>" if shape == "rule" else f"<{shape}>{line()}</{shape}>"

    return clean("".join(block() for _ in range(dice.randint(1, 5))))


def test_the_page_reads_a_text_as_the_server_does(writer: Person) -> None:
    dice = random.Random(20211223)
    bodies = [some_body(dice) for _ in range(300)]
    for body, (shown, edited, in_editor) in zip(bodies, writer.page.evaluate(TEXT_OF, bodies), strict=True):
        assert shown == reader_text(body)
        assert in_editor == reader_text(clean(edited))
