"""The read view says what the checks found, what may stay and why, and what was mended since the last step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bulletins import workflow
from bulletins.desk.found import Found, Line
from bulletins.models import Article, Override, SiteProfile, Stage
from tests.desk.conftest import decision
from tests.factories import Newsroom, make_campaign

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
PHONE = "<p>联系人手机13812345678。</p>"
CARD = "<p>银行卡号6222021234567890128。</p>"
TWICE = "<p>民警在现场的的照片。</p>"
CLEAN = "<p>近日，民警接到求助。</p>"
REASON = "经本人同意公开"


@pytest.fixture(autouse=True)
def stops_before_the_final_review(db: None) -> None:
    SiteProfile.objects.create(stops_before=Stage.FINAL_REVIEW)


def page_of(desk: Client, article: Article) -> HttpResponse:
    return desk.get(reverse("admin:article", args=[article.number]))


def found(desk: Client, article: Article) -> Found:
    shown: Found = page_of(desk, article).context["found"]
    return shown


def line_about(shown: Found, key: str) -> Line:
    lines = [line for group in shown.groups for line in group.lines] + list(shown.overridden)
    return next(line for line in lines if line.finding.key == key)


def override(desk: Client, article: Article, mark: str, reason: str = REASON, **said: Any) -> HttpResponse:
    address = reverse("admin:article_act", args=[article.number, "override"])
    return desk.post(
        address, decision(article, **{"override-finding": mark, "override-reason": reason} | said)
    )


def mend(article: Article, body: str, *, actor: User) -> None:
    def write(article: Article) -> None:
        article.body = body
        article.save()

    workflow.perform("edit", article, actor=actor, write=write)


@pytest.fixture
def waiting(newsroom: Newsroom) -> Article:
    """At the desk, with a telephone number and a word written twice."""
    return newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE + TWICE)


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Desk) -> Client:
    return desk_of(newsroom.desk_editor)


@pytest.mark.parametrize("person", ["correspondent", "unit_reviewer", "desk_editor", "chief", "auditor"])
def test_whoever_reads_an_article_sees_what_was_found_with_its_place_and_what_to_do(
    newsroom: Newsroom, desk_of: Desk, waiting: Article, person: str
) -> None:
    page = page_of(desk_of(getattr(newsroom, person)), waiting)
    line = line_about(page.context["found"], "mobile_number")
    assert line.sentence in page.text and line.advice in page.text
    assert 'data-passage="body" data-start="5" data-end="16" data-text="13812345678"' in page.text
    assert [group.severity for group in page.context["found"].groups][:2] == ["block", "warn"]


def test_markup_in_a_text_is_shown_as_letters(newsroom: Newsroom, desk: Client) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, summary='"><b>13812345678</b>', body=CLEAN)
    assert "<b>13812345678" not in page_of(desk, article).text


@pytest.mark.parametrize("stage", [Stage.SETTLED, Stage.REFUSED])
def test_what_is_out_or_not_adopted_is_not_checked_again(
    newsroom: Newsroom, desk: Client, stage: str
) -> None:
    article = newsroom.at_stage(stage, body=TWICE)
    page = page_of(desk, article)
    assert page.context["found"] is None and 'id="findings"' not in page.text


# --- What stops the next step ----------------------------------------------------------------------------------------


def test_a_verb_that_would_be_refused_is_not_urged_and_it_is_said_why(desk: Client, waiting: Article) -> None:
    page = page_of(desk, waiting)
    assert page.context["stopped"] and page.context["stopped"] in page.text
    button = next(button for button in page.context["buttons"] if button.verb == "pass")
    assert not button.is_primary and not page.context["has_primary"]


def test_nothing_is_stopped_before_the_step_that_the_office_named(newsroom: Newsroom, desk_of: Desk) -> None:
    page = page_of(desk_of(newsroom.unit_reviewer), newsroom.submitted(body=PHONE))
    assert page.context["found"].blocks and page.context["stopped"] == ""
    assert next(button for button in page.context["buttons"] if button.verb == "pass").is_primary


def test_a_warning_stops_nothing(newsroom: Newsroom, desk: Client) -> None:
    page = page_of(desk, newsroom.at_stage(Stage.DESK_REVIEW, body=TWICE))
    assert page.context["stopped"] == "" and page.context["has_primary"]


def test_a_verb_that_was_refused_names_each_place_with_a_link(desk: Client, newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE + CARD + "<p>又一号码13912345678。</p>" * 5)
    address = reverse("admin:article_act", args=[article.number, "pass"])
    page = desk.post(address, decision(article))
    assert page.status_code == 409
    note = page.text.split('role="alert"')[1].split("</div>")[0]
    blocks = page.context["found"].blocks
    assert len(blocks) == 7
    assert note.count("data-passage=") == 7
    for line in blocks:
        assert line.sentence in note


def test_a_story_that_comes_back_is_checked_as_it_was_released(
    newsroom: Newsroom, desk_of: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("bulletins.readiness.CHECKS", ())
        article = newsroom.withdrawn(body=PHONE).article
    workflow.perform("restore", article, actor=newsroom.desk_editor, reason="已核实")
    page = page_of(desk_of(newsroom.chief), article)
    assert [line.finding.key for line in page.context["found"].blocks] == ["mobile_number"]
    assert page.context["stopped"]
    assert override(desk_of(newsroom.chief), article, page.context["found"].blocks[0].mark).status_code == 302
    assert page_of(desk_of(newsroom.chief), article).context["stopped"] == ""


# --- Overriding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("correspondent", False),
        ("unit_reviewer", False),
        ("desk_editor", True),
        ("chief", True),
        ("auditor", False),
    ],
)
def test_the_desk_and_a_chief_are_offered_to_let_it_stand(
    newsroom: Newsroom, desk_of: Desk, waiting: Article, person: str, offered: bool
) -> None:
    text = page_of(desk_of(getattr(newsroom, person)), waiting).text
    assert ('name="override-finding"' in text) == offered


def test_the_author_is_never_offered_it(newsroom: Newsroom, desk: Client) -> None:
    article = newsroom.draft(actor=newsroom.desk_editor, unit=newsroom.bureau, body=PHONE)
    assert 'name="override-finding"' not in page_of(desk, article).text


def test_blocks_and_warnings_may_stand_and_hints_need_not(desk: Client, waiting: Article) -> None:
    page = page_of(desk, waiting)
    lines = [line for group in page.context["found"].groups for line in group.lines]
    hints = [line for line in lines if line.finding.severity == "info"]
    assert hints and page.text.count('name="override-finding"') == len(lines) - len(hints)


def test_whoever_comes_next_reads_who_let_it_stand_and_why(
    newsroom: Newsroom, desk_of: Desk, desk: Client, waiting: Article
) -> None:
    mark = line_about(found(desk, waiting), "mobile_number").mark
    answer = override(desk, waiting, mark)
    assert answer.url.endswith(f"/{waiting.number}/#findings")
    page = page_of(desk_of(newsroom.chief), waiting)
    assert REASON in page.text and newsroom.desk_editor.name in page.text
    assert [line.mark for line in page.context["found"].overridden] == [mark]
    assert page.context["found"].since.overridden == 1
    assert page_of(desk, waiting).context["stopped"] == ""


def test_what_may_stay_is_counted_beside_the_buttons_and_is_not_called_nothing(
    newsroom: Newsroom, desk: Client
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE)

    def write(article: Article) -> None:
        article.campaigns.set([make_campaign("护校安园")])

    workflow.perform("edit", article, actor=newsroom.desk_editor, write=write)
    override(desk, article, found(desk, article).blocks[0].mark)
    page = page_of(desk, article)
    assert not page.context["found"].groups
    beside_the_buttons = page.text.split('class="actions"')[1].split("</section>")[0]
    assert "放行 1 处" in beside_the_buttons and "未发现问题" not in page.text


@pytest.mark.parametrize("reason", ["", "   ", "长" * 2001, "理由\0"])
def test_without_a_proper_reason_it_is_not_done_and_what_was_typed_stands_beside_its_finding(
    desk: Client, waiting: Article, reason: str
) -> None:
    mark = line_about(found(desk, waiting), "mobile_number").mark
    page = override(desk, waiting, mark, reason)
    assert page.status_code == 409 and not Override.objects.exists()
    form = page.text.split('id="act-override"')[1].split("</form>")[0]
    assert mark in form and "errorlist" in form and reason.strip().replace("\0", "") in form.replace("\0", "")
    assert 'href="#act-override"' in page.text


def test_of_what_is_gone_the_typed_reason_is_shown(
    newsroom: Newsroom, desk: Client, waiting: Article
) -> None:
    mark = line_about(found(desk, waiting), "mobile_number").mark
    said = decision(waiting)
    mend(waiting, CLEAN, actor=newsroom.desk_editor)
    page = override(desk, waiting, mark, **said)
    assert page.status_code == 409 and not Override.objects.exists()
    assert ("放行理由", REASON) in [(str(label), value) for label, value in page.context["typed"]]
    assert REASON in page.text


@pytest.mark.parametrize("mark", ["", "x", "\0", "😀" * 300, "0" * 64])
def test_a_mark_of_nothing_overrides_nothing(desk: Client, waiting: Article, mark: str) -> None:
    page = override(desk, waiting, mark)
    assert page.status_code == 409 and not Override.objects.exists() and REASON in page.text


def test_a_double_click_lets_it_stand_once(desk: Client, waiting: Article) -> None:
    mark = line_about(found(desk, waiting), "mobile_number").mark
    assert [override(desk, waiting, mark).status_code for _ in range(2)] == [302, 302]
    assert Override.objects.count() == 1


def test_a_refusal_about_another_finding_is_no_double_click(desk: Client, waiting: Article) -> None:
    shown = found(desk, waiting)
    override(desk, waiting, line_about(shown, "mobile_number").mark)
    page = override(desk, waiting, line_about(shown, "word_twice").mark, reason="")
    assert page.status_code == 409


def test_an_edit_of_the_paragraph_makes_it_void_and_says_so(
    newsroom: Newsroom, desk: Client, waiting: Article
) -> None:
    override(desk, waiting, line_about(found(desk, waiting), "mobile_number").mark)
    waiting.refresh_from_db()
    mend(waiting, "<p>该联系人手机13812345678。</p>" + TWICE, actor=newsroom.desk_editor)
    page = page_of(desk, waiting)
    line = line_about(page.context["found"], "mobile_number")
    assert line.override is None and line.void.reason == REASON and "已失效" in page.text
    assert page.context["stopped"]


def test_an_edit_beside_the_paragraph_leaves_it_standing(
    newsroom: Newsroom, desk: Client, waiting: Article
) -> None:
    override(desk, waiting, line_about(found(desk, waiting), "mobile_number").mark)
    waiting.refresh_from_db()
    mend(waiting, CLEAN + PHONE, actor=newsroom.desk_editor)
    shown = found(desk, waiting)
    assert [line.finding.key for line in shown.overridden] == ["mobile_number"]


# --- Since the last step ---------------------------------------------------------------------------------------------


def test_what_was_mended_and_what_is_new_since_the_last_step_is_said(
    newsroom: Newsroom, desk: Client, waiting: Article
) -> None:
    assert found(desk, waiting).since is None
    mend(waiting, PHONE + CARD, actor=newsroom.desk_editor)
    since = found(desk, waiting).since
    assert since is not None and since.step.verb == "pass"
    assert [line.finding.key for line in since.mended] == ["word_twice"] and since.mended[0].shown == "的的"
    new = [line.finding.key for line in found(desk, waiting).blocks if line.is_new]
    assert new == ["bank_card_number"] and since.new == 1


def test_whoever_comes_next_is_told_what_the_step_before_mended(
    newsroom: Newsroom, desk_of: Desk, desk: Client, waiting: Article
) -> None:
    mend(waiting, PHONE, actor=newsroom.desk_editor)
    override(desk, waiting, line_about(found(desk, waiting), "mobile_number").mark)
    workflow.perform("pass", waiting, actor=newsroom.desk_editor)
    since = found(desk_of(newsroom.chief), waiting).since
    assert since is not None and since.step.actor == newsroom.unit_reviewer
    assert ([line.finding.key for line in since.mended], since.overridden) == (["word_twice"], 1)


def test_a_reviewer_is_told_what_was_mended_since_it_went_back(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.submitted(body=TWICE)
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="“的”字多了")
    mend(article, CLEAN, actor=newsroom.correspondent)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    since = found(desk_of(newsroom.unit_reviewer), article).since
    assert since is not None and since.step.verb == "return"
    assert [line.finding.key for line in since.mended] == ["word_twice"]


def test_what_was_mended_before_the_last_release_is_told_no_more(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.submitted(body=TWICE)
    mend(article, CLEAN, actor=newsroom.unit_reviewer)
    for reviewer in (newsroom.unit_reviewer, newsroom.desk_editor, newsroom.chief):
        workflow.perform("pass", article, actor=reviewer)
    desk = desk_of(newsroom.desk_editor)
    assert found(desk, article).since is not None
    workflow.perform("release", article, actor=newsroom.chief)
    workflow.perform("revise", article, actor=newsroom.correspondent)
    assert found(desk, article).since is None


def test_what_stays_while_its_paragraph_changes_is_neither_mended_nor_new(
    newsroom: Newsroom, desk: Client, waiting: Article
) -> None:
    mend(waiting, "<p>另一联系人手机13812345678。</p>" + TWICE, actor=newsroom.desk_editor)
    assert found(desk, waiting).since is None


def test_of_two_alike_the_one_that_is_gone_was_mended(newsroom: Newsroom, desk: Client) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE + "<p>再拨13812345678。</p>")
    mend(article, "<p>请再拨13812345678。</p>", actor=newsroom.desk_editor)
    since = found(desk, article).since
    assert since is not None and (len(since.mended), since.new) == (1, 0)


def test_the_page_asks_no_more_when_more_is_found(newsroom: Newsroom, desk_of: Desk) -> None:
    reader = desk_of(newsroom.auditor)

    def questions(article: Article) -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(reader, article)
        return len(asked)

    few = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE * 3 + TWICE * 3)
    many = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE * 30 + TWICE * 30)
    assert questions(few) == questions(many)
