"""What is arranged beside an article: by whom, until when, and that it gives no right and takes none."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins import arranging, workflow
from bulletins.arranging import arrangement_of
from bulletins.models import Arranged, Arrangement, Article, Stage
from tests.factories import Newsroom, make_user
from tests.workflow.test_at_the_same_time import DONE, at_once

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=2)


def refused(arrange: Callable[..., None], *args: Any, **given: Any) -> set[str]:
    with pytest.raises(workflow.Refused) as caught:
        arrange(*args, **given)
    return {reason.key for reason in caught.value.reasons}


def stands(article: Article) -> Arrangement:
    return arrangement_of(Article.objects.get(pk=article.pk))


# In somebody's hands


def test_those_it_can_be_given_to_are_those_who_may_do_the_step(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW)
    both = make_user(Role.UNIT_REVIEWER, newsroom.bureau, name="身兼两职")
    both.memberships.create(role=Role.DESK_EDITOR, unit=newsroom.bureau)
    passed = newsroom.submitted()
    workflow.perform("pass", passed, actor=both)
    above = newsroom.correspondent.looked_up_above(newsroom.station)
    now = timezone.now()
    assert arranging.could_answer(article, above=above, at=now) == [newsroom.desk_editor, both]
    assert arranging.could_answer(passed, above=above, at=now) == [newsroom.desk_editor]
    assert arranging.could_answer(newsroom.draft(), above=above, at=now) == []


def test_whoever_may_do_the_step_takes_it_in_hand_until_the_step_is_left(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    arranging.claim(article, actor=newsroom.unit_reviewer, seen_stage="unit_review")
    assert stands(article).handler == newsroom.unit_reviewer
    workflow.perform("pass", article, actor=newsroom.unit_reviewer)
    assert stands(article).handler is None
    line = Arranged.objects.get()
    assert (line.what, line.person, line.by, line.stage) == (
        "handler", newsroom.unit_reviewer, newsroom.unit_reviewer, "unit_review",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["correspondent", "desk_editor", "chief", "administrator", "auditor"])
def test_nobody_else_takes_it_in_hand(newsroom: Newsroom, who: str) -> None:
    article = newsroom.submitted()
    person = getattr(newsroom, who)
    assert refused(arranging.claim, article, actor=person, seen_stage="unit_review") == {"not_your_step"}
    assert not Arrangement.objects.exists() and not Arranged.objects.exists()


def test_the_second_is_told_who_was_first_and_the_first_may_press_twice(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    for _ in range(2):
        arranging.claim(article, actor=newsroom.chief, seen_stage="final_review")
    with pytest.raises(workflow.Refused, match="taken") as caught:
        arranging.claim(article, actor=newsroom.second_chief, seen_stage="final_review")
    assert newsroom.chief.name in str(caught.value.reasons[0])
    assert (stands(article).handler, Arranged.objects.count()) == (newsroom.chief, 1)


def test_being_in_hand_gives_no_right_and_takes_none(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    arranging.claim(article, actor=newsroom.chief, seen_stage="final_review")
    workflow.perform("pass", article, actor=newsroom.second_chief)
    assert article.stage == Stage.APPROVED


def test_what_moved_on_meanwhile_is_not_taken_in_hand(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    workflow.perform("pass", article, actor=newsroom.unit_reviewer)
    assert refused(arranging.claim, article, actor=newsroom.desk_editor, seen_stage="unit_review") == {
        "moved_meanwhile"
    }


def test_the_desk_gives_it_to_somebody_who_may_do_the_step_and_to_nobody_else(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    arranging.claim(article, actor=newsroom.chief, seen_stage="final_review")
    give = {"actor": newsroom.desk_editor, "seen_stage": "final_review"}
    arranging.assign(article, to=newsroom.second_chief, **give)
    assert stands(article).handler == newsroom.second_chief
    assert refused(arranging.assign, article, to=newsroom.unit_reviewer, **give) == {"not_their_step"}
    assert refused(
        arranging.assign, article, to=newsroom.chief, actor=newsroom.unit_reviewer, seen_stage="final_review"
    ) == {"not_your_role"}
    assert stands(article).handler == newsroom.second_chief


def test_it_is_laid_down_by_whoever_has_it_or_the_desk(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    colleague = make_user(Role.UNIT_REVIEWER, newsroom.station)
    for actor in (newsroom.unit_reviewer, newsroom.desk_editor):
        arranging.claim(article, actor=newsroom.unit_reviewer, seen_stage="unit_review")
        assert refused(arranging.lay_down, article, actor=colleague) == {"not_your_role"}
        arranging.lay_down(article, actor=actor)
        assert stands(article).handler is None
    assert Arranged.objects.filter(person=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_one_wins_and_the_other_is_told() -> None:
    newsroom = Newsroom()
    article = newsroom.at_stage(Stage.FINAL_REVIEW)

    def takes(user: User) -> Callable[[], object]:
        return lambda: arranging.claim(
            Article.objects.get(pk=article.pk), actor=user, seen_stage="final_review"
        )

    results = at_once(takes(newsroom.chief), takes(newsroom.second_chief))
    assert sorted(results) == [DONE, "taken"]
    assert Arranged.objects.get().person == stands(article).handler


# Due


@pytest.mark.parametrize("who", ["correspondent", "unit_reviewer", "administrator", "auditor"])
def test_only_the_desk_or_a_chief_says_when_it_is_due(newsroom: Newsroom, who: str) -> None:
    article = newsroom.submitted()
    soon = timezone.now() + SOON
    assert refused(arranging.set_due, article, soon, actor=getattr(newsroom, who)) == {"not_your_role"}
    arranging.set_due(article, soon, actor=newsroom.desk_editor)
    assert stands(article).due_at == soon
    arranging.set_due(article, None, actor=newsroom.chief)
    assert [(line.moment, line.by) for line in Arranged.objects.all()] == [
        (soon, newsroom.desk_editor), (None, newsroom.chief),
    ]  # fmt: skip


def test_a_due_time_lasts_over_the_steps_and_ends_when_it_is_signed_off(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    arranging.set_due(article, timezone.now() + SOON, actor=newsroom.desk_editor)
    while article.stage != Stage.APPROVED:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage))
        assert stands(article).due_at
    workflow.perform("release", article, actor=newsroom.chief)
    assert stands(article).due_at is None


@pytest.mark.parametrize("arrange", [arranging.set_due, arranging.hold_back])
def test_neither_a_time_that_has_passed_nor_a_finished_article_is_arranged(
    newsroom: Newsroom, arrange: Callable[..., None]
) -> None:
    past = timezone.now() - SOON
    assert refused(arrange, newsroom.submitted(), past, actor=newsroom.desk_editor) == {"past"}
    finished = newsroom.at_stage(Stage.SETTLED)
    assert refused(arrange, finished, timezone.now() + SOON, actor=newsroom.desk_editor) == {"finished"}
    assert not Arrangement.objects.exists()


# Under embargo


@pytest.fixture
def held_back(newsroom: Newsroom) -> tuple[Article, datetime]:
    article = newsroom.at_stage(Stage.APPROVED)
    until = timezone.now() + SOON
    arranging.hold_back(article, until, actor=newsroom.desk_editor)
    return article, until


def test_a_release_before_its_embargo_ends_is_refused_and_says_until_when(
    newsroom: Newsroom, held_back: tuple[Article, datetime]
) -> None:
    article, until = held_back
    for given in ({}, {"public_from": until - timedelta(minutes=1)}):
        with pytest.raises(workflow.Refused, match="under_embargo") as caught:
            workflow.perform("release", article, actor=newsroom.chief, **given)
        assert f"{timezone.localtime(until):%H:%M}" in str(caught.value.reasons[0])
    assert article.stage == Stage.APPROVED and not article.releases.exists()


def test_it_is_signed_before_for_the_time_when_it_ends(
    newsroom: Newsroom, held_back: tuple[Article, datetime]
) -> None:
    article, until = held_back
    workflow.perform("release", article, actor=newsroom.chief, public_from=until)
    assert article.releases.get().state() == "scheduled"
    workflow.perform("unschedule", article, actor=newsroom.chief)
    with pytest.raises(workflow.Refused, match="under_embargo"):
        workflow.perform("release", article, actor=newsroom.chief)


def test_it_is_released_at_once_when_the_embargo_has_ended(
    newsroom: Newsroom, held_back: tuple[Article, datetime]
) -> None:
    article, until = held_back
    workflow.perform("release", article, actor=newsroom.chief, at=until)
    assert article.releases.get().public_from == until


def test_the_author_may_set_and_put_off_an_embargo_and_only_the_desk_lifts_it(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    first, later = timezone.now() + SOON, timezone.now() + 2 * SOON
    author = newsroom.correspondent
    arranging.hold_back(article, first, actor=author)
    arranging.hold_back(article, later, actor=author)
    for wanted in (None, first):
        assert refused(arranging.hold_back, article, wanted, actor=author) == {"embargo_stands"}
    assert stands(article).not_before == later
    arranging.hold_back(article, first, actor=newsroom.desk_editor)
    arranging.hold_back(article, None, actor=newsroom.chief)
    assert stands(article).not_before is None and Arranged.objects.count() == 4


def test_whoever_may_not_change_the_text_sets_no_embargo(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    soon = timezone.now() + SOON
    for who in (newsroom.correspondent, newsroom.administrator, newsroom.auditor):
        assert refused(arranging.hold_back, article, soon, actor=who) == {"not_your_role"}
    arranging.hold_back(article, soon, actor=newsroom.unit_reviewer)
