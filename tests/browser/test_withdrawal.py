"""A story has to go at once: the chief does it on a phone, another signs it off, and the proof stands in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from bulletins.proof import prove_due
from tests.browser.conftest import SCREENS
from tests.browser.people import Person
from tests.factories import Newsroom

Desk = Callable[..., Person]


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    """Everybody here has a telephone."""
    return SCREENS["phone"]


def test_the_chief_withdraws_in_an_emergency_and_another_signs_it_off(
    newsroom: Newsroom, at_desk: Desk, settings: Any, tmp_path: Any
) -> None:
    settings.STATIC_ROOT = tmp_path
    number = newsroom.released(headline="民警雪夜送归走失老人").number
    chief = at_desk(newsroom.chief)
    chief.goes_to(f"/desk/articles/{number}/")
    chief.page.get_by_role("link", name="紧急撤稿（立即生效）").click()
    form = chief.page.locator("#act-withdraw_at_once")
    form.get_by_label("理由").fill("照片中出现未打码的车牌")
    form.get_by_label("对读者的说明").fill("本文图片有误，已撤下。")
    form.get_by_role("button", name="紧急撤稿（立即生效）").click()
    chief.reads("紧急撤稿，尚未补签", "查验进行中", "本文图片有误，已撤下。")
    assert chief.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    gone = Client().get(f"/articles/{number}/")
    assert gone.status_code == 410
    assert "本文图片有误，已撤下。" in gone.content.decode()

    prove_due()
    editor = at_desk(newsroom.desk_editor)
    for path in ("/desk/", "/desk/queue/"):
        editor.goes_to(path)
        editor.reads("紧急撤稿 · 待您补签")
    editor.goes_to("/desk/articles/")
    editor.reads("紧急撤稿，尚未补签")
    editor.follows("民警雪夜送归走失老人")
    editor.reads("已查验：查了")
    editor.presses("补签紧急撤稿")
    expect(editor.page.get_by_role("button", name="补签紧急撤稿")).to_have_count(0)
    expect(editor.page.locator(".history-proofs li")).to_contain_text("已无一处显示")

    chief.page.reload()
    expect(chief.page.get_by_text("紧急撤稿，尚未补签")).to_have_count(0)
    chief.follows("查验记录")
    record = chief.page.get_by_role("main")
    expect(record).to_contain_text("已无一处显示")
    record.get_by_text("在本系统内查询").click()
    expect(record.get_by_role("row", name=f"/articles/{number}/").first).to_contain_text("410")
    assert chief.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
