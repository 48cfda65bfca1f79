"""Which steps a kind of story takes, who covers for whom, and which unit somebody may write for."""

from datetime import date

import pytest

from accounts.models import Membership
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Route, Stage
from tests.factories import Newsroom, make_unit, make_user
from tests.stories.conftest import Clock, Refused, Says, writes


@pytest.mark.parametrize(
    ("unit_review", "desk_review", "steps"),
    [
        (True, True, ["unit_review", "desk_review", "final_review"]),
        (False, True, ["desk_review", "final_review"]),
        (True, False, ["unit_review", "final_review"]),
        (False, False, ["final_review"]),
    ],
)
def test_a_kind_takes_the_steps_of_its_route(
    newsroom: Newsroom, say: Says, clock: Clock, unit_review: bool, desk_review: bool, steps: list[str]
) -> None:
    Route.objects.update_or_create(
        kind="warning", defaults={"unit_review": unit_review, "desk_review": desk_review}
    )
    article = newsroom.submitted(at=clock(), kind="warning")
    taken = []
    while article.stage != Stage.APPROVED:
        taken.append(article.stage)
        say("pass", article, newsroom.reviewer_at(article.stage))
    assert taken == steps


def test_the_author_takes_back_what_goes_straight_to_the_chief(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    Route.objects.update_or_create(kind="warning", defaults={"unit_review": False, "desk_review": False})
    article = newsroom.submitted(at=clock(), kind="warning")
    say("recall", article, newsroom.correspondent)
    assert article.stage == Stage.DRAFT


def test_a_step_that_is_left_out_while_a_story_waits_there_does_not_let_it_skip_the_next(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    Route.objects.update_or_create(kind=article.kind, defaults={"unit_review": False, "desk_review": True})
    say("pass", article, newsroom.unit_reviewer)
    assert article.stage == Stage.DESK_REVIEW


def test_a_step_that_is_left_out_further_on_is_not_taken(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.submitted(at=clock())
    Route.objects.update_or_create(kind=article.kind, defaults={"unit_review": True, "desk_review": False})
    say("pass", article, newsroom.unit_reviewer)
    assert article.stage == Stage.FINAL_REVIEW


def test_a_unit_without_a_reviewer_is_covered_by_the_one_above(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    squad = make_unit("一中队", parent=newsroom.station)
    writer = make_user(Role.CORRESPONDENT, squad)
    article = newsroom.submitted(at=clock(), unit=squad, actor=writer)
    say("pass", article, newsroom.unit_reviewer)
    assert article.stage == Stage.DESK_REVIEW


def test_a_unit_that_nobody_covers_is_told_so(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    writer = make_user(Role.CORRESPONDENT, newsroom.other_station)
    article = newsroom.draft(at=clock(), unit=newsroom.other_station, actor=writer)
    assert refused("submit", article, writer) == {"nobody_reviews"}


def test_an_author_does_not_count_as_the_reviewer_of_their_own_unit(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    article = newsroom.draft(at=clock(), actor=newsroom.unit_reviewer)
    assert refused("submit", article, newsroom.unit_reviewer) == {"nobody_reviews"}


def test_a_reviewer_of_the_unit_beside_reviews_nothing_here(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    neighbour = make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    article = newsroom.submitted(at=clock())
    assert refused("pass", article, neighbour) == {"not_your_role"}


def test_a_reviewer_below_reviews_nothing_above(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    writer = make_user(Role.CORRESPONDENT, newsroom.bureau)
    make_user(Role.UNIT_REVIEWER, newsroom.bureau)
    article = newsroom.submitted(at=clock(), unit=newsroom.bureau, actor=writer)
    assert refused("pass", article, newsroom.unit_reviewer) == {"not_your_role"}


@pytest.mark.parametrize(
    ("since", "until", "may"),
    [
        (None, None, True),
        (date(2021, 12, 23), date(2021, 12, 23), True),
        (date(2021, 12, 24), None, False),
        (None, date(2021, 12, 22), False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    newsroom: Newsroom, clock: Clock, since: date | None, until: date | None, may: bool
) -> None:
    article = newsroom.submitted(at=clock())
    Membership.objects.filter(user=newsroom.unit_reviewer).update(since=since, until=until)
    assert (not workflow.refusals("pass", article, actor=newsroom.unit_reviewer, at=clock())) == may


def test_nobody_begins_a_story_for_a_unit_they_are_not_in(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    article = Article(unit=newsroom.other_station)
    assert refused("start", article, newsroom.correspondent) == {"not_your_role"}
    assert not Article.objects.exists()


def test_nor_by_changing_the_unit_while_it_is_written(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    article = Article(unit=newsroom.station)
    write = writes(unit=newsroom.other_station)
    assert refused("start", article, newsroom.correspondent, write=write) == {"other_unit"}
    assert not Article.objects.exists()


def test_a_draft_moves_to_another_unit_of_its_writer_and_to_no_other(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    write = writes(unit=newsroom.other_station)
    assert refused("edit", article, newsroom.correspondent, write=write) == {"other_unit"}
    article.refresh_from_db()
    assert article.unit == newsroom.station
    Membership.objects.create(
        user=newsroom.correspondent, role=Role.CORRESPONDENT, unit=newsroom.other_station
    )
    say("edit", article, newsroom.correspondent, write=write)
    assert article.unit == newsroom.other_station


def test_an_author_who_was_posted_elsewhere_still_changes_the_kind_of_a_draft(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    Membership.objects.filter(user=newsroom.correspondent).update(unit=newsroom.other_station)
    say("edit", article, newsroom.correspondent, write=writes(kind="brief"))
    assert article.kind == "brief"


@pytest.mark.parametrize("change", ["kind", "unit"])
def test_kind_and_unit_are_settled_while_it_is_under_review(
    newsroom: Newsroom, refused: Refused, clock: Clock, change: str
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, at=clock())
    values = {"kind": "brief", "unit": newsroom.other_station}
    write = writes(**{change: values[change]})
    assert refused("edit", article, newsroom.desk_editor, write=write) == {"kind_and_unit_are_settled"}
    article.refresh_from_db()
    assert (article.kind, article.unit) == ("news", newsroom.station)


def test_a_reviewer_who_took_the_text_away_does_not_pass_it(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    gone = f'<p>见图。<img src="photo:{"a" * 64}"></p>'
    say("edit", article, newsroom.unit_reviewer, write=writes(headline="", body=gone))
    assert refused("pass", article, newsroom.unit_reviewer) == {"no_headline", "photo_is_gone"}
