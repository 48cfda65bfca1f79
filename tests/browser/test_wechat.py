"""A story is copied for WeChat, by a button or by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

Desk = Callable[..., Person]
CLIPBOARD = """navigator.clipboard.read().then(([held]) => Promise.all(
  ["text/html", "text/plain"].map(async (type) => (await held.getType(type)).text())
))"""


def test_the_text_is_copied_with_its_look_and_plain_and_each_field_by_itself(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    number = newsroom.released(body="<p>民警<strong>迅速</strong>赶到现场。</p>").number
    person = at_desk(newsroom.desk_editor, permissions=["clipboard-read", "clipboard-write"])
    person.goes_to(f"/desk/articles/{number}/")
    person.follows("微信推送稿")
    person.presses("复制正文")
    expect(person.page.get_by_role("status").last).to_have_text("复制正文 · 已复制。")
    html, plain = person.page.evaluate(CLIPBOARD)
    assert "font-weight:bold" in html.replace(" ", "") and "text-indent:2em" in html.replace(" ", "")
    assert "class=" not in html and "<script" not in html
    assert plain == "民警迅速赶到现场。"
    person.presses("复制标题")
    assert person.page.evaluate("navigator.clipboard.readText()") == "民警雪夜送归走失老人"


def test_without_script_the_text_is_shown_to_be_selected(newsroom: Newsroom, at_desk: Desk) -> None:
    number = newsroom.released(body="<p>民警迅速赶到现场。</p>").number
    person = at_desk(newsroom.desk_editor, java_script_enabled=False)
    person.goes_to(f"/desk/articles/{number}/wechat/")
    expect(person.page.get_by_role("button", name="复制正文")).to_have_count(0)
    person.reads("打开后全选、复制，再粘贴到编辑器里。")
    person.follows("查看推送后的样子")
    paragraph = person.page.get_by_text("民警迅速赶到现场。")
    assert paragraph.evaluate("it => getComputedStyle(it).textIndent") == "34px"
