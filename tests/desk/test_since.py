"""What changed since I, or the step before me, last saw it."""

import pytest
from django.utils import timezone

from bulletins import workflow
from bulletins.desk.since import MOST, changes_since
from bulletins.models import Look, Revision, Stage

pytestmark = pytest.mark.django_db


def change(article, kicker, actor):
    def write(locked):
        locked.kicker = kicker
        locked.save(update_fields=["kicker"])

    workflow.perform("edit", article, actor=actor, write=write)


def since(article, user):
    current = Revision.objects.current(article)
    reviews = list(article.reviews.select_related("reviewer", "revision").order_by("at", "pk"))
    return [one.number for one in changes_since(article, current, reviews, user=user)]


def reads(article, user, revision):
    Look.objects.note(article, user, revision=revision, is_writing=False, at=timezone.now())


def test_ones_own_review_comes_before_the_step_before(newsroom):
    article = newsroom.at_stage(Stage.DESK_REVIEW)
    workflow.perform("return", article, actor=newsroom.desk_editor, reason="请补充")
    change(article, "改一", newsroom.correspondent)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    workflow.perform("pass", article, actor=newsroom.unit_reviewer)
    change(article, "改二", newsroom.desk_editor)
    assert since(article, newsroom.desk_editor) == [1, 2]
    assert since(article, newsroom.chief) == [2, 1]


def test_what_one_had_open_counts_and_reading_it_again_does_not_make_the_change_vanish(newsroom):
    article = newsroom.submitted()
    reads(article, newsroom.desk_editor, 1)
    workflow.perform("recall", article, actor=newsroom.correspondent)
    change(article, "改一", newsroom.correspondent)
    for _time in range(2):
        assert since(article, newsroom.desk_editor) == [1]
        reads(article, newsroom.desk_editor, 2)


def test_who_never_saw_it_and_whom_nobody_judged_before_is_shown_no_change(newsroom):
    article = newsroom.submitted()
    assert since(article, newsroom.unit_reviewer) == []


def test_a_long_way_is_not_shown_as_a_whole(newsroom):
    article = newsroom.at_stage(Stage.RETURNED)
    for number in range(MOST + 2):
        change(article, f"改{number}", newsroom.correspondent)
        workflow.perform("submit", article, actor=newsroom.correspondent)
        workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="再改")
    change(article, "改完", newsroom.correspondent)
    assert since(article, newsroom.unit_reviewer) == [MOST + 3 - n for n in range(MOST)]
