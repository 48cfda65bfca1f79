"""What may go wrong between a browser and the desk: a bad upload, two people at once, an impatient finger, no script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bulletins import workflow
from bulletins.models import Article
from tests.browser.people import Person, photo_file
from tests.factories import Newsroom

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


def test_a_stale_save_shows_both_texts_and_can_be_merged(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.draft()
    author, editor = at_desk(newsroom.correspondent), at_desk(newsroom.desk_editor)
    for person in (author, editor):
        person.goes_to(f"/desk/articles/{article.number}/edit/")
    editor.writes("编辑补写的第一段。")
    editor.presses("保存草稿")
    editor.reads("已保存")

    author.writes("作者自己的第一段。")
    author.presses("保存草稿")
    conflict = author.page.get_by_role("alert", name="两个版本")
    expect(conflict).to_contain_text("编辑补写的第一段。")
    expect(conflict).to_contain_text("作者自己的第一段。")
    expect(author.editor).to_have_text("作者自己的第一段。")
    assert Article.objects.get().body == "<p>编辑补写的第一段。</p>"

    author.writes("编辑补写的第一段。\n作者自己的第一段。")
    author.presses("保存草稿")
    author.reads("已保存")
    now = Article.objects.get()
    assert now.body == "<p>编辑补写的第一段。</p><p>作者自己的第一段。</p>"
    assert now.revision_number == 3


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
