"""Briefs are passed several at once, and every rule is asked of each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from bulletins import workflow
from bulletins.desk import in_bulk
from bulletins.models import Article, Review, Stage, Transition
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/queue/pass/"
LEFT_OUT = "<p>联系人手机13812345678，群众李某。</p>"


def ticked(*articles):
    return {"item": [f"{a.number}~{a.stage}~{a.revision_number}" for a in articles]}


def outcome(page):
    """Number to reasons, none for what was passed."""
    return {one["number"]: one["reasons"] for name in ("refused", "passed") for one in page.context[name]}


def test_of_those_that_are_ticked_each_is_passed_or_says_why_not(newsroom, desk_of):
    newsroom.submitted(kind="brief", headline="没有勾选的")
    good = [newsroom.at_stage(Stage.DESK_REVIEW, kind="brief", headline=f"简讯{n}") for n in range(2)]
    blocked = newsroom.at_stage(Stage.DESK_REVIEW, kind="brief", headline="留了号码", body=LEFT_OUT)
    page = desk_of(newsroom.desk_editor).post(ADDRESS, ticked(good[0], blocked, good[1]), follow=True)
    assert page.redirect_chain == [("/desk/queue/passed/", 302)]
    said = outcome(page)
    assert {number for number, reasons in said.items() if not reasons} == {a.number for a in good}
    assert "13812345678" in said[blocked.number][0] and "13812345678" in page.text
    assert list(Article.objects.order_by("pk").values_list("stage", flat=True)) == [
        "unit_review", "final_review", "final_review", "desk_review",
    ]  # fmt: skip


def test_no_rule_is_left_out_because_there_are_many(newsroom, desk_of):
    """Four eyes, one step each, contributors, an empty text, what moved on, another role."""
    both = make_user(Role.UNIT_REVIEWER, newsroom.station, name="身兼两职")
    both.memberships.create(role=Role.DESK_EDITOR, unit=newsroom.bureau)
    own = newsroom.draft(kind="brief", actor=both)
    workflow.perform("submit", own, actor=both)
    workflow.perform("pass", own, actor=newsroom.unit_reviewer)
    twice = newsroom.submitted(kind="brief")
    workflow.perform("pass", twice, actor=both)
    changed = newsroom.draft(kind="brief")
    write = lambda article: Article.objects.filter(pk=article.pk).update(summary="逗号，")  # noqa: E731
    workflow.perform("edit", changed, actor=both, write=write)
    workflow.perform("submit", changed, actor=newsroom.correspondent)
    workflow.perform("pass", changed, actor=newsroom.unit_reviewer)
    empty = newsroom.at_stage(Stage.DESK_REVIEW, kind="brief")
    Article.objects.filter(pk=empty.pk).update(body="")
    at_chief = newsroom.at_stage(Stage.FINAL_REVIEW, kind="brief")
    moved = newsroom.at_stage(Stage.DESK_REVIEW, kind="brief")
    form = ticked(own, twice, changed, empty, at_chief, moved)
    workflow.perform("return", moved, actor=newsroom.desk_editor, reason="请补充")
    said = outcome(desk_of(both).post(ADDRESS, form, follow=True))
    assert len(said) == 6 and all(said.values())
    assert not Review.objects.filter(reviewer=both, step="desk_review").exists()
    for article, reason in {own: "您是作者", twice: "一人", changed: "您修改过", empty: "缺少正文"}.items():
        assert any(reason in each for each in said[article.number]), said[article.number]


def test_a_form_that_is_sent_twice_passes_once_and_says_the_same(newsroom, desk_of):
    articles = [newsroom.submitted(kind="brief") for _ in range(2)]
    desk, form = desk_of(newsroom.unit_reviewer), ticked(*articles)
    first = outcome(desk.post(ADDRESS, form, follow=True))
    assert outcome(desk.post(ADDRESS, form, follow=True)) == first == {a.number: [] for a in articles}
    assert Transition.objects.filter(verb="pass").count() == 2
    # What another person passed meanwhile is not claimed as one's own.
    colleague = desk_of(make_user(Role.UNIT_REVIEWER, newsroom.station))
    assert all(outcome(colleague.post(ADDRESS, form, follow=True)).values())


def test_only_briefs_are_passed_so_and_only_what_one_may_read(newsroom, desk_of):
    news = newsroom.at_stage(Stage.DESK_REVIEW)
    desk = desk_of(newsroom.desk_editor)
    assert "只有简讯" in outcome(desk.post(ADDRESS, ticked(news), follow=True))[news.number][0]
    elsewhere = make_user(Role.DESK_EDITOR, newsroom.other_station)
    said = outcome(desk_of(elsewhere).post(ADDRESS, ticked(news), follow=True))
    assert "无权阅读" in said[news.number][0]
    assert not Transition.objects.filter(article=news, actor__in=[newsroom.desk_editor, elsewhere]).exists()


def test_too_many_or_none_are_told_and_nothing_is_done(newsroom, desk_of, monkeypatch):
    monkeypatch.setattr(in_bulk, "MOST", 1)
    articles = [newsroom.submitted(kind="brief") for _ in range(2)]
    desk = desk_of(newsroom.unit_reviewer)
    assert "一次最多通过 1 篇" in desk.post(ADDRESS, ticked(*articles), follow=True).text
    assert "请先勾选" in desk.post(ADDRESS, follow=True).text
    assert not Transition.objects.filter(verb="pass").exists()


@pytest.mark.parametrize(
    "item", ["", "~~", "JN\0~unit_review~1", "JN-2021-000001~unit_review~" + "9" * 99, "😀", "a~b"]
)
def test_what_no_queue_ever_sent_is_not_passed(newsroom, desk_of, item):
    newsroom.submitted(kind="brief")
    page = desk_of(newsroom.unit_reviewer).post(ADDRESS, {"item": item}, follow=True)
    assert page.status_code == 200 and not Transition.objects.filter(verb="pass").exists()


def test_only_briefs_to_be_passed_can_be_ticked(newsroom, desk_of):
    at = timezone.now() - timedelta(days=1)
    newsroom.at_stage(Stage.FINAL_REVIEW, kind="brief", at=at, headline="可以勾选的")
    newsroom.at_stage(Stage.APPROVED, kind="brief")
    newsroom.at_stage(Stage.FINAL_REVIEW)
    page = desk_of(newsroom.chief).get("/desk/queue/").text
    assert page.count('name="item"') == 1 and "勾选“可以勾选的”" in page
    assert 'name="item"' not in desk_of(newsroom.chief).get("/desk/").text
