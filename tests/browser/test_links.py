"""The links of a text are tried from the panel while one writes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bulletins.models import SiteProfile
from bulletins.readiness import link_answers
from tests.browser.people import Person
from tests.factories import Newsroom
from tests.readiness.answering import caller, says, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]


def test_links_are_tried_while_one_writes_on(
    newsroom: Newsroom, at_desk: Callable[..., Person], screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    SiteProfile.objects.create(link_hosts="www.example.cn")
    article = newsroom.draft(body='<p>见<a href="http://www.example.cn/a">通告</a>。</p>')
    with serving({"/a": says("404 No")}) as server:
        monkeypatch.setattr(link_answers, "Caller", lambda hosts: caller(server))
        person = at_desk(newsroom.correspondent)
        person.goes_to(f"/desk/articles/{article.number}/edit/")
        expect(person.editor).to_be_visible()
        way = person.page.locator("button.findings-way:visible")
        if way.count():
            way.click()
        person.page.get_by_label("眉题").fill("湖滨派出所民警")
        person.page.locator(".findings-info summary").click()
        person.page.get_by_role("button", name="试一试链接").click()
        expect(person.page.locator(".finding-sentence", has_text="页面不存在（404）")).to_be_visible()
        expect(person.page.get_by_role("button", name="试一试链接")).to_have_count(0)
        # What was typed and not saved stands there still.
        expect(person.page.get_by_label("眉题")).to_have_value("湖滨派出所民警")
        assert [request.split(" ")[0] for request in server.requests] == ["HEAD"]
