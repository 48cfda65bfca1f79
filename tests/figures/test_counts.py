"""What units handed in and what checks found in it, counted by story."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from bulletins import workflow
from bulletins.figures import Figures, HandedIn, Period, Tally
from bulletins.models import Article, SiteProfile, Stage
from tests.factories import Newsroom, make_user
from units.models import Unit

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WEEK = Period(TODAY - timedelta(days=6), TODAY)
PHONE = "<p>联系人手机13812345678。</p>"
PLATE = "<p>车牌号为鲁H12345的轿车。</p>"
BOTH = PHONE + PLATE
CLEAN = "<p>近日，民警接到求助。</p>"


@pytest.fixture(autouse=True)
def handed_on(db: None) -> None:
    """The unit and the desk may hand on what must be mended."""
    SiteProfile.objects.create(stops_before=Stage.APPROVED)


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


def figures(*units: Unit, period: Period = WEEK) -> Figures:
    keys = {unit.pk for unit in units}
    return HandedIn(keys, period).of(keys)


def found(*units: Unit, period: Period = WEEK) -> dict[str, int]:
    """In how many stories each of the two checks found something."""
    checks = figures(*units, period=period).checks
    return {check: checks[check].found for check in ("telephone", "plate") if check in checks}


def mend(room: Newsroom, article: Article, body: str) -> None:
    """By its author, or by whoever reviews it."""

    def write(article: Article) -> None:
        article.body = body
        article.save()

    is_authors = article.stage in {Stage.DRAFT, Stage.RETURNED}
    actor = room.correspondent if is_authors else room.reviewer_at(article.stage)
    workflow.perform("edit", article, actor=actor, write=write)


def through(room: Newsroom, article: Article, *stages: str) -> Article:
    for stage in stages or (Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW):
        workflow.perform("pass", article, actor=room.reviewer_at(stage))
    return article


def override_all(room: Newsroom, article: Article) -> None:
    lines = workflow.findings.standing(article.revisions.latest("number").content, article=article, day=TODAY)
    for one in lines:
        if one.blocks:
            workflow.perform(
                "override",
                article,
                actor=room.second_chief,
                finding=one.mark,
                reason="已核实",
                seen_stage=article.stage,
                seen_revision=article.revision_number,
            )


def of_phones(*units: Unit) -> Tally:
    return figures(*units).checks["telephone"]


def test_a_story_counts_once_however_often_the_same_stands_in_it(newsroom: Newsroom) -> None:
    newsroom.submitted(body=PHONE + "<p>另一号码13912345678。</p>")
    newsroom.submitted(body=BOTH)
    assert found(newsroom.station) == {"telephone": 2, "plate": 1}


def test_a_story_counts_once_however_often_it_was_submitted(newsroom: Newsroom) -> None:
    article = newsroom.submitted(body=PHONE)
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="请核实")
    workflow.perform("submit", article, actor=newsroom.correspondent)
    assert figures(newsroom.station).whole.submitted == 1
    assert found(newsroom.station) == {"telephone": 1}


def test_what_is_not_submitted_is_not_counted(newsroom: Newsroom) -> None:
    newsroom.draft(body=PHONE)
    assert figures(newsroom.station) == Figures(Tally(0, {}), {})


def test_how_many_of_100_stories_is_what_a_busy_unit_is_measured_by(newsroom: Newsroom) -> None:
    for body in (PHONE, CLEAN, CLEAN, CLEAN):
        newsroom.submitted(body=body)
    assert (of_phones(newsroom.station).found, of_phones(newsroom.station).of_100) == (1, 25)
    assert Tally(0, {}).of_100 == 0


def test_what_is_only_told_for_information_is_no_slip(newsroom: Newsroom) -> None:
    """The headline of a draft of the newsroom has no kicker, and no campaign is named."""
    newsroom.submitted(body="<p>举报电话13812345678。</p>")
    assert "telephone" not in figures(newsroom.station).checks


def test_a_check_that_failed_is_no_slip_of_the_unit(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bulletins.readiness.CHECKS", (("plate", fails),))
    newsroom.submitted(body=PLATE)
    assert figures(newsroom.station).checks == {}
    assert figures(newsroom.station).whole.submitted == 1


def test_units_are_counted_alone_and_together(newsroom: Newsroom) -> None:
    make_user(Role.UNIT_REVIEWER, newsroom.bureau)
    newsroom.submitted(body=PHONE)
    writer = make_user(Role.CORRESPONDENT, newsroom.bureau)
    newsroom.submitted(body=PLATE, unit=newsroom.bureau, actor=writer)
    assert found(newsroom.station) == {"telephone": 1}
    assert found(newsroom.bureau) == {"plate": 1}
    assert found(newsroom.station, newsroom.bureau) == {"telephone": 1, "plate": 1}
    assert found(newsroom.other_station) == {}


def test_both_days_of_a_period_are_in_it_and_no_other(newsroom: Newsroom) -> None:
    begins = Period(date(2026, 3, 1), date(2026, 3, 31)).begins
    ends = Period(date(2026, 3, 1), date(2026, 3, 31)).ends
    moment = timedelta(seconds=1)
    for at, is_in in ((begins - moment, 0), (begins, 1), (ends - moment, 2), (ends, 2)):
        newsroom.submitted(body=PHONE, at=at)
        counted = figures(newsroom.station, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
        assert (counted.whole.submitted, counted.whole.found) == (is_in, is_in)


def test_a_slip_is_open_until_its_story_is_released(newsroom: Newsroom) -> None:
    article = newsroom.submitted(body=PHONE)
    assert of_phones(newsroom.station).outcomes == {"open": 1}
    mend(newsroom, article, CLEAN)
    assert of_phones(newsroom.station).outcomes == {"open": 1}


def test_a_slip_that_is_gone_at_the_release_was_mended(newsroom: Newsroom) -> None:
    article = newsroom.submitted(body=BOTH)
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="请隐去号码")
    mend(newsroom, article, PLATE)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    through(newsroom, article, Stage.UNIT_REVIEW, Stage.DESK_REVIEW)
    override_all(newsroom, article)
    through(newsroom, article, Stage.FINAL_REVIEW)
    workflow.perform("release", article, actor=newsroom.chief)
    checks = figures(newsroom.station).checks
    assert checks["telephone"].outcomes == {"mended": 1}
    assert checks["plate"].outcomes == {"overridden": 1}
    # The story as a whole is as its least mended slip.
    assert figures(newsroom.station).whole.outcomes == {"overridden": 1}


def test_a_warning_that_still_stands_at_the_release_was_left(newsroom: Newsroom) -> None:
    newsroom.released(body="<p>民警在现场的的照片。</p>")
    assert figures(newsroom.station).checks["repetition"].outcomes == {"left": 1}


def test_a_release_before_the_story_was_handed_in_anew_mended_nothing(newsroom: Newsroom) -> None:
    article = newsroom.released().article
    workflow.perform("revise", article, actor=newsroom.correspondent)
    mend(newsroom, article, PHONE)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    assert of_phones(newsroom.station).outcomes == {"open": 1}


def test_a_story_that_moved_to_another_unit_counts_with_both(newsroom: Newsroom) -> None:
    """With the one that handed it in wrongly, and with the one that handed it in clean; nobody has 200 of 100."""
    newsroom.correspondent.memberships.create(role=Role.CORRESPONDENT, unit=newsroom.other_station)
    make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    article = newsroom.submitted(body=PHONE)
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="请改单位")

    def write(article: Article) -> None:
        article.unit, article.body = newsroom.other_station, CLEAN
        article.save()

    workflow.perform("edit", article, actor=newsroom.correspondent, write=write)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    first, second = figures(newsroom.station), figures(newsroom.other_station)
    assert (first.whole.submitted, first.whole.found) == (1, 1)
    assert (second.whole.submitted, second.whole.found) == (1, 0)


def test_checks_come_in_the_order_of_how_often_they_found_something(newsroom: Newsroom) -> None:
    for body in (PLATE, PLATE, PHONE):
        newsroom.submitted(body=body)
    assert list(figures(newsroom.station).checks) == ["plate", "telephone"]


def test_it_costs_the_same_number_of_questions_however_much_was_handed_in(newsroom: Newsroom) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            figures(newsroom.bureau, newsroom.station)
        return len(asked)

    newsroom.submitted(body=PHONE)
    at_one = questions()
    for _ in range(5):
        newsroom.submitted(body=BOTH)
    assert questions() == at_one == 4
