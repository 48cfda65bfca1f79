"""A finding is led to, let stand with a reason, read by the next reviewer, and stands again after an edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from bulletins.models import Article, Override, Stage
from tests.browser.people import Person
from tests.browser.test_reading import SMALLEST, STICKS_OUT
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once

Desk = Callable[..., Person]
PHONE = "13812345678"
BODY = "<p>近日，民警接到求助。</p><p>热心群众的手机号码是<strong>138</strong>12345678。</p>"
REASON = "经本人书面同意公开"


def opens(person: Person, article: Article) -> None:
    person.goes_to(f"/desk/articles/{article.number}/")


def findings(person: Person) -> Locator:
    return person.page.get_by_role("region", name="稿件检查")


def of_the_phone(person: Person) -> Locator:
    return findings(person).get_by_role("listitem").filter(has_text=PHONE)


def selected(person: Person) -> str:
    return str(person.page.evaluate("getSelection().toString()"))


def lets_it_stand(person: Person, reason: str) -> None:
    line = of_the_phone(person)
    line.get_by_text("放行……").click()
    line.get_by_label("放行理由").fill(reason)
    line.get_by_role("button", name="凭此理由放行").click()


def approved_unchecked(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Article:
    """As it is when an identity number or a term is learnt of after the final review."""
    with monkeypatch.context() as patched:
        patched.setattr("bulletins.readiness.CHECKS", ())
        return newsroom.at_stage(Stage.APPROVED, body=BODY)


def test_an_override_is_given_shown_to_the_next_reviewer_and_voided_by_an_edit(
    newsroom: Newsroom, at_desk: Desk, screen: str
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BODY)
    editor = at_desk(newsroom.desk_editor)
    opens(editor, article)
    editor.reads("有 1 处必须先改正或经核放行，才能通过。")
    lets_it_stand(editor, REASON)
    editor.reads("已放行。理由随稿件留存。")
    expect(editor.page.get_by_text("才能通过")).to_have_count(0)
    editor.presses("通过")
    editor.reads("已通过")

    chief = at_desk(newsroom.chief)
    opens(chief, article)
    line = of_the_phone(chief)
    expect(line).to_contain_text(REASON)
    expect(line).to_contain_text(newsroom.desk_editor.name)
    chief.follows("修改稿件")
    expect(chief.editor).to_be_visible()
    chief.writes(f"近日，民警接到求助。\n这位热心群众的手机号码是{PHONE}。")
    # It asks first whether the desk can be reached.
    with chief.page.expect_navigation():
        chief.presses("保存")
    opens(chief, article)
    line = of_the_phone(chief)
    expect(line).to_contain_text("放行已失效")
    expect(line).to_contain_text(REASON)
    second = at_desk(newsroom.second_chief)
    opens(second, article)
    second.reads("有 1 处必须先改正或经核放行，才能通过。")
    second.presses("通过")
    second.reads("“通过”未能完成")
    article.refresh_from_db()
    assert article.stage == Stage.FINAL_REVIEW


def test_a_blocked_release_says_why_and_leads_to_the_place(
    newsroom: Newsroom, at_desk: Desk, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = approved_unchecked(newsroom, monkeypatch)
    chief = at_desk(newsroom.chief)
    opens(chief, article)
    chief.reads("有 1 处必须先改正或经核放行，才能签发。")
    chief.page.get_by_text("签发…", exact=True).click()
    chief.presses("签发")
    alert = chief.page.get_by_role("alert")
    expect(alert).to_contain_text(f"“{PHONE}”是手机号码。")
    alert.get_by_role("link").click()
    assert selected(chief) == PHONE
    expect(chief.page.locator(".paper strong")).to_be_in_viewport()
    article.refresh_from_db()
    assert article.stage == Stage.APPROVED
    lets_it_stand(chief, REASON)
    chief.reads("已放行")
    chief.presses("签发")
    chief.reads("已签发")
    assert Override.objects.get().by == newsroom.chief


def test_a_finding_leads_to_its_letters_in_every_part_of_the_article(
    newsroom: Newsroom, at_desk: Desk, screen: str
) -> None:
    article = newsroom.at_stage(
        Stage.DESK_REVIEW,
        headline="热心群众13912345678\n送归走失老人",
        summary="联系电话13712345678。",
        source="13612345678",
        body=BODY + "<p>民警迅速赶到。</p>" * 40 + "<p>又一号码13512345678。</p>",
    )
    editor = at_desk(newsroom.desk_editor)
    opens(editor, article)
    for number in ("13912345678", "13712345678", "13612345678", "13512345678", PHONE):
        findings(editor).get_by_role("link").filter(has_text=number).click()
        assert selected(editor) == number
        box = editor.page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
        assert 0 <= box["top"] <= editor.page.viewport_size["height"]  # type: ignore[index]


def test_a_finding_is_led_to_and_let_stand_by_keyboard(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BODY)
    editor = at_desk(newsroom.desk_editor)
    opens(editor, article)
    of_the_phone(editor).get_by_role("link").press("Enter")
    assert selected(editor) == PHONE
    fold = of_the_phone(editor).locator("summary")
    fold.press("Enter")
    fold.press("Tab")
    expect(editor.page.get_by_label("放行理由")).to_be_focused()
    editor.page.keyboard.insert_text(REASON)
    editor.page.keyboard.press("Tab")
    editor.page.keyboard.press("Enter")
    editor.reads("已放行")


def test_without_scripts_it_is_let_stand_all_the_same(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BODY)
    editor = at_desk(newsroom.desk_editor, java_script_enabled=False)
    opens(editor, article)
    of_the_phone(editor).get_by_role("link").click()
    assert editor.page.url.endswith("#paper")
    lets_it_stand(editor, REASON)
    editor.reads("已放行")
    assert Override.objects.get().reason == REASON


def test_what_is_found_fits_the_smallest_screen(newsroom: Newsroom, at_desk: Desk) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BODY + f"<p>{'9' * 300}的的</p>")
    editor = at_desk(newsroom.desk_editor)
    editor.page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    opens(editor, article)
    of_the_phone(editor).get_by_text("放行……").click()
    assert editor.page.evaluate(STICKS_OUT) == []
    editor.goes_to("/desk/figures/")
    assert editor.page.evaluate(STICKS_OUT) == []
