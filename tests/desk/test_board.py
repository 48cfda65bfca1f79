"""The board by stage."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from bulletins import arranging, workflow
from bulletins.desk import board
from bulletins.models import Stage
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def columns(page):
    return {column.key: [card.title for card in column.cards] for column in page.context["columns"]}


def test_every_stage_has_its_column_and_what_is_urgent_stands_first(newsroom, desk_of):
    for stage in (
        Stage.DRAFT,
        Stage.RETURNED,
        Stage.UNIT_REVIEW,
        Stage.DESK_REVIEW,
        Stage.FINAL_REVIEW,
        Stage.APPROVED,
    ):
        newsroom.at_stage(stage, headline=str(stage))
    newsroom.at_stage(Stage.REFUSED)
    newsroom.released(headline="刚发布")
    newsroom.released(headline="早已发布", at=timezone.now() - timedelta(days=30))
    coming = newsroom.at_stage(Stage.APPROVED, headline="定时")
    workflow.perform("release", coming, actor=newsroom.chief, public_from=timezone.now() + timedelta(days=1))
    page = desk_of(newsroom.desk_editor).get("/desk/board/")
    assert columns(page) == {
        "drafts": ["returned", "draft"],
        "unit_review": ["unit_review"],
        "desk_review": ["desk_review"],
        "final_review": ["final_review"],
        "approved": ["approved"],
        "scheduled": ["定时"],
        "live": ["刚发布"],
    }


def test_only_what_one_may_read_stands_on_it(newsroom, desk_of):
    newsroom.submitted(headline="湖滨的")
    newsroom.released(headline="湖滨发布的")
    other = make_user(Role.CORRESPONDENT, newsroom.other_station)
    for person in (other, newsroom.administrator):
        assert not any(columns(desk_of(person).get("/desk/board/")).values())
    assert columns(desk_of(newsroom.auditor).get("/desk/board/"))["unit_review"] == ["湖滨的"]


def test_a_column_is_limited_and_leads_to_the_whole_list(newsroom, desk_of, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 2)
    articles = [newsroom.submitted() for _ in range(3)]
    page = desk_of(newsroom.desk_editor).get("/desk/board/")
    column = next(column for column in page.context["columns"] if column.key == "unit_review")
    assert [card.number for card in column.cards] == [articles[0].number, articles[1].number]
    whole = desk_of(newsroom.desk_editor).get(column.more)
    assert {article.pk for article in whole.context["articles"]} == {article.pk for article in articles}


def test_a_card_says_in_whose_hands_it_is_and_whether_it_is_overdue(newsroom, desk_of):
    article = newsroom.submitted()
    arranging.claim(article, actor=newsroom.unit_reviewer, seen_stage="unit_review")
    now = timezone.now()
    arranging.set_due(article, now - timedelta(hours=1), actor=newsroom.chief, at=now - timedelta(hours=2))
    page = desk_of(newsroom.auditor).get("/desk/board/")
    (card,) = next(column.cards for column in page.context["columns"] if column.key == "unit_review")
    assert (card.person, card.is_handled, card.is_overdue) == ("所长乙", True, True)
    assert "已逾期" in page.text


def test_the_board_is_narrowed(newsroom, desk_of):
    newsroom.submitted(headline="一则", kind="brief")
    newsroom.submitted(headline="一条")
    page = desk_of(newsroom.desk_editor).get("/desk/board/?kind=brief&unit=x")
    assert columns(page)["unit_review"] == ["一则", "一条"] and page.context["form"].errors
    page = desk_of(newsroom.desk_editor).get(f"/desk/board/?kind=brief&unit={newsroom.station.pk}")
    assert columns(page)["unit_review"] == ["一则"]
