"""Withdrawing and restoring take two people; in an emergency one acts at once and another signs it off later."""

import pytest

from bulletins.models import Article, Listing, Proposal, Release
from bulletins.models.listing import ALL
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Refused, Says


@pytest.fixture
def live(newsroom: Newsroom, clock: Clock) -> Article:
    return newsroom.released(at=clock()).article


def is_public(article: Article, clock: Clock) -> bool:
    at = clock()
    visible = Release.objects.visible(at=at).filter(article=article).exists()
    assert Release.objects.on_shelf(ALL, at=at).filter(article=article).exists() == visible
    return visible


def test_one_asks_and_another_confirms(newsroom: Newsroom, say: Says, clock: Clock, live: Article) -> None:
    say("withdraw", live, newsroom.unit_reviewer, reason="姓名有误", notice="本文已撤下。")
    assert is_public(live, clock)
    say("confirm_withdrawal", live, newsroom.desk_editor)
    assert not is_public(live, clock)
    gone = Release.objects.withdrawn(at=clock()).get()
    assert gone.notice == "本文已撤下。"
    assert not Listing.objects.exists()


def test_nobody_confirms_what_they_asked_for(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock, live: Article
) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    assert refused("confirm_withdrawal", live, newsroom.desk_editor) == {"asked_oneself"}
    assert is_public(live, clock)


def test_nobody_confirms_what_nobody_asked_for(
    newsroom: Newsroom, refused: Refused, clock: Clock, live: Article
) -> None:
    assert refused("confirm_withdrawal", live, newsroom.chief) == {"nothing_asked"}


def test_it_is_asked_once_at_a_time(newsroom: Newsroom, say: Says, refused: Refused, live: Article) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    assert refused("withdraw", live, newsroom.chief, reason="有误") == {"proposal_is_open"}


def test_declined_it_stays_public_and_can_be_asked_again(
    newsroom: Newsroom, say: Says, clock: Clock, live: Article
) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    line = say("decline_withdrawal", live, newsroom.chief, reason="无误")
    assert line is not None
    assert (line.reason, line.from_stage, line.to_stage) == ("无误", "live", "live")
    assert is_public(live, clock)
    say("withdraw", live, newsroom.desk_editor, reason="确实有误")
    assert list(Proposal.objects.order_by("pk").values_list("outcome", flat=True)) == ["declined", "open"]


def test_who_asked_may_take_it_back(newsroom: Newsroom, say: Says, live: Article) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    say("decline_withdrawal", live, newsroom.desk_editor)
    assert Proposal.objects.get().outcome == "declined"


def test_in_an_emergency_a_chief_withdraws_at_once_and_it_stays_flagged(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock, live: Article
) -> None:
    say("withdraw_at_once", live, newsroom.chief, reason="泄露身份", notice="已撤下")
    assert not is_public(live, clock)
    flag = Proposal.objects.get(outcome="open")
    assert flag.was_emergency
    assert refused("sign_off", live, newsroom.chief) == {"asked_oneself"}
    say("sign_off", live, newsroom.desk_editor)
    flag.refresh_from_db()
    assert (flag.outcome, flag.answered_by) == ("confirmed", newsroom.desk_editor)


def test_an_emergency_takes_the_place_of_what_was_asked(
    newsroom: Newsroom, say: Says, clock: Clock, live: Article
) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    say("withdraw_at_once", live, newsroom.chief, reason="泄露身份")
    assert not is_public(live, clock)
    assert list(Proposal.objects.order_by("pk").values_list("outcome", "was_emergency")) == [
        ("declined", False),
        ("open", True),
    ]


def test_an_emergency_has_to_be_signed_off_before_anything_is_restored(
    newsroom: Newsroom, say: Says, refused: Refused, live: Article
) -> None:
    say("withdraw_at_once", live, newsroom.chief, reason="泄露身份")
    assert refused("restore", live, newsroom.chief, reason="x") == {"proposal_is_open"}
    assert refused("confirm_restoration", live, newsroom.second_chief) == {"nothing_asked"}


def test_one_asks_to_restore_and_another_confirms(
    newsroom: Newsroom, say: Says, refused: Refused, clock: Clock
) -> None:
    article = newsroom.withdrawn(at=clock()).article
    say("restore", article, newsroom.chief, reason="核实无误")
    assert not is_public(article, clock)
    assert refused("confirm_restoration", article, newsroom.chief) == {"asked_oneself"}
    say("confirm_restoration", article, newsroom.desk_editor)
    assert is_public(article, clock)
    assert article.releases.get().notice == ""


def test_a_restored_story_can_be_withdrawn_again(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.withdrawn(at=clock()).article
    say("restore", article, newsroom.chief, reason="核实无误")
    say("confirm_restoration", article, newsroom.desk_editor)
    say("withdraw", article, newsroom.chief, reason="又有误")
    say("confirm_withdrawal", article, newsroom.second_chief)
    assert not is_public(article, clock)


def test_a_declined_restoration_leaves_it_withdrawn(newsroom: Newsroom, say: Says, clock: Clock) -> None:
    article = newsroom.withdrawn(at=clock()).article
    say("restore", article, newsroom.chief, reason="核实无误")
    say("decline_restoration", article, newsroom.desk_editor)
    assert not is_public(article, clock)


@pytest.mark.parametrize("verb", ["withdraw", "withdraw_at_once"])
def test_nothing_is_withdrawn_without_a_reason(
    newsroom: Newsroom, refused: Refused, clock: Clock, live: Article, verb: str
) -> None:
    assert refused(verb, live, newsroom.chief) == {"reason_required"}
    assert is_public(live, clock)


def test_history_says_what_happened_to_the_release(
    newsroom: Newsroom, say: Says, clock: Clock, live: Article
) -> None:
    say("withdraw", live, newsroom.desk_editor, reason="有误")
    say("confirm_withdrawal", live, newsroom.chief)
    last = live.transitions.last()
    assert last is not None
    assert (last.from_stage, last.to_stage, last.release) == ("live", "withdrawn", live.releases.get())
