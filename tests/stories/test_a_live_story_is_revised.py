"""Live stays live: readers see the old text until the new one has gone the whole way and is released."""

from bulletins.models import Article, Listing, Release, Stage
from bulletins.models.listing import ALL
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Refused, Says, writes

NEW = "<p>更正：老人已平安到家。</p>"


def revised(newsroom: Newsroom, say: Says, article: Article, until: str = Stage.APPROVED) -> None:
    say("revise", article, newsroom.correspondent)
    say("edit", article, newsroom.correspondent, write=writes(body=NEW))
    say("submit", article, newsroom.correspondent)
    while article.stage != until:
        say("pass", article, newsroom.reviewer_at(article.stage))


def test_readers_see_the_old_text_until_the_new_one_is_released(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    old = newsroom.released(at=clock())
    article = old.article
    revised(newsroom, say, article)
    assert [r.content["body"] for r in Release.objects.visible(at=clock())] == [old.content["body"]]
    say("release", article, newsroom.chief)
    assert [r.content["body"] for r in Release.objects.visible(at=clock())] == [NEW]
    assert [r.content["body"] for r in Release.objects.on_shelf(ALL, at=clock())] == [NEW]


def test_the_old_release_is_superseded_and_not_overwritten(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    old = newsroom.released(at=clock())
    before = old.content
    revised(newsroom, say, old.article)
    say("release", old.article, newsroom.chief)
    old.refresh_from_db()
    new = old.article.releases.get(sequence=2)
    assert (old.state(at=clock()), new.state(at=clock())) == ("superseded", "live")
    assert old.content == before
    assert old.public_until == new.public_from
    assert set(Listing.objects.values_list("release", flat=True)) == {new.pk}


def test_a_new_text_keeps_its_place_in_the_lists_and_says_when_it_was_changed(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    old = newsroom.released(at=clock())
    clock.wait(days=40)
    revised(newsroom, say, old.article)
    say("release", old.article, newsroom.chief)
    new = old.article.releases.get(sequence=2)
    assert new.published_at == old.published_at
    assert (old.updated_at, new.updated_at) == (None, new.public_from)


def test_a_story_that_is_not_live_is_not_revised(newsroom: Newsroom, refused: Refused, clock: Clock) -> None:
    article = newsroom.withdrawn(at=clock()).article
    assert refused("revise", article, newsroom.correspondent) == {"not_live"}


def test_a_live_story_whose_new_text_was_not_adopted_can_be_revised_again(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    old = newsroom.released(at=clock())
    revised(newsroom, say, old.article, until=Stage.DESK_REVIEW)
    say("refuse", old.article, newsroom.desk_editor, reason_code="facts")
    assert Release.objects.visible(at=clock()).get() == old
    say("revise", old.article, newsroom.correspondent)
    assert (old.article.stage, old.article.cycle) == (Stage.DRAFT, 3)


def test_a_story_that_was_never_adopted_is_not_revised(
    newsroom: Newsroom, refused: Refused, clock: Clock
) -> None:
    article = newsroom.at_stage(Stage.REFUSED, at=clock())
    assert refused("revise", article, newsroom.correspondent) == {"not_live"}


def test_a_story_withdrawn_while_its_new_text_is_written_comes_back_with_that_text(
    newsroom: Newsroom, say: Says, clock: Clock
) -> None:
    old = newsroom.released(at=clock())
    article = old.article
    say("revise", article, newsroom.correspondent)
    say("withdraw", article, newsroom.desk_editor, reason="有误")
    say("confirm_withdrawal", article, newsroom.chief)
    assert (article.stage, Release.objects.visible(at=clock()).count()) == (Stage.DRAFT, 0)
    say("edit", article, newsroom.correspondent, write=writes(body=NEW))
    say("submit", article, newsroom.correspondent)
    for reviewer in (newsroom.unit_reviewer, newsroom.desk_editor, newsroom.chief):
        say("pass", article, reviewer)
    say("release", article, newsroom.chief)
    assert Release.objects.visible(at=clock()).get().content["body"] == NEW
    old.refresh_from_db()
    assert old.state(at=clock()) == "withdrawn"


def test_a_withdrawn_text_does_not_come_back_over_a_newer_one(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.released(at=clock()).article
    revised(newsroom, say, article)
    say("withdraw_at_once", article, newsroom.chief, reason="有误")
    say("sign_off", article, newsroom.desk_editor)
    say("release", article, newsroom.chief)
    assert refused("restore", article, newsroom.desk_editor, reason="x") == {"wrong_stage"}
    assert Release.objects.visible(at=clock()).get().sequence == 2
