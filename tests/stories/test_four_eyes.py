"""Who may not review what: the author never, one person one step, and nobody who changed the text passes it last."""

from accounts.models import Membership
from accounts.roles import Role
from bulletins.models import Article, Decision, Review, Stage
from tests.factories import Newsroom, make_user
from tests.stories.conftest import Clock, Refused, Says, writes


def appoint(user: object, role: Role, unit: object) -> None:
    Membership.objects.create(user=user, role=role, unit=unit)  # type: ignore[misc]


def test_the_author_never_reviews_whatever_else_they_are(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    for role in (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR):
        appoint(newsroom.correspondent, role, newsroom.bureau)
    for stage in (Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW):
        article = newsroom.at_stage(stage, at=clock())
        assert refused("pass", article, newsroom.correspondent) == {"is_author"}
        assert refused("return", article, newsroom.correspondent, reason="x") == {"is_author"}
        assert refused("refuse", article, newsroom.correspondent, reason_code="other") == {"is_author"}
    assert not Review.objects.filter(reviewer=newsroom.correspondent)


def test_the_author_who_reviews_elsewhere_does_not_mend_the_text_under_review(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    appoint(newsroom.correspondent, Role.UNIT_REVIEWER, newsroom.station)
    article = newsroom.submitted(at=clock())
    assert refused("edit", article, newsroom.correspondent, write=writes(kicker="x")) == {"author_recalls"}


def test_one_person_does_one_step_also_in_a_later_round(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    both = newsroom.desk_editor
    appoint(both, Role.CHIEF_EDITOR, newsroom.bureau)
    article = newsroom.at_stage(Stage.FINAL_REVIEW, at=clock())
    assert refused("pass", article, both) == {"did_another_step"}
    say("return", article, newsroom.chief, reason="补充")
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    say("pass", article, both)
    assert refused("pass", article, both) == {"did_another_step"}
    say("pass", article, newsroom.chief)
    assert article.stage == Stage.APPROVED


def test_steps_are_counted_anew_when_a_released_story_is_revised(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    both = newsroom.desk_editor
    appoint(both, Role.CHIEF_EDITOR, newsroom.bureau)
    other = make_user(Role.DESK_EDITOR, newsroom.bureau)
    article = newsroom.released(at=clock()).article
    say("revise", article, newsroom.correspondent)
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    say("pass", article, other)
    say("pass", article, both)
    assert article.stage == Stage.APPROVED


def test_a_reviewer_who_mends_the_text_at_their_step_passes_it_with_edits(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    say("edit", article, newsroom.unit_reviewer, write=writes(body="<p>近日，民警接到群众求助。</p>"))
    say("pass", article, newsroom.unit_reviewer)
    assert article.stage == Stage.DESK_REVIEW
    assert article.reviews.get().decision == Decision.PASSED_WITH_EDITS


def test_mended_in_an_earlier_round_is_not_passed_with_edits_in_this_one(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    say("edit", article, newsroom.unit_reviewer, write=writes(kicker="湖滨派出所"))
    say("return", article, newsroom.unit_reviewer, reason="补充")
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    assert article.reviews.last().decision == Decision.PASSED  # type: ignore[union-attr]


def comma_changed_by(article: Article, actor: object, say: Says) -> None:
    say("edit", article, actor, write=writes(body="<p>近日民警接到求助。</p>"))


def test_who_changed_a_comma_may_not_do_the_final_review(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW, at=clock())
    comma_changed_by(article, newsroom.chief, say)
    assert refused("pass", article, newsroom.chief) == {"is_contributor"}
    say("pass", article, newsroom.second_chief)
    assert article.stage == Stage.APPROVED


def test_who_changed_the_draft_may_not_review_it_at_any_step(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    comma_changed_by(article, newsroom.unit_reviewer, say)
    say("submit", article, newsroom.correspondent)
    assert refused("pass", article, newsroom.unit_reviewer) == {"is_contributor"}


def test_who_changed_the_text_in_an_earlier_cycle_may_not_do_the_final_review_of_the_next(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW, at=clock())
    comma_changed_by(article, newsroom.chief, say)
    say("pass", article, newsroom.second_chief)
    say("release", article, newsroom.chief)
    say("revise", article, newsroom.correspondent)
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    say("pass", article, newsroom.desk_editor)
    assert refused("pass", article, newsroom.chief) == {"is_contributor"}


def test_a_change_after_the_final_review_voids_it(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.APPROVED, at=clock())
    comma_changed_by(article, newsroom.desk_editor, say)
    assert article.stage == Stage.FINAL_REVIEW
    assert article.reviews.get(step=Stage.FINAL_REVIEW).is_void
    assert refused("release", article, newsroom.chief) == {"wrong_stage"}
    say("pass", article, newsroom.chief)
    say("release", article, newsroom.chief)
    assert article.releases.get().content["body"] == "<p>近日民警接到求助。</p>"


def test_a_final_review_is_not_void_because_the_story_was_revised_after_its_release(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.released(at=clock()).article
    say("revise", article, newsroom.correspondent)
    comma_changed_by(article, newsroom.correspondent, say)
    assert not article.reviews.get(step=Stage.FINAL_REVIEW).is_void


def test_a_story_that_was_returned_last_is_mended_without_that_decision_being_void(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW, at=clock())
    say("return", article, newsroom.chief, reason="补充")
    comma_changed_by(article, newsroom.correspondent, say)
    assert not article.reviews.get(step=Stage.FINAL_REVIEW).is_void


def test_saving_an_approved_text_without_a_change_voids_nothing(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.APPROVED, at=clock())
    assert say("edit", article, newsroom.desk_editor, write=writes(kicker="")) is None
    assert article.stage == Stage.APPROVED
    say("release", article, newsroom.chief)
    assert article.stage == Stage.SETTLED


def test_an_old_final_review_does_not_hold_for_a_text_that_was_changed_and_submitted_again(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.APPROVED, at=clock())
    Article.objects.filter(pk=article.pk).update(round=article.round + 1)
    assert refused("release", article, newsroom.chief) == {"final_review_is_void"}


def test_earlier_reviews_stay_when_somebody_edits_in_the_middle(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, at=clock())
    judged = article.reviews.get().content_hash
    comma_changed_by(article, newsroom.desk_editor, say)
    assert article.stage == Stage.DESK_REVIEW
    assert article.reviews.get().content_hash == judged
