"""A preview link shows its version on a phone, and is dead after its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import SCREENS
from tests.browser.people import Person
from tests.browser.test_reading import STICKS_OUT
from tests.factories import Newsroom


def test_a_link_shows_its_version_on_a_phone_and_is_dead_after_its_time(
    newsroom: Newsroom,
    at_desk: Callable[..., Person],
    new_context: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = newsroom.draft(body="<p>民警冒雪寻找，平安送归。</p>")
    author = at_desk(newsroom.correspondent)
    author.goes_to(f"/desk/articles/{article.number}/")
    author.follows("手机预览")
    author.page.get_by_label("1 小时").check()
    author.presses("生成链接")
    expect(author.page.get_by_role("img", name="预览地址的二维码")).to_be_visible()
    author.presses("复制链接")
    author.reads("链接已复制")
    address = author.page.locator(".preview-address").inner_text()

    phone = new_context(is_mobile=True, has_touch=True, device_scale_factor=2).new_page()
    phone.set_viewport_size(SCREENS["phone"]["viewport"])
    phone.goto(address)
    expect(phone.get_by_role("heading", name="民警雪夜送归走失老人")).to_be_visible()
    expect(phone.get_by_text("民警冒雪寻找，平安送归。")).to_be_visible()
    expect(phone.get_by_role("note")).to_contain_text("未发布")
    expect(phone.get_by_role("note")).to_be_in_viewport()
    assert phone.evaluate(STICKS_OUT) == []
    assert phone.context.cookies() == []

    later: Any = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    phone.reload()
    expect(phone.get_by_role("heading", name="此预览链接无效")).to_be_visible()
    expect(phone.get_by_text("老人")).to_have_count(0)
