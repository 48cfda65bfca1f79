"""People who act at the very same moment, each over a connection of their own: one wins, the other is told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Listing, Proposal, Release, Review, Revision, Stage, Transition
from tests.factories import Newsroom, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom(transactional_db: None) -> Newsroom:
    return Newsroom()


Deed = Callable[[], object]
DONE = "done"


def said(verb: str, article: Article, actor: User, **given: Any) -> Deed:
    """Say the verb with an object of one's own, as another process would have it."""
    return lambda: workflow.perform(verb, Article.objects.get(pk=article.pk), actor=actor, **given)


def at_once(*deeds: Deed) -> list[str]:
    """Do all at the same moment; for each `done`, or the keys of the reasons against it."""
    start = Barrier(len(deeds))

    def run(deed: Deed) -> str:
        try:
            start.wait(timeout=10)
            deed()
        except workflow.Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return DONE

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(run, deeds))


def lines(verb: str) -> int:
    return Transition.objects.filter(verb=verb).count()


@pytest.mark.parametrize("says_what_was_seen", [True, False])
def test_of_two_reviewers_who_pass_at_once_one_is_refused(
    newsroom: Newsroom, says_what_was_seen: bool
) -> None:
    colleague = make_user(Role.UNIT_REVIEWER, newsroom.station)
    article = newsroom.submitted()
    seen: dict[str, Any] = {"seen_stage": article.stage, "seen_revision": 1} if says_what_was_seen else {}
    results = at_once(
        said("pass", article, newsroom.unit_reviewer, **seen), said("pass", article, colleague, **seen)
    )
    assert sorted(result == DONE for result in results) == [False, True]
    article.refresh_from_db()
    assert (article.stage, lines("pass"), Review.objects.count()) == (Stage.DESK_REVIEW, 1, 1)


def test_a_button_pressed_four_times_at_once_works_once(newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    press = said("pass", article, newsroom.unit_reviewer, seen_stage=article.stage, seen_revision=1)
    results = Counter(at_once(press, press, press, press))
    assert results[DONE] == 1
    assert (lines("pass"), Review.objects.count()) == (1, 1)


def test_of_four_who_save_the_same_version_three_are_told(newsroom: Newsroom) -> None:
    article = newsroom.draft()

    def save(text: str) -> Deed:
        def write(article: Article) -> None:
            article.kicker = text
            article.save(update_fields=["kicker"])

        return said("edit", article, newsroom.correspondent, seen_revision=1, write=write)

    results = at_once(*map(save, "甲乙丙丁"))
    assert sorted(results) == [DONE] + ["moved_meanwhile"] * 3
    article.refresh_from_db()
    assert article.kicker == "甲乙丙丁"[results.index(DONE)]
    assert (article.revision_number, Revision.objects.count()) == (2, 2)


def test_two_chiefs_who_sign_at_once_make_one_release(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.APPROVED)
    results = at_once(
        said("release", article, newsroom.chief), said("release", article, newsroom.second_chief)
    )
    assert sorted(results) == [DONE, "wrong_stage"]
    assert (Release.objects.count(), lines("release")) == (1, 1)


def test_an_edit_and_a_signature_at_once_never_publish_what_nobody_passed(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.APPROVED)

    def write(article: Article) -> None:
        article.kicker = "改动"
        article.save(update_fields=["kicker"])

    results = at_once(
        said("edit", article, newsroom.desk_editor, write=write), said("release", article, newsroom.chief)
    )
    assert results.count(DONE) == 1
    passed = Review.objects.get(step=Stage.FINAL_REVIEW).content_hash
    assert all(release.content_hash == passed for release in Release.objects.all())


def approved_beside_live(newsroom: Newsroom) -> Article:
    article = newsroom.released().article
    workflow.perform("revise", article, actor=newsroom.correspondent)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    while article.stage != Stage.APPROVED:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage))
    return article


def test_a_new_release_and_an_emergency_at_once_leave_one_truth(newsroom: Newsroom) -> None:
    article = approved_beside_live(newsroom)
    released, withdrawn = at_once(
        said("release", article, newsroom.chief),
        said("withdraw_at_once", article, newsroom.second_chief, reason="泄露身份"),
    )
    at = Release.objects.latest("public_from").public_from
    visible = Release.objects.visible(at=max(at, article.updated_at))
    assert withdrawn == DONE
    # Released first, the new text was withdrawn; withdrawn first, nothing new comes before it is signed off.
    assert released in {DONE, "proposal_is_open"}
    assert not visible.exists()
    assert not Listing.objects.exists()
    assert lines("release") == 1 + (released == DONE)


def test_two_who_ask_to_withdraw_at_once_ask_once(newsroom: Newsroom) -> None:
    article = newsroom.released().article
    results = at_once(
        said("withdraw", article, newsroom.desk_editor, reason="有误"),
        said("withdraw", article, newsroom.chief, reason="有误"),
    )
    assert sorted(results) == [DONE, "proposal_is_open"]
    assert Proposal.objects.count() == 1


def test_a_yes_and_a_no_at_once_are_one_answer(newsroom: Newsroom) -> None:
    article = newsroom.released().article
    workflow.perform("withdraw", article, actor=newsroom.desk_editor, reason="有误")
    confirmed, declined = at_once(
        said("confirm_withdrawal", article, newsroom.chief),
        said("decline_withdrawal", article, newsroom.second_chief),
    )
    assert [confirmed, declined].count(DONE) == 1
    assert Proposal.objects.get().outcome == ("confirmed" if confirmed == DONE else "declined")
    assert (Release.objects.get().withdrawn_at is not None) == (confirmed == DONE)


def test_calling_off_and_calling_off_again_at_once_calls_off_once(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.APPROVED)
    later = article.stage_since.replace(year=article.stage_since.year + 1)
    workflow.perform("release", article, actor=newsroom.chief, public_from=later)
    off = said("unschedule", article, newsroom.chief)
    assert sorted(at_once(off, off)) == [DONE, "wrong_stage"]
    assert lines("unschedule") == 1
