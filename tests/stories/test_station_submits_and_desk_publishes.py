"""The usual way: a station writes, three people read, the chief signs, the public reads."""

import pytest

from bulletins.models import Decision, Listing, Release, Review, Revision, Stage, Transition
from bulletins.models.listing import ALL, unit_shelf
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Refused, Says, writes


def test_a_story_goes_the_whole_way(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.draft(at=clock(), tags=["反诈"])
    for verb, actor in (
        ("submit", newsroom.correspondent),
        ("pass", newsroom.unit_reviewer),
        ("pass", newsroom.desk_editor),
        ("pass", newsroom.chief),
        ("release", newsroom.second_chief),
    ):
        say(verb, article, actor)
    assert article.stage == Stage.SETTLED
    assert [(line.verb, line.from_stage, line.to_stage) for line in article.transitions.all()] == [
        ("start", "", "draft"),
        ("submit", "draft", "unit_review"),
        ("pass", "unit_review", "desk_review"),
        ("pass", "desk_review", "final_review"),
        ("pass", "final_review", "approved"),
        ("release", "approved", "settled"),
    ]
    assert [r.get() for r in (Release.objects.visible(at=clock.now), article.releases)] == [
        article.releases.get()
    ] * 2


def test_what_is_released_is_what_the_final_review_passed(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    release = newsroom.released(at=clock())
    final = Review.objects.get(step=Stage.FINAL_REVIEW)
    assert release.content_hash == final.content_hash == release.revision.content_hash
    assert release.content == release.revision.content


def test_a_released_story_stands_in_the_lists_of_its_unit_and_of_those_above(
    newsroom: Newsroom, clock: Clock
) -> None:
    release = newsroom.released(at=clock())
    for shelf in (ALL, unit_shelf(newsroom.station), unit_shelf(newsroom.bureau)):
        assert list(Release.objects.on_shelf(shelf, at=clock())) == [release]
    assert not Release.objects.on_shelf(unit_shelf(newsroom.other_station), at=clock())


def test_a_returned_story_is_mended_and_submitted_again(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.submitted(at=clock())
    say("return", article, newsroom.unit_reviewer, reason="请补充时间地点")
    assert (article.stage, article.reviews.get().reason) == (Stage.RETURNED, "请补充时间地点")
    say("edit", article, newsroom.correspondent, write=writes(body="<p>23日8时许，民警接到求助。</p>"))
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    assert article.stage == Stage.DESK_REVIEW
    assert list(article.reviews.values_list("round", "decision")) == [(1, "returned"), (2, "passed")]


def test_a_story_is_not_returned_without_a_reason(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    article = newsroom.submitted(at=clock())
    assert refused("return", article, newsroom.unit_reviewer, reason="  ") == {"reason_required"}
    article.refresh_from_db()
    assert article.stage == Stage.UNIT_REVIEW


def test_a_story_is_not_adopted_with_a_code(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, at=clock())
    say("refuse", article, newsroom.desk_editor, reason_code="duplicate", reason="昨日已发")
    review = article.reviews.last()
    assert article.stage == Stage.REFUSED
    assert review is not None
    assert (review.decision, review.reason_code, review.reason) == (
        Decision.REFUSED,
        "duplicate",
        "昨日已发",
    )


@pytest.mark.parametrize("code", ["", "no such code", None])
def test_a_story_is_not_refused_without_a_code_of_the_list(
    newsroom: Newsroom, refused: Refused, clock: Clock, code: str | None
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, at=clock())
    assert refused("refuse", article, newsroom.desk_editor, reason_code=code) == {"reason_code_required"}


def test_its_author_takes_a_story_back_until_somebody_has_reviewed_it(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.submitted(at=clock())
    say("recall", article, newsroom.correspondent)
    assert article.stage == Stage.DRAFT
    say("submit", article, newsroom.correspondent)
    say("pass", article, newsroom.unit_reviewer)
    assert refused("recall", article, newsroom.correspondent) == {"review_has_begun"}


def test_after_it_was_returned_and_submitted_again_a_story_can_be_taken_back_again(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.RETURNED, at=clock())
    say("submit", article, newsroom.correspondent)
    say("recall", article, newsroom.correspondent)
    assert article.stage == Stage.DRAFT


def test_nobody_but_its_author_takes_a_story_back(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    article = newsroom.submitted(at=clock())
    assert refused("recall", article, newsroom.unit_reviewer) == {"not_your_role"}


def test_all_that_is_wrong_is_said_at_once(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    article = newsroom.draft(at=clock(), headline=" \n ", body="<p>　</p>", kind="photo")
    for member in newsroom.chief, newsroom.second_chief, newsroom.unit_reviewer:
        member.memberships.all().delete()
    assert refused("submit", article, newsroom.correspondent) == {"no_body", "no_photo", "nobody_reviews"}
    article.kind = "news"
    article.body = f'<p>见图。<img src="photo:{"a" * 64}"></p>'
    article.save(update_fields=["kind", "body"])
    assert refused("submit", article, newsroom.administrator, seen_revision=0) == {
        "not_your_role",
        "no_headline",
        "photo_is_gone",
        "nobody_reviews",
        "moved_meanwhile",
    }


def test_a_photo_story_needs_no_headline(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.draft(at=clock(), kind="photo", headline="")
    article.photos.create(is_missing=True, caption="护学岗")
    say("submit", article, newsroom.correspondent)
    assert article.stage == Stage.UNIT_REVIEW


def test_beginning_to_write_takes_a_number_and_freezes_what_was_written(
    newsroom: Newsroom, clock: Clock
) -> None:
    article = newsroom.draft(at=clock())
    revision = Revision.objects.get()
    assert (article.number, article.revision_number, article.author) == (
        "JN-2021-000001",
        1,
        newsroom.correspondent,
    )
    assert revision.content["credits"][0]["name"] == "张三"


def test_a_member_of_the_unit_submits_for_the_author(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.draft(at=clock())
    line = say("submit", article, newsroom.unit_reviewer)
    assert line is not None
    assert (line.actor, article.author) == (newsroom.unit_reviewer, newsroom.correspondent)


def test_history_names_everyone_who_did_something(newsroom: Newsroom, clock: Clock) -> None:
    newsroom.released(at=clock())
    assert set(Transition.objects.values_list("actor__name", flat=True)) == {
        "通讯员甲",
        "所长乙",
        "编辑丙",
        "主任丁",
    }


def test_a_draft_stands_in_no_public_list(newsroom: Newsroom, clock: Clock) -> None:
    for stage in (Stage.DRAFT, Stage.APPROVED, Stage.REFUSED):
        newsroom.at_stage(stage, at=clock())
    assert not Listing.objects.exists()
    assert not Release.objects.exists()
