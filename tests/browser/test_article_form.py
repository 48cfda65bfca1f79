"""The article form in a real browser: a paste from Word, photos, names, and life without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bulletins.models import Article
from tests.browser.people import PASSWORD, Person, photo_file
from tests.factories import Newsroom, make_correspondent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]

# What Word puts on the clipboard, shortened: bold and size said by style, a first-rank heading, a picture of its own.
WORD = """<html><head><style>p.MsoNormal{font-family:仿宋}</style></head><body>
<h1 style="color:red">雪夜寻人</h1>
<p class=MsoNormal style="text-indent:21pt"><span lang=ZH-CN style="font-weight:bold">湖滨派出所</span>接到求助。<o:p></o:p></p>
<p><img src="file:///C:/Temp/msohtml1/01/clip_image002.jpg"></p>
<table><tr><td style="width:9cm">甲</td></tr></table></body></html>"""

PASTE = """html => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  data.setData("text/plain", "x")
  document.querySelector("[contenteditable=true]").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def writer(new_context: Callable[..., BrowserContext], live_server: Any) -> Person:
    newsroom = Newsroom()
    make_correspondent("李卫东", newsroom.station)
    person = Person.arrives(new_context(), newsroom.correspondent, live_server.url)
    person.goes_to("/desk/articles/new/")
    return person


def body_of(page: Page) -> str:
    return page.locator("[name=body]").input_value()


def test_a_paste_from_word_comes_out_clean_and_says_that_pictures_stay_behind(writer):
    writer.editor.click()
    writer.page.evaluate(PASTE, WORD)
    expect(writer.editor).to_contain_text("接到求助")
    assert body_of(writer.page) == (
        "<h2>雪夜寻人</h2><p><strong>湖滨派出所</strong>接到求助。</p><p></p>"
        "<table><tbody><tr><td><p>甲</p></td></tr></tbody></table>"
    )
    writer.reads("粘贴不会带入图片")


def test_a_photo_is_previewed_at_once_and_put_into_the_text(writer, screen):
    writer.writes("第一段。\n第二段。")
    writer.page.get_by_label("添加照片").set_input_files([photo_file()])
    writer.page.get_by_label("图片说明").fill("民警在现场")
    writer.presses("插入正文")
    expect(writer.editor.locator("img")).to_be_visible()
    writer.presses("保存草稿")
    writer.reads("已保存为第 1 版")
    article = Article.objects.get()
    assert f'<img src="photo:{article.photos.get().sha256}"' in article.body


def test_a_name_is_completed_with_the_keyboard(writer):
    name = writer.page.get_by_label("姓名").first
    name.press_sequentially("李卫")
    expect(writer.page.get_by_role("option", name="李卫东")).to_be_visible()
    name.press("ArrowDown")
    name.press("Enter")
    expect(name).to_have_value("李卫东")
    writer.presses("保存草稿")
    writer.reads("已保存为第 1 版")
    assert Article.objects.get().credits.get().correspondent.name == "李卫东"


def test_everything_works_without_javascript(browser: Browser, live_server: Any):
    newsroom = Newsroom()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/desk/articles/new/")
    page.get_by_label("登录名").fill(newsroom.correspondent.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("标题").fill("没有脚本的一天")
    page.get_by_label("正文").fill("第一段。\n第二段。")
    page.locator("[name=new_photos]").set_input_files([photo_file()])
    page.get_by_role("button", name="投稿").click()
    expect(page.get_by_text("已投稿")).to_be_visible()
    article = Article.objects.get()
    assert article.body == "<p>第一段。</p><p>第二段。</p>" and article.photos.count() == 1
    page.context.close()
