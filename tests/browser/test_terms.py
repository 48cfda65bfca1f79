"""An administrator keeps the table of terms, and what it says is found in the next text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bulletins.models import TermEntry
from bulletins.readiness.term_files import read
from tests.browser.people import Person
from tests.factories import Newsroom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]

LIST = "/desk/bulletins/termentry/"
# Two lines that cannot be taken: a severity that there is none of, and a day that is in no calendar.
A_LIST = """词语,建议,级别,例外,说明,生效日期,失效日期
政部,,禁止,市政部门|民政部,没有这个部门。,,
布署,部署,最坏,,,,
按装,安装,警告,,“按”是用手压。,,
登陆,登录,提示,登陆艇,,2026-02-30,
"""


@pytest.fixture
def administrator(newsroom: Newsroom, at_desk: Callable[..., Person]) -> Person:
    TermEntry.objects.all().delete()
    person = at_desk(newsroom.administrator)
    person.goes_to(LIST)
    return person


def fits(person: Person) -> bool:
    """Whether nothing of the page lies beside the screen."""
    return bool(person.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))


def has_its_edges(field: Locator) -> bool:
    """Whether a field lies within the row of the form that it is in, with both its borders."""
    return bool(
        field.evaluate(
            "e => e.getBoundingClientRect().right <= e.closest('.form-row').getBoundingClientRect().right"
        )
    )


def found_by(writer: Person) -> Locator:
    """What the panel beside the form shows of the text, opened if it has to be."""
    way = writer.page.locator("button.findings-way:visible")
    if way.count() and way.get_attribute("aria-expanded") == "false":
        way.click()
    return writer.page.locator("[data-finding] mark", has_text="政部")


def tries(person: Person, sentence: str) -> None:
    person.page.get_by_label("试一句话").fill(sentence)
    person.presses("查一查")
    expect(person.page.get_by_role("main").get_by_role("textbox")).to_have_value(sentence)


def downloads(person: Person, link: str) -> bytes:
    with person.page.expect_download() as begun:
        person.page.get_by_role("link", name=link).click()
    return Path(begun.value.path()).read_bytes()


def test_a_term_is_tried_added_and_found_at_once_in_the_next_text(
    newsroom: Newsroom, administrator: Person, at_desk: Callable[..., Person], screen: str
) -> None:
    writer = at_desk(newsroom.correspondent)
    writer.goes_to("/desk/articles/new/")
    expect(writer.editor).to_be_visible()
    assert fits(administrator)  # shot: list-empty
    tries(administrator, "市政部门与政部会商。")
    administrator.reads("这句话里没有词语表中的词。")
    assert fits(administrator)  # shot: try-nothing

    administrator.goes_to(LIST)
    administrator.page.get_by_role("link", name="新增词语").click()
    administrator.page.get_by_label(re.compile("^词语")).fill("政部")
    administrator.page.get_by_label("级别").select_option("必须修改")
    administrator.page.get_by_label("例外词").fill("市政部门")
    administrator.page.get_by_label("理由").fill("没有这个部门。")
    assert has_its_edges(administrator.page.get_by_label("理由"))
    assert fits(administrator)  # shot: form
    administrator.page.get_by_role("button", name="保存").first.click()
    administrator.reads("政部")
    assert fits(administrator)  # shot: list-one
    tries(administrator, "市政部门与政部会商。")
    expect(administrator.page.get_by_role("main").locator("mark")).to_have_text(["政部"])
    administrator.reads("没有这个部门。")
    assert fits(administrator)  # shot: try-found

    # Their form was open before the term was there.
    writer.page.get_by_label("标题", exact=True).fill("市政部门会商道路安全")
    writer.writes("市政部门与政部会商。")
    expect(
        writer.page.locator(".findings-way:visible, .findings:visible .findings-summary").first
    ).to_contain_text("必须修改 1 处")
    expect(found_by(writer)).to_have_count(1)
    writer.reads("没有这个部门。")  # shot: writer


def test_a_list_with_broken_lines_is_looked_at_taken_in_and_comes_out_again(
    administrator: Person, screen: str
) -> None:
    page = administrator.page
    page.get_by_role("link", name="导入词语").click()
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "本局词语.csv", "mimeType": "text/csv", "buffer": A_LIST.encode("gb18030")}
    )
    assert fits(administrator)  # shot: import
    administrator.presses("先看会改动什么")
    administrator.reads("本局词语.csv", "最坏", "2026-02-30", "按装")
    assert fits(administrator)  # shot: look
    report = downloads(administrator, "下载全部未采用的行（CSV）").decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(report))][1:] == ["3", "5"]
    assert not TermEntry.objects.exists()

    administrator.presses("确认导入")
    administrator.reads("导入完成：添加 2 个，更新 0 个，删除 0 个。", "按装")
    assert fits(administrator)  # shot: taken-in
    for name, link in (("t.csv", "CSV"), ("t.xlsx", "Excel")):
        out = read(name, downloads(administrator, link))
        assert [(term.match, term.exceptions, term.suggestion) for term in out.terms] == [
            ("政部", ("市政部门", "民政部"), ""),
            ("按装", (), "安装"),
        ]


def test_a_file_that_is_no_list_says_so_and_the_next_one_is_chosen(
    administrator: Person, screen: str
) -> None:
    page = administrator.page
    page.get_by_role("link", name="导入词语").click()
    broken = {
        "name": "名单.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": b"PK\x03\x04" + bytes(40),
    }
    page.get_by_label("文件", exact=True).set_input_files(broken)
    page.get_by_label("替换整个词语表").check()
    administrator.presses("先看会改动什么")
    expect(page.get_by_role("alert")).to_contain_text("名单.xlsx")
    expect(page.get_by_label("替换整个词语表")).to_be_checked()
    assert fits(administrator)  # shot: no-list
