"""A remark on a few selected words holds a step back until somebody answers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bulletins.models import Remark, Stage
from tests.browser.people import Person
from tests.browser.test_reading import SMALLEST, STICKS_OUT
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

Desk = Callable[..., Person]
BODY = "<p>近日，民警<strong>接到求助</strong>，称老人走失。</p><p>民警冒雪寻找，平安送归。</p>"
SELECT = """() => {
  const [first, second] = document.querySelectorAll(".paper-body p")
  const range = document.createRange()
  range.setStart(second.firstChild, 2)
  range.setEnd(second.firstChild, 6)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""


def test_a_remark_blocks_a_step_until_it_is_answered(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BODY)
    address = f"/desk/articles/{article.number}/"
    chief = at_desk(newsroom.chief)
    chief.goes_to(address)
    chief.page.evaluate(SELECT)
    chief.presses("批注所选文字")
    dialog = chief.page.get_by_role("dialog")
    expect(dialog).to_contain_text("冒雪寻找")
    dialog.get_by_label("批注", exact=True).press_sequentially("@编")
    dialog.get_by_role("option", name="编辑丙").click()
    chief.page.keyboard.insert_text("时间请核实")
    dialog.get_by_label("须先答复才能进入下一步").check()
    dialog.get_by_role("button", name="提交批注").click()
    remark = chief.page.get_by_role("region", name="批注 1")
    expect(remark).to_contain_text("@编辑丙 时间请核实")
    expect(remark).to_contain_text("须先答复才能进入下一步")
    # Beside the text, at the height of its paragraph.
    mark, beside = chief.page.locator(".remarked-text").bounding_box(), remark.bounding_box()
    assert mark and beside and beside["x"] > mark["x"] + mark["width"] and abs(beside["y"] - mark["y"]) < 60

    editor = at_desk(newsroom.desk_editor)
    editor.goes_to(address)
    editor.reads("有 1 条批注须先答复，才能进入下一步。")
    expect(editor.page.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    editor.page.get_by_role("link", name="看是哪几处").click()
    remark = editor.page.get_by_role("region", name="批注 1")
    expect(remark).to_be_in_viewport()
    remark.get_by_text("答复…").click()
    remark.get_by_label("答复").fill("已与出警记录核对。")
    remark.get_by_role("button", name="发送答复").click()
    expect(remark).to_contain_text("已答复")
    editor.presses("通过")
    editor.reads("已通过")
    assert Remark.objects.get().quote == "冒雪寻找"

    # On the smallest screen it stands below its paragraph, and nothing sticks out.
    chief.page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    chief.goes_to(address)
    mark = chief.page.locator(".remarked-text").bounding_box()
    below = chief.page.get_by_role("region", name="批注 1").bounding_box()
    assert mark and below and below["y"] > mark["y"] + mark["height"]
    assert chief.page.evaluate(STICKS_OUT) == []
