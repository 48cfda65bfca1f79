"""The whole history of an article and its approval sheet: every step with name, office, time, hash and reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from bulletins import workflow
from bulletins.desk.story_records import steps_of
from bulletins.models import Article, LogHead, Stage
from tests.factories import Newsroom
from tests.workflow.states import a_finding

DeskOf = Callable[[User], Client]


def sheet(article: Article, cycle: int | None = None) -> str:
    name = "admin:approval_sheet_of_cycle" if cycle else "admin:approval_sheet"
    return reverse(name, args=[article.number, cycle] if cycle else [article.number])


def pdf(article: Article, cycle: int = 1) -> str:
    return reverse("admin:approval_sheet_pdf", args=[article.number, cycle])


def history(article: Article) -> str:
    return reverse("admin:article_history", args=[article.number])


def rewrite(article: Article, actor: User, body: str) -> None:
    def write(locked: Article) -> None:
        locked.body = body
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=actor, write=write)


@pytest.fixture
def withdrawn(newsroom: Newsroom) -> Article:
    """Returned, mended, overridden, released, asked back and withdrawn."""
    article = newsroom.at_stage(Stage.RETURNED)
    rewrite(article, newsroom.correspondent, "<p>12月28日，民警接到求助。</p>")
    workflow.perform("submit", article, actor=newsroom.correspondent)
    workflow.perform("pass", article, actor=newsroom.unit_reviewer)
    mark = a_finding(article)
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=mark, reason="本稿无专栏")
    workflow.perform("pass", article, actor=newsroom.desk_editor)
    workflow.perform("pass", article, actor=newsroom.chief)
    workflow.perform("release", article, actor=newsroom.chief)
    workflow.perform(
        "withdraw", article, actor=newsroom.desk_editor, reason="地点有误", notice="内容有误，已撤下。"
    )
    workflow.perform("confirm_withdrawal", article, actor=newsroom.second_chief)
    return article


def test_the_history_has_every_step_with_what_was_said_and_signed(
    newsroom: Newsroom, desk_of: DeskOf, withdrawn: Article
) -> None:
    page = desk_of(newsroom.auditor).get(history(withdrawn))
    steps = page.context["steps"][::-1]
    assert [step.line.verb for step in steps] == [
        "start", "submit", "return", "edit", "submit", "pass", "override", "pass", "pass", "release", "withdraw",
        "confirm_withdrawal",
    ]  # fmt: skip
    assert [step.review.decision for step in steps if step.review] == [
        "returned",
        "passed",
        "passed",
        "passed",
    ]
    for told in (
        "请补充时间地点",
        "本稿无专栏",
        "地点有误",
        "内容有误，已撤下。",
        "主任戊",
        "已确认",
        "市公安局",
    ):
        assert told in page.text
    for revision in withdrawn.revisions.all():
        assert revision.content_hash in page.text


def test_the_sheet_has_every_step_and_a_line_for_each_signature(
    newsroom: Newsroom, desk_of: DeskOf, withdrawn: Article
) -> None:
    User.objects.filter(pk=newsroom.second_chief.pk).update(name="主任戊🙂")
    page = desk_of(newsroom.auditor).get(sheet(withdrawn))
    offices = {(str(s.line.actor), s.line.verb): s.office for s in page.context["steps"]}
    assert offices["通讯员甲", "start"] == f"{newsroom.station.short_name} 通讯员"
    assert offices["所长乙", "return"] == f"{newsroom.station.short_name} 单位审核人"
    assert offices["编辑丙", "pass"] == "市公安局 编辑"
    assert offices["主任丁", "release"] == "市公安局 总编"
    revision = withdrawn.revisions.get(number=2)
    for told in (
        "发稿审签单", withdrawn.number, "请补充时间地点", "本稿无专栏", "地点有误", "内容有误，已撤下。",
        revision.content_hash, LogHead.objects.get().hash, "已撤稿", "督察庚", "主任戊🙂",
    ):  # fmt: skip
        assert told in page.text
    assert [str(one) for one in page.context["signatures"]] == ["作者", "初审", "复审", "终审", "签发"]


def test_an_office_is_told_as_it_was_then(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.APPROVED)
    newsroom.chief.memberships.get().delete()
    [passed] = [step for step in steps_of(article) if step.line.actor == newsroom.chief]
    assert passed.office == "市公安局 总编"


def test_each_round_has_a_sheet_of_its_own(newsroom: Newsroom, desk_of: DeskOf) -> None:
    article = newsroom.released(headline="第一稿").article
    workflow.perform("revise", article, actor=newsroom.correspondent)
    rewrite(article, newsroom.correspondent, "<p>更新后的正文。</p>")
    workflow.perform("withdraw", article, actor=newsroom.desk_editor, reason="第一稿有误")
    client = desk_of(newsroom.correspondent)
    first, second = client.get(sheet(article, 1)), client.get(sheet(article))
    assert [s.line.verb for s in first.context["steps"]][-2:] == ["release", "withdraw"]
    assert [s.line.verb for s in second.context["steps"]] == ["revise", "edit"]
    assert (first.context["revision"].number, second.context["revision"].number) == (1, 2)
    assert client.get(sheet(article, 3)).status_code == client.get(sheet(article) + "0/").status_code == 404


def test_forty_versions_are_one_row_of_the_form_and_as_many_queries_as_one(
    newsroom: Newsroom, desk_of: DeskOf, django_assert_max_num_queries: Any
) -> None:
    article = newsroom.draft()
    for n in range(40):
        rewrite(article, newsroom.correspondent, f"<p>第{n}次修改。</p>")
    client = desk_of(newsroom.correspondent)
    with django_assert_max_num_queries(22):
        [_begun, edited] = client.get(sheet(article)).context["steps"]
    assert (edited.times, edited.revision.number) == (40, 41)
    with django_assert_max_num_queries(22):
        assert len(client.get(history(article)).context["steps"]) == 41


def test_they_are_for_those_who_may_read_the_article(newsroom: Newsroom, desk_of: DeskOf) -> None:
    article = newsroom.submitted()
    for user in (newsroom.administrator, newsroom.chief):
        answers = {desk_of(user).get(path).status_code for path in (sheet(article), history(article))}
        assert answers == {200 if user == newsroom.chief else 404}
    assert desk_of(newsroom.administrator).get(pdf(article)).status_code == 404
    assert Client().get(sheet(article)).status_code == 302


def test_without_the_extra_there_is_the_page_alone(
    newsroom: Newsroom, desk_of: DeskOf, settings: Any
) -> None:
    article, client = newsroom.draft(), desk_of(newsroom.correspondent)
    assert pdf(article) in client.get(sheet(article)).text
    settings.MAKES_PDF = False
    assert pdf(article) not in client.get(sheet(article)).text
    assert client.get(pdf(article)).status_code == 404


def test_a_pdf_that_cannot_be_made_is_said(
    newsroom: Newsroom, desk_of: DeskOf, monkeypatch: Any, caplog: Any
) -> None:
    monkeypatch.setattr("bulletins.typesetting.TIME_LIMIT", 0.01)
    answer = desk_of(newsroom.correspondent).get(pdf(newsroom.draft()))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "请直接打印本页" in answer.text and "0.01 seconds" in caplog.text


def test_the_pdf_is_a_sheet_of_a4_with_real_text(
    newsroom: Newsroom, desk_of: DeskOf, withdrawn: Article
) -> None:
    answer = desk_of(newsroom.auditor).get(pdf(withdrawn))
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    read = PdfReader(io.BytesIO(answer.content))
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [595, 842]
    text = "".join(page.extract_text() for page in read.pages)
    revision = withdrawn.revisions.get(number=2)
    for told in (withdrawn.number, "本稿无专栏", "地点有误", "通讯员甲", revision.content_hash):
        assert told in text
