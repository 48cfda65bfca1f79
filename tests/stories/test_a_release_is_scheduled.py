"""A scheduled release becomes visible because its time has come, and can be called off until then."""

from datetime import datetime, timedelta

import pytest

from bulletins import workflow
from bulletins.models import Article, Listing, Release, Stage
from bulletins.models.listing import ALL
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Refused, Says, writes

SOON = timedelta(hours=8)


def visible_at(at: datetime) -> list[int]:
    return [release.sequence for release in Release.objects.visible(at=at)]


@pytest.fixture
def approved(newsroom: Newsroom, clock: Clock) -> Article:
    return newsroom.at_stage(Stage.APPROVED, at=clock())


@pytest.fixture
def approved_again(newsroom: Newsroom, say: Says, clock: Clock) -> Article:
    """A live story whose new text waits to be released."""
    article = newsroom.released(at=clock()).article
    say("revise", article, newsroom.correspondent)
    say("edit", article, newsroom.correspondent, write=writes(kicker="更正"))
    say("submit", article, newsroom.correspondent)
    while article.stage != Stage.APPROVED:
        say("pass", article, newsroom.reviewer_at(article.stage))
    return article


def test_it_becomes_visible_because_its_time_has_come(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    when = clock.now + SOON
    say("release", approved, newsroom.chief, public_from=when)
    assert approved.stage == Stage.SETTLED
    assert visible_at(when - timedelta(microseconds=1)) == []
    assert visible_at(when) == [1]
    assert [r.sequence for r in Release.objects.on_shelf(ALL, at=when)] == [1]
    assert not Release.objects.on_shelf(ALL, at=when - timedelta(microseconds=1))


def test_it_is_published_when_its_time_comes(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    when = clock.now + SOON
    say("release", approved, newsroom.chief, public_from=when)
    assert approved.releases.get().published_at == when


def test_a_time_that_has_passed_means_now(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    say("release", approved, newsroom.chief, public_from=clock.now - SOON)
    assert approved.releases.get().public_from == clock.now


def test_as_the_successor_of_a_live_one_it_takes_over_at_its_time_and_not_a_moment_later(
    newsroom: Newsroom, say: Says, clock: Clock, approved_again: Article
) -> None:
    when = clock.now + SOON
    say("release", approved_again, newsroom.chief, public_from=when)
    assert visible_at(clock()) == [1]
    assert visible_at(when - timedelta(microseconds=1)) == [1]
    assert visible_at(when) == [2]


def test_called_off_it_never_becomes_visible(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    when = clock.now + SOON
    say("release", approved, newsroom.chief, public_from=when)
    say("unschedule", approved, newsroom.second_chief)
    assert approved.stage == Stage.APPROVED
    assert visible_at(when + SOON) == []
    assert approved.releases.get().state(at=when + SOON) == "unscheduled"
    assert not Listing.objects.exists()


def test_called_off_it_gives_the_old_one_its_time_back(
    newsroom: Newsroom, say: Says, clock: Clock, approved_again: Article
) -> None:
    when = clock.now + SOON
    say("release", approved_again, newsroom.chief, public_from=when)
    say("unschedule", approved_again, newsroom.chief)
    assert visible_at(when + SOON) == [1]
    assert [r.sequence for r in Release.objects.on_shelf(ALL, at=when + SOON)] == [1]


def test_one_that_was_called_off_does_not_come_back_when_another_for_the_same_time_is_called_off_too(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    when = clock.now + SOON
    for _ in range(2):
        say("release", approved, newsroom.chief, public_from=when)
        say("unschedule", approved, newsroom.chief)
    assert visible_at(when + SOON) == []


def test_called_off_twice_for_the_same_time_the_old_one_still_gets_its_time_back(
    newsroom: Newsroom, say: Says, clock: Clock, approved_again: Article
) -> None:
    when = clock.now + SOON
    for _ in range(2):
        say("release", approved_again, newsroom.chief, public_from=when)
        say("unschedule", approved_again, newsroom.chief)
    assert visible_at(when + SOON) == [1]


def test_released_after_it_was_called_off_it_is_published_when_it_really_was(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    say("release", approved, newsroom.chief, public_from=clock.now + SOON)
    say("unschedule", approved, newsroom.chief)
    clock.wait(days=2)
    say("release", approved, newsroom.chief)
    assert approved.releases.get(sequence=2).published_at == clock.now
    assert visible_at(clock()) == [2]


def test_what_is_public_already_is_not_called_off(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock, approved: Article
) -> None:
    say("release", approved, newsroom.chief, public_from=clock.now + SOON)
    clock.now += SOON
    assert refused("unschedule", approved, newsroom.chief) == {"not_scheduled"}


def test_while_a_successor_waits_the_live_one_is_neither_revised_nor_withdrawn(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock, approved_again: Article
) -> None:
    say("release", approved_again, newsroom.chief, public_from=clock.now + SOON)
    for verb, actor in (
        ("revise", newsroom.correspondent),
        ("withdraw", newsroom.desk_editor),
        ("withdraw_at_once", newsroom.chief),
    ):
        assert refused(verb, approved_again, actor, reason="x") == {"is_scheduled"}


def test_what_has_only_been_scheduled_cannot_be_withdrawn(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock, approved: Article
) -> None:
    say("release", approved, newsroom.chief, public_from=clock.now + SOON)
    assert refused("withdraw", approved, newsroom.desk_editor, reason="x") == {"wrong_stage"}
    assert refused("revise", approved, newsroom.correspondent) == {"not_live", "is_scheduled"}


def test_buttons_change_when_the_time_comes_without_anybody_doing_anything(
    newsroom: Newsroom, say: Says, clock: Clock, approved: Article
) -> None:
    def open_to_chief() -> set[str]:
        options = workflow.options(approved, actor=newsroom.chief, at=clock())
        return {option.verb for option in options if option.is_open}

    say("release", approved, newsroom.chief, public_from=clock.now + SOON)
    assert open_to_chief() == {"unschedule"}
    clock.now += SOON
    assert open_to_chief() == {"withdraw", "withdraw_at_once"}
