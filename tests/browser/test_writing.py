"""What may go wrong between a browser and the desk: a bad upload, two people at once, an impatient finger, no script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, expect

from bulletins import workflow
from bulletins.models import Article, Stage
from tests.browser.people import PASSWORD, Person, photo_file
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

Desk = Callable[..., Person]


def begins(person: Person, headline: str = "民警雪夜送归走失老人") -> None:
    person.goes_to("/desk/articles/new/")
    person.page.get_by_label("标题", exact=True).fill(headline)
    expect(person.editor).to_be_visible()


def test_an_upload_that_is_no_picture_is_refused_and_nothing_typed_is_lost(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    person = at_desk(newsroom.correspondent)
    begins(person)
    person.writes("写了很久的正文。")
    person.page.get_by_label("添加照片").set_input_files(
        {"name": "通知.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 not a picture"}
    )
    expect(person.page.locator(".errorlist", has_text="通知.jpg")).to_be_visible()
    expect(person.editor).to_have_text("写了很久的正文。")
    person.page.get_by_label("添加照片").set_input_files(photo_file())
    expect(person.page.get_by_role("button", name="插入正文")).to_be_visible()
    person.presses("保存草稿")
    person.reads("已保存")
    article = Article.objects.get()
    assert (article.body, article.photos.count()) == ("<p>写了很久的正文。</p>", 1)


def test_a_stale_save_is_merged(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.draft(body="<p>第一段。</p><p>第二段。</p><p>第三段。</p>")
    author, editor = at_desk(newsroom.correspondent), at_desk(newsroom.desk_editor)
    for person in (author, editor):
        person.goes_to(f"/desk/articles/{article.number}/edit/")
    author.page.reload()
    author.reads("编辑丙正在修改")
    editor.writes("编辑改的第一段。\n第二段。\n编辑改的第三段。")
    editor.presses("保存草稿")
    editor.reads("已保存")

    author.writes("作者改的第一段。\n第二段。\n第三段。")
    author.presses("保存草稿")
    conflict = author.page.get_by_role("alert", name="两个版本")
    expect(conflict.locator(".collision")).to_contain_text(["编辑改的第一段。"])
    # What only the editor changed is in the form already; the first paragraph is to be chosen.
    expect(author.editor).to_have_text("作者改的第一段。第二段。编辑改的第三段。")
    assert Article.objects.get().body.startswith("<p>编辑改的第一段。</p>")

    conflict.get_by_label("两段都要（对方的在前）").check()
    author.presses("保存草稿")
    author.reads("已保存")
    now = Article.objects.get()
    texts = ("编辑改的第一段。", "作者改的第一段。", "第二段。", "编辑改的第三段。")
    assert now.body == "".join(f"<p>{text}</p>" for text in texts)
    assert now.revision_number == 3


def test_what_was_typed_survives_a_closed_tab_and_an_expired_session(
    newsroom: Newsroom, new_context: Callable[[], BrowserContext], live_server: Any
) -> None:
    person = Person.arrives(new_context(), newsroom.correspondent, live_server.url)
    begins(person)
    person.writes("写了一半，标签页关掉了。")
    expect(person.page.locator(".form-bar-state")).to_contain_text("已在本机暂存")
    person.page.close()

    person.page = person.page.context.new_page()
    person.goes_to("/desk/articles/new/")
    person.reads("有未保存的内容")
    person.presses("恢复")
    expect(person.editor).to_have_text("写了一半，标签页关掉了。")
    person.writes("写完了，登录却过期了。")
    # The session ends here, and it is the other window in which the person signs in again.
    Session.objects.all().delete()
    person.presses("保存草稿")
    person.reads("您已退出登录")
    with person.page.expect_popup() as opened:
        person.follows("第一步：登录（在新窗口打开）")
    opened.value.get_by_label("登录名").fill(person.user.username)
    opened.value.get_by_label("密码").fill(PASSWORD)
    opened.value.get_by_role("button", name="登录").click()
    expect(opened.value.get_by_role("button", name="退出")).to_be_visible()
    person.presses("第二步：回到本页，重新提交")
    person.reads("已保存")
    assert Article.objects.get().body == "<p>写完了，登录却过期了。</p>"

    # It is saved, so nothing is offered any more; and nobody else would be.
    person.goes_to("/desk/articles/new/")
    expect(person.editor).to_be_visible()
    expect(person.page.get_by_text("有未保存的内容")).to_have_count(0)


def test_without_a_network_nothing_is_sent_and_it_is_tried_again(newsroom: Newsroom, at_desk: Desk) -> None:
    person = at_desk(newsroom.correspondent)
    begins(person)
    person.writes("网络断了也不丢。")
    person.page.context.set_offline(True)
    person.presses("保存草稿")
    person.reads("网络不通")
    assert not Article.objects.exists()
    person.page.context.set_offline(False)
    person.reads("已保存")
    assert Article.objects.get().body == "<p>网络断了也不丢。</p>"


def test_nobody_else_on_the_same_computer_is_offered_what_was_typed(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    person = at_desk(newsroom.correspondent)
    begins(person)
    person.writes("只给自己看的草稿。")
    expect(person.page.locator(".form-bar-state")).to_contain_text("已在本机暂存")
    person.page.on("dialog", lambda dialog: dialog.accept())
    person.presses("退出")
    expect(person.page.get_by_role("button", name="退出")).to_have_count(0)
    kept = person.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('desk-unsaved:'))")
    assert kept == []


def test_a_reviewer_reads_the_difference_since_her_last_look_and_passes(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    article = newsroom.at_stage(Stage.RETURNED, body="<p>近日，民警接到求助。</p><p>老人平安到家。</p>")

    def mend(locked: Article) -> None:
        locked.body = "<p>12月28日晚，民警接到求助。</p><p>老人平安到家。</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=newsroom.correspondent, write=mend)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    reviewer = at_desk(newsroom.unit_reviewer)
    reviewer.goes_to(f"/desk/articles/{article.number}/")
    since = reviewer.page.locator("#changes")
    expect(since.locator("summary")).to_have_text("自您上次审核（初审，第 1 版）以来的改动")
    expect(since.locator("del")).to_have_text(["近日"])
    expect(since.locator("ins")).to_have_text(["12月28日晚"])
    since.get_by_role("link", name="并排显示").click()
    expect(reviewer.page.locator(".difference-sides ins")).to_have_text("12月28日晚")
    reviewer.page.go_back()
    reviewer.presses("通过")
    reviewer.reads("已通过")
    assert Article.objects.get().stage == Stage.DESK_REVIEW


def test_a_double_click_on_pass_passes_once(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.submitted()
    reviewer = at_desk(newsroom.unit_reviewer)
    reviewer.goes_to(f"/desk/articles/{article.number}/")
    reviewer.page.get_by_role("button", name="通过", exact=True).dblclick()
    reviewer.reads("已通过")
    assert [line.verb for line in article.transitions.all()] == ["start", "submit", "pass"]


def test_without_script_a_reviewer_returns_and_the_reason_is_read(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.submitted()
    reviewer = at_desk(newsroom.unit_reviewer, java_script_enabled=False)
    reviewer.goes_to(f"/desk/articles/{article.number}/")
    reviewer.page.locator("summary", has_text="退回修改").click()
    reviewer.presses("退回修改")
    expect(reviewer.page.get_by_label("修改意见")).to_be_visible()
    reviewer.page.get_by_label("修改意见").fill("请写明日期")
    reviewer.presses("退回修改")
    reviewer.reads("请写明日期")
    assert workflow.refusals("pass", Article.objects.get(), actor=newsroom.unit_reviewer)
