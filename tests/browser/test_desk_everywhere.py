"""The desk on the smallest screen and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bulletins.models import Article
from tests.browser.people import Person
from tests.browser.test_reading import SMALLEST, STICKS_OUT
from tests.factories import Newsroom, make_campaign

pytestmark = pytest.mark.seen_once

Desk = Callable[..., Person]


def test_no_page_of_the_desk_scrolls_sideways_at_320_pixels(newsroom: Newsroom, at_desk: Desk) -> None:
    campaign = make_campaign("打击非法运输燃放烟花爆竹专项行动")
    waiting = newsroom.at_stage("desk_review", campaigns=[campaign], tags=["反诈宣传进校园"])
    newsroom.at_stage("returned")
    draft, live = newsroom.draft(), newsroom.released()
    pages = {
        newsroom.correspondent: [
            "/desk/",
            "/desk/articles/new/",
            f"/desk/articles/{draft.number}/edit/?check=1",
            "/desk/me/",
            "/desk/password_change/",
        ],
        newsroom.desk_editor: [
            "/desk/",
            "/desk/queue/",
            "/desk/articles/",
            f"/desk/articles/{waiting.number}/",
            f"/desk/articles/{waiting.number}/edit/",
            f"/desk/articles/{waiting.number}/revisions/1/",
            f"/desk/articles/{live.number}/",
        ],
    }
    for user, paths in pages.items():
        person = at_desk(user)
        person.page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
        for path in paths:
            person.goes_to(path)
            assert (path, person.page.evaluate(STICKS_OUT)) == (path, [])


def test_a_reviewer_without_a_mouse_finds_a_story_and_passes_it(newsroom: Newsroom, at_desk: Desk) -> None:
    newsroom.submitted()
    reviewer = at_desk(newsroom.unit_reviewer)
    reviewer.goes_to("/desk/queue/")
    keys, page = reviewer.page.keyboard, reviewer.page
    keys.press("Tab")
    expect(page.get_by_role("link", name="跳到主要内容")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")  # the filters
    keys.press("Tab")
    expect(page.get_by_role("main").get_by_role("link", name="民警雪夜送归走失老人")).to_be_focused()
    keys.press("Enter")
    passing = page.get_by_role("button", name="通过", exact=True)
    expect(passing).to_be_visible()
    for _ in range(30):
        if passing.evaluate("button => button === document.activeElement"):
            break
        keys.press("Tab")
    expect(passing).to_be_focused()
    keys.press("Enter")
    reviewer.reads("已通过")
    assert Article.objects.get().stage == "desk_review"


def test_on_a_phone_the_next_story_is_in_sight_as_soon_as_one_is_passed(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    first = newsroom.submitted(body="<p>民警迅速赶到现场。</p>" * 60)
    second = newsroom.submitted(headline="护学岗上的清晨")
    reviewer = at_desk(newsroom.unit_reviewer)
    reviewer.page.set_viewport_size({"width": 390, "height": 844})
    reviewer.goes_to(f"/desk/articles/{first.number}/")
    reviewer.presses("通过")
    reviewer.reads("已通过")
    way_on = reviewer.page.get_by_role("link", name="下一篇：护学岗上的清晨").first
    expect(way_on).to_be_in_viewport()
    way_on.click()
    expect(reviewer.page).to_have_url(f"{reviewer.host}/desk/articles/{second.number}/")


def test_the_toolbar_of_the_editor_is_reached_and_used_by_keyboard(newsroom: Newsroom, at_desk: Desk) -> None:
    person = at_desk(newsroom.correspondent)
    person.goes_to("/desk/articles/new/")
    person.page.get_by_label("标题", exact=True).fill("民警雪夜送归走失老人")
    expect(person.editor).to_be_visible()
    person.page.get_by_label("标题", exact=True).press("Tab")
    heading = person.page.get_by_role("button", name="小标题", exact=True)
    expect(heading).to_be_focused()
    heading.press("Enter")
    expect(person.editor).to_be_focused()  # the editor takes the focus with the next frame
    person.page.keyboard.insert_text("织密防护网")
    expect(person.editor.get_by_role("heading", name="织密防护网")).to_be_visible()


def test_leaving_with_something_unsaved_asks_first(newsroom: Newsroom, at_desk: Desk) -> None:
    person = at_desk(newsroom.correspondent)
    person.goes_to("/desk/articles/new/")
    expect(person.editor).to_be_visible()
    person.writes("还没有保存的正文。")
    asked: list[str] = []
    person.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    person.page.get_by_role("link", name="待办").first.click()
    expect(person.editor).to_have_text("还没有保存的正文。")
    assert asked == ["beforeunload"]
