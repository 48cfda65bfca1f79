"""Writing in a real browser: what a paste brings, what an upload that is no picture gets, what two people at once see."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bulletins import workflow
from bulletins.models import Article
from tests.browser.people import Person, photo_file
from tests.factories import Newsroom

# As Word puts it on the clipboard: conditional comments, its own elements, classes, styles, a picture of its own.
FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h2 style='mso-line-height-rule:exactly'><span style='font-family:黑体'>织密防护网<o:p></o:p></span></h2>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;color:red;
mso-fareast-font-family:仿宋_GB2312'>近日，民警<b style='mso-bidi-font-weight:normal'>接到求助</b>。<o:p></o:p></span></p>
<p class=MsoNormal><a href="javascript:alert(1)">老人</a>平安回家。<![if !vml]>
<img width=2 height=2 src="file:///C:/Users/ZHANG/AppData/msohtmlclip1/01/clip_image002.jpg"><![endif]></p>
<!--EndFragment--></body></html>"""

PASTE = """(element, html) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/html", html)
  clipboardData.setData("text/plain", "织密防护网")
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""

Desk = Callable[..., Person]


def begins(person: Person, headline: str = "民警雪夜送归走失老人") -> None:
    person.goes_to("/desk/articles/new/")
    person.page.get_by_label("标题", exact=True).fill(headline)
    expect(person.editor).to_be_visible()


def test_a_paste_from_word_comes_out_clean(newsroom: Newsroom, at_desk: Desk) -> None:
    person = at_desk(newsroom.correspondent)
    begins(person)
    person.editor.evaluate(PASTE, FROM_WORD)
    person.reads("织密防护网", "粘贴不会带入图片")
    person.presses("保存草稿")
    person.reads("已保存")
    assert Article.objects.get().body == (
        "<h2>织密防护网</h2><p>近日，民警<strong>接到求助</strong>。</p><p>老人平安回家。</p>"
    )


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


def test_a_picture_is_put_into_the_text_and_shown_there(newsroom: Newsroom, at_desk: Desk) -> None:
    person = at_desk(newsroom.correspondent)
    begins(person)
    person.writes("雪夜里的脚印。")
    person.page.get_by_label("添加照片").set_input_files(photo_file())
    person.page.get_by_label("画面描述").fill("雪地上的脚印")
    person.presses("插入正文")
    expect(person.editor.get_by_role("img", name="雪地上的脚印")).to_be_visible()
    person.presses("保存草稿")
    person.reads("已保存")
    article = Article.objects.get()
    assert f'<img src="photo:{article.photos.get().sha256}"' in article.body
    person.goes_to(f"/desk/articles/{article.number}/")
    shown = person.page.get_by_role("img", name="雪地上的脚印")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640


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


def test_without_script_a_correspondent_writes_adds_a_photo_and_submits(
    newsroom: Newsroom, at_desk: Desk
) -> None:
    person = at_desk(newsroom.correspondent, java_script_enabled=False)
    person.goes_to("/desk/")
    person.follows("写稿")
    page = person.page
    page.get_by_label("标题", exact=True).fill("民警雪夜送归走失老人")
    page.get_by_label("正文").fill("第一段。\n第二段。")
    page.get_by_label("姓名").first.fill("张三")
    page.get_by_label("添加照片").set_input_files(photo_file())
    person.presses("投稿")
    person.reads("已投稿", "第二段。")
    article = Article.objects.get()
    assert (article.stage, article.body) == ("unit_review", "<p>第一段。</p><p>第二段。</p>")
    assert article.photos.count() == 1


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
