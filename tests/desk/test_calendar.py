"""The calendar of releases, embargoes and due times."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from bulletins import arranging, workflow
from bulletins.desk import calendar
from bulletins.models import Stage
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOON = timezone.make_aware(datetime(2021, 12, 24, 12))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def entries(page):
    days = [day for week in page.context["weeks"] for day in week]
    return {
        f"{day.day:%m-%d}": [(entry.sign, entry.title) for entry in day.entries]
        for day in days
        if day.entries
    }


def full(newsroom):
    """One of each sign."""
    newsroom.released(headline="已发布", at=NOON - 3 * DAY)
    newsroom.withdrawn(headline="已撤", at=NOON - 2 * DAY)
    coming, off = (
        newsroom.at_stage(Stage.APPROVED, headline=name, at=NOON - DAY) for name in ("定时", "已取消")
    )
    for article in (coming, off):
        workflow.perform("release", article, actor=newsroom.chief, public_from=NOON + 2 * DAY)
    workflow.perform("unschedule", off, actor=newsroom.chief)
    late, wanted = newsroom.submitted(headline="逾期"), newsroom.submitted(headline="限期")
    arranging.set_due(late, NOON - DAY, actor=newsroom.chief, at=NOON - 2 * DAY)
    arranging.set_due(wanted, NOON + DAY, actor=newsroom.chief)
    held, missed = newsroom.submitted(headline="禁发"), newsroom.at_stage(Stage.APPROVED, headline="到时未签")
    arranging.hold_back(held, NOON + 3 * DAY, actor=newsroom.chief)
    arranging.hold_back(missed, NOON - DAY, actor=newsroom.chief, at=NOON - 2 * DAY)


def test_every_day_shows_what_goes_out_is_due_or_held_back(newsroom, desk_of):
    full(newsroom)
    page = desk_of(newsroom.desk_editor).get("/desk/calendar/")
    assert entries(page) == {
        "12-21": [("live", "已发布")],
        "12-22": [("withdrawn", "已撤")],
        "12-23": [("overdue", "逾期"), ("missed", "到时未签")],
        "12-25": [("due", "限期")],
        "12-26": [("scheduled", "定时")],
        "12-27": [("embargo", "禁发")],
    }
    week = desk_of(newsroom.desk_editor).get("/desk/calendar/?week=2021-W52")
    assert list(entries(week)) == ["12-26", "12-27"] or list(entries(week)) == ["12-27"]
    assert entries(desk_of(newsroom.desk_editor).get("/desk/calendar/?month=2021-10")) == {}


def test_it_shows_only_what_one_may_read(newsroom, desk_of):
    full(newsroom)
    other = make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    for person in (other, newsroom.administrator):
        assert entries(desk_of(person).get("/desk/calendar/")) == {}
    assert len(entries(desk_of(newsroom.correspondent).get("/desk/calendar/"))) == 6


def test_a_full_day_says_that_there_is_more(newsroom, desk_of, monkeypatch):
    monkeypatch.setitem(calendar.ON_A_DAY, "month", 1)
    newsroom.released(headline="发布一", at=NOON)
    newsroom.released(headline="发布二", at=NOON)
    page = desk_of(newsroom.desk_editor).get("/desk/calendar/")
    assert entries(page) == {"12-24": [("live", "发布一")]} and "week=2021-W51" in page.text
    monkeypatch.setattr(calendar, "MOST", 1)
    assert "每类 1 条" in desk_of(newsroom.desk_editor).get("/desk/calendar/").text


def test_midnight_belongs_to_the_day_that_begins_in_beijing(newsroom, desk_of):
    article = newsroom.submitted(headline="零点")
    midnight = timezone.make_aware(datetime(2022, 1, 1))
    arranging.set_due(article, midnight, actor=newsroom.chief)
    assert entries(desk_of(newsroom.chief).get("/desk/calendar/?month=2022-01")) == {
        "01-01": [("due", "零点")]
    }


def test_months_and_weeks_follow_each_other_without_a_gap():
    for first in (date(2019, 12, 1) + timedelta(days=3 * n) for n in range(500)):
        month = calendar.asked_span(f"{first:%Y-%m}", "", today=first)
        week = calendar.asked_span("", calendar.week_name(first), today=first)
        for span in (month, week):
            assert span.first <= first < span.until
            assert span.first.weekday() == span.until.weekday() == 0
            forth = calendar.asked_span(*asked(span, span.after), today=first)
            assert calendar.asked_span(*asked(span, forth.before), today=first) == span
            assert forth.first <= span.until


def asked(span, name):
    return (name, "") if span.view == "month" else ("", name)


@pytest.mark.parametrize(
    "query",
    [
        "month=x",
        "month=2021-13",
        "month=0000-01",
        "week=2021-W54",
        "week=9999-W53",
        "month=\0",
        "week=２０２１-W01",
    ],
)
def test_a_broken_month_is_this_one(newsroom, desk_of, query):
    page = desk_of(newsroom.chief).get(f"/desk/calendar/?{query}")
    assert page.context["span"].name == "2021-12"
