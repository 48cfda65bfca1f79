"""Somebody was faster: the second is told, and nothing is lost or done twice."""

from collections.abc import Callable

import pytest

from bulletins import workflow
from bulletins.models import Article, NumberSeries, Revision, Stage, Transition
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Refused, Says, writes


def test_a_double_click_on_pass_does_it_once(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    seen = {"seen_stage": article.stage, "seen_revision": article.revision_number}
    say("pass", article, newsroom.unit_reviewer, **seen)
    assert "moved_meanwhile" in refused("pass", article, newsroom.unit_reviewer, **seen)
    assert article.transitions.filter(verb="pass").count() == 1
    assert article.reviews.count() == 1


@pytest.mark.parametrize("seen", [{"seen_stage": "draft"}, {"seen_revision": 2}, {"seen_revision": 0}])
def test_what_was_decided_on_another_state_is_refused(
    newsroom: Newsroom, refused: Refused, clock: Clock, seen: dict[str, object]
) -> None:
    article = newsroom.submitted(at=clock())
    assert refused("pass", article, newsroom.unit_reviewer, **seen) == {"moved_meanwhile"}


def test_of_two_who_save_the_same_version_the_second_is_told(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    say("edit", article, newsroom.correspondent, seen_revision=1, write=writes(kicker="甲"))
    assert refused("edit", article, newsroom.unit_reviewer, seen_revision=1, write=writes(kicker="乙")) == {
        "moved_meanwhile"
    }
    article.refresh_from_db()
    assert article.kicker == "甲"


def test_a_stale_object_in_hand_does_not_decide_anything(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    stale = Article.objects.get(pk=article.pk)
    say("return", article, newsroom.unit_reviewer, reason="补充")
    assert stale.stage == Stage.UNIT_REVIEW
    assert refused("pass", stale, newsroom.unit_reviewer) == {"wrong_stage"}


def test_the_object_in_hand_is_up_to_date_afterwards(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.submitted(at=clock())
    stale = Article.objects.get(pk=article.pk)
    say("edit", article, newsroom.unit_reviewer, write=writes(kicker="甲"))
    say("pass", stale, newsroom.unit_reviewer)
    assert (stale.stage, stale.kicker, stale.revision_number) == (Stage.DESK_REVIEW, "甲", 2)


def test_an_edit_that_changes_nothing_leaves_no_trace_in_history(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    assert say("edit", article, newsroom.correspondent, write=writes(kicker="")) is None
    assert (Revision.objects.count(), Transition.objects.count()) == (1, 1)


def test_a_text_that_was_changed_and_changed_back_has_three_versions(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    say("edit", article, newsroom.correspondent, write=writes(kicker="甲"))
    say("edit", article, newsroom.correspondent, write=writes(kicker=""))
    first, second, third = article.revisions.values_list("content_hash", flat=True)
    assert first == third != second


class Broken(Exception):
    """What a form's writing fails with."""


def failing(write: Callable[[Article], None]) -> Callable[[Article], None]:
    def write_and_fail(article: Article) -> None:
        write(article)
        raise Broken

    return write_and_fail


def test_when_writing_fails_nothing_of_it_stays(newsroom: Newsroom, clock: Clock) -> None:
    article = newsroom.draft(at=clock())
    with pytest.raises(Broken):
        workflow.perform(
            "edit", article, actor=newsroom.correspondent, at=clock(), write=failing(writes(kicker="甲"))
        )
    article.refresh_from_db()
    assert (article.kicker, Revision.objects.count()) == ("", 1)


def test_when_beginning_fails_it_can_be_tried_again_with_the_same_object(
    newsroom: Newsroom, clock: Clock
) -> None:
    article = Article(unit=newsroom.station)
    with pytest.raises(Broken):
        workflow.perform(
            "start", article, actor=newsroom.correspondent, at=clock(), write=failing(writes(kicker="甲"))
        )
    assert article.pk is None
    assert not NumberSeries.objects.exists()
    workflow.perform("start", article, actor=newsroom.correspondent, at=clock())
    assert Article.objects.get().number == "JN-2021-000001"


def test_who_asks_is_named_and_the_verb_is_of_the_table(newsroom: Newsroom, clock: Clock) -> None:
    article = newsroom.draft(at=clock())
    with pytest.raises(TypeError):
        workflow.perform("submit", article)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        workflow.perform("submit", article, newsroom.correspondent)  # type: ignore[misc]
    with pytest.raises(workflow.UnknownVerb):
        workflow.perform("publish", article, actor=newsroom.chief)
    with pytest.raises(workflow.UnknownVerb):
        workflow.refusals("publish", article, actor=newsroom.chief)
