"""The page of figures: who sees it, what it shows, what it leads to, and the table that is taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins.models import SiteProfile, Stage
from tests.factories import Newsroom, make_unit, make_user

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
PAGE = "/desk/figures/"
STORIES = "/desk/figures/stories/"
PHONE = "<p>联系人手机13812345678。</p>"
PLATE = "<p>车牌号为鲁H12345的轿车。</p>"


@pytest.fixture(autouse=True)
def handed_on(db: None) -> None:
    """The unit and the desk may hand on what must be mended."""
    SiteProfile.objects.create(stops_before=Stage.APPROVED)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("unit_reviewer", 200),
        ("desk_editor", 200),
        ("chief", 200),
        ("auditor", 200),
        ("correspondent", 403),
        ("administrator", 403),
    ],
)
def test_figures_are_seen_by_those_who_answer_for_what_others_hand_in(
    newsroom: Newsroom, desk_of: Desk, person: str, status: int
) -> None:
    desk = desk_of(getattr(newsroom, person))
    assert [desk.get(page).status_code for page in (PAGE, STORIES, f"{PAGE}?format=csv")] == [status] * 3
    leads_there = f'href="{PAGE}"' in desk.get("/desk/").text
    assert leads_there == (status == 200)


def test_nobody_sees_them_who_has_not_signed_in(newsroom: Newsroom) -> None:
    assert Client().get(PAGE).status_code == 302


def test_a_unit_reviewer_sees_the_own_unit_and_nothing_beside_it(newsroom: Newsroom, desk_of: Desk) -> None:
    newsroom.submitted(body=PHONE)
    beside = make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    assert desk_of(newsroom.unit_reviewer).get(PAGE).context["whole"].found == 1
    for asked in ({}, {"unit": newsroom.station.pk}, {"unit": newsroom.bureau.pk}):
        page = desk_of(beside).get(PAGE, asked)
        assert page.context["whole"].submitted == 0
        assert desk_of(beside).get(STORIES, asked).context["articles"] == []
    table = desk_of(beside).get(PAGE, {"format": "csv", "unit": newsroom.station.pk})
    assert newsroom.station.name not in table.content.decode()


def test_units_stand_under_the_one_they_belong_to_and_each_leads_to_its_own_page(
    newsroom: Newsroom, desk_of: Desk
) -> None:
    squad = make_unit("一中队", parent=newsroom.station)
    newsroom.correspondent.memberships.create(role=Role.CORRESPONDENT, unit=squad)
    newsroom.submitted(body=PHONE, unit=squad)
    newsroom.submitted(body="<p>近日，民警接到求助。</p>")
    desk = desk_of(newsroom.desk_editor)
    rows = desk.get(PAGE).context["units"]
    assert [(row.name, row.tally.submitted, row.tally.found) for row in rows] == [
        (newsroom.bureau.name, 2, 1),
        (newsroom.station.name, 2, 1),
    ]
    inside = desk.get(rows[1].inside).context["units"]
    assert [(row.name, row.tally.submitted) for row in inside] == [
        (newsroom.station.name, 2),
        (squad.name, 1),
    ]
    assert [one.name for one in inside[1].worst] == ["电话号码"]


def test_a_figure_leads_to_the_stories_that_it_counts(newsroom: Newsroom, desk_of: Desk) -> None:
    phone = newsroom.submitted(body=PHONE, headline="有号码的")
    plate = newsroom.submitted(body=PLATE, headline="有车牌的")
    desk = desk_of(newsroom.desk_editor)
    page = desk.get(PAGE)
    assert {str(row.name): row.tally.found for row in page.context["checks"]} == {
        "电话号码": 1,
        "车辆号牌": 1,
    }
    for row in page.context["checks"]:
        listed = desk.get(row.stories)
        wanted, other = (phone, plate) if str(row.name) == "电话号码" else (plate, phone)
        assert wanted.number in listed.text and wanted.title in listed.text
        assert other.number not in listed.text
    assert set(desk.get(page.context["units"][0].stories).context["articles"]) == {phone, plate}


def test_only_stories_are_listed_that_one_may_read(newsroom: Newsroom, desk_of: Desk) -> None:
    """One that moved away is counted with the unit that handed it in, and read by the unit that has it now."""
    article = newsroom.submitted(body=PHONE)
    type(article).objects.filter(pk=article.pk).update(unit=newsroom.other_station)
    desk = desk_of(newsroom.unit_reviewer)
    assert desk.get(PAGE).context["whole"].found == 1
    assert article.number not in desk.get(STORIES).text


def test_a_long_list_of_stories_is_turned_page_by_page(
    newsroom: Newsroom, desk_of: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bulletins.desk.figures.PAGE", 2)
    articles = [newsroom.submitted(body=PHONE) for _ in range(5)]
    desk, address, seen = desk_of(newsroom.desk_editor), f"{STORIES}?check=telephone", []
    while address:
        page = desk.get(address)
        seen += page.context["articles"]
        address = page.context["more"]
    assert seen == articles[::-1]


def test_the_days_asked_for_are_the_days_counted(newsroom: Newsroom, desk_of: Desk) -> None:
    today = timezone.localdate()
    newsroom.submitted(body=PHONE, at=timezone.now() - timedelta(days=400))
    desk = desk_of(newsroom.desk_editor)
    assert desk.get(PAGE).context["whole"].submitted == 0
    then = (today - timedelta(days=401)).isoformat()
    assert desk.get(PAGE, {"since": then}).context["whole"].submitted == 1
    assert desk.get(PAGE, {"since": then, "until": then}).context["whole"].submitted == 0


def test_the_usual_periods_are_one_click_away_and_keep_the_unit(newsroom: Newsroom, desk_of: Desk) -> None:
    desk = desk_of(newsroom.desk_editor)
    page = desk.get(PAGE, {"unit": newsroom.station.pk})
    periods = page.context["periods"]
    assert [name for name, _address, is_shown in periods if is_shown][:1] == ["本月"]
    for _name, address, _is_shown in periods:
        asked = parse_qs(urlsplit(address).query)
        assert asked["unit"] == [str(newsroom.station.pk)]
        shown = desk.get(PAGE + address).context["question"]
        assert [shown.since.isoformat(), shown.until.isoformat()] == [*asked["since"], *asked["until"]]
        assert shown.since.day == 1 and shown.since <= shown.until <= timezone.localdate()


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "2026-02-30"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "2026-02-02", "until": "2026-02-01"},
        {"unit": "x"},
        {"unit": "9" * 40},
        {"since": "\0"},
    ],
)
def test_what_was_not_understood_is_said_and_this_month_is_shown(
    newsroom: Newsroom, desk_of: Desk, asked: dict[str, str]
) -> None:
    page = desk_of(newsroom.desk_editor).get(PAGE, asked)
    assert page.status_code == 200 and page.context["form"].errors and "errorlist" in page.text
    assert page.context["question"].since == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("check", ["nothing", "\0", "😀" * 400, "' OR 1=1 --"])
@pytest.mark.parametrize("before", ["", "x", "9" * 400])
def test_a_question_about_no_check_lists_nothing(
    newsroom: Newsroom, desk_of: Desk, check: str, before: str
) -> None:
    newsroom.submitted(body=PHONE)
    page = desk_of(newsroom.desk_editor).get(STORIES, {"check": check, "before": before})
    assert page.status_code == 200 and page.context["articles"] == []


def test_the_table_has_a_line_for_each_unit_and_check_and_opens_in_excel(
    newsroom: Newsroom, desk_of: Desk
) -> None:
    newsroom.submitted(body=PHONE)
    answer = desk_of(newsroom.desk_editor).get(PAGE, {"format": "csv"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].startswith('attachment; filename="figures-')
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(line["单位"], line["检查"], line["投稿"], line["有此问题的稿件"]) for line in lines] == [
        (newsroom.bureau.name, "全部检查", "1", "1"),
        (newsroom.bureau.name, "电话号码", "1", "1"),
        (newsroom.station.name, "全部检查", "1", "1"),
        (newsroom.station.name, "电话号码", "1", "1"),
    ]


def test_no_name_of_a_unit_is_a_formula_in_the_table(newsroom: Newsroom, desk_of: Desk) -> None:
    newsroom.station.name = '=HYPERLINK("http://x")'
    newsroom.station.save()
    newsroom.submitted(body=PHONE)
    table = desk_of(newsroom.desk_editor).get(PAGE, {"format": "csv"}).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(table)) for cell in line]
    assert '\'=HYPERLINK("http://x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_page_asks_no_more_when_there_is_more_to_count(newsroom: Newsroom, desk_of: Desk) -> None:
    desk = desk_of(newsroom.desk_editor)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(PAGE).status_code == 200
        return len(asked)

    newsroom.submitted(body=PHONE)
    at_one = questions()
    for n in range(4):
        unit = make_unit(f"第{n}中队", parent=newsroom.station)
        newsroom.correspondent.memberships.create(role=Role.CORRESPONDENT, unit=unit)
        newsroom.submitted(body=PHONE + PLATE, unit=unit)
    assert questions() == at_one
