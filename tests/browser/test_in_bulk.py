"""Briefs are passed in bulk, and one of them is refused by a rule with its reason."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bulletins.models import Article, Stage
from tests.browser.people import Person
from tests.factories import Newsroom

Desk = Callable[..., Person]


def test_briefs_are_passed_in_bulk_and_one_is_refused_with_its_reason(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    names = ("夜间巡逻护平安", "雨天护学保畅通", "反诈宣传进社区")
    good, second, left = (
        newsroom.at_stage(Stage.DESK_REVIEW, kind="brief", headline=name, body=f"<p>民警{name}。</p>")
        for name in names
    )
    blocked = newsroom.at_stage(
        Stage.DESK_REVIEW, kind="brief", headline="留了号码的简讯", body="<p>联系人手机13812345678。</p>"
    )
    editor = at_desk(newsroom.desk_editor)
    editor.goes_to("/desk/queue/?kind=brief")
    editor.presses("全选")
    editor.page.get_by_label(f"勾选“{left.title}”").uncheck()
    with editor.page.expect_navigation(url="**/desk/queue/passed/"):
        editor.presses("通过选中的简讯")
    refused = editor.page.get_by_role("region", name="未通过")
    expect(refused.get_by_role("link")).to_have_text(blocked.title)
    expect(refused).to_contain_text("“13812345678”是手机号码")
    passed = editor.page.get_by_role("region", name="已通过")
    expect(passed.get_by_role("link")).to_have_text([good.title, second.title])
    editor.follows("返回待办")
    expect(editor.page.get_by_role("main").get_by_role("link", name=left.title)).to_be_visible()
    stages = Article.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["final_review", "final_review", "desk_review", "desk_review"]
