"""What a fixture brought is an article like any other: it is revised, withdrawn, and new ones count on after it."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership
from accounts.roles import Role
from bulletins.models import Article, Release, Stage
from bulletins.models.listing import ALL
from tests.factories import Newsroom, make_user
from tests.stories.conftest import Clock, Says, writes
from units.models import Unit

YEAR_AFTER = datetime(2022, 12, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def article(newsroom: Newsroom, clock: Clock) -> Article:
    """The story of the 洸河 police station, a year later."""
    call_command("loaddata", "sample_page", verbosity=0)
    clock.now = YEAR_AFTER
    return Article.objects.get(headline__contains="全国一级公安派出所")


def appointed(role: Role) -> object:
    return make_user(role, Unit.objects.get(name="济宁市公安局"))


def test_its_text_stays_public_until_a_new_one_has_gone_the_whole_way(
    newsroom: Newsroom, article: Article, say: Says, clock: Clock
) -> None:
    old = article.releases.get()
    desk, unit, other_desk, chief = map(
        appointed, (Role.DESK_EDITOR, Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR)
    )
    say("revise", article, desk)
    say("edit", article, desk, write=writes(subhead="洸河派出所纪实"))
    say("submit", article, desk)
    for reviewer in (unit, other_desk, chief):
        say("pass", article, reviewer)
    assert Release.objects.visible(at=clock()).get(number=article.number) == old
    say("release", article, chief)
    new = Release.objects.visible(at=clock()).get(number=article.number)
    assert (new.sequence, new.content["subhead"]) == (2, "洸河派出所纪实")
    assert new.published_at == old.published_at
    assert Release.objects.on_shelf(ALL, at=clock()).count() == 8


def test_it_is_withdrawn_like_any_other(
    newsroom: Newsroom, article: Article, say: Says, clock: Clock
) -> None:
    say("withdraw", article, appointed(Role.DESK_EDITOR), reason="有误")
    say("confirm_withdrawal", article, appointed(Role.CHIEF_EDITOR))
    assert Release.objects.on_shelf(ALL, at=clock()).count() == 7


def test_an_unchanged_text_is_no_new_version(newsroom: Newsroom, article: Article, say: Says) -> None:
    desk = appointed(Role.DESK_EDITOR)
    say("revise", article, desk)
    assert say("edit", article, desk, write=writes(kicker=article.kicker)) is None


def nothing_is_loaded_over(article: Article) -> bool:
    before = list(Article.objects.values()), list(Release.objects.values())
    with pytest.raises(CommandError, match=article.number):
        call_command("loaddata", "sample_page", verbosity=0)
    return before == (list(Article.objects.values()), list(Release.objects.values()))


def test_what_was_withdrawn_does_not_become_public_by_loading_the_page_again(
    newsroom: Newsroom, article: Article, say: Says, clock: Clock
) -> None:
    say("withdraw_at_once", article, appointed(Role.CHIEF_EDITOR), reason="泄露身份")
    assert nothing_is_loaded_over(article)
    assert not Release.objects.visible(at=clock()).filter(number=article.number)


def test_what_is_being_revised_is_not_set_back_by_loading_the_page_again(
    newsroom: Newsroom, article: Article, say: Says
) -> None:
    desk = appointed(Role.DESK_EDITOR)
    say("revise", article, desk)
    say("edit", article, desk, write=writes(subhead="洸河派出所纪实"))
    assert nothing_is_loaded_over(article)


def test_new_articles_of_the_year_count_on_after_those_of_the_page(
    newsroom: Newsroom, article: Article, clock: Clock
) -> None:
    taken = set(Article.objects.values_list("number", flat=True))
    new = newsroom.draft(at=datetime(2021, 12, 31, 1, 0, tzinfo=UTC))
    assert new.number not in taken
    assert new.number.startswith("JN-2021-")
    assert new.stage == Stage.DRAFT


def test_nobody_of_the_page_can_sign_in_or_holds_a_role_that_is_in_force(
    newsroom: Newsroom, article: Article
) -> None:
    for line in article.transitions.select_related("actor"):
        assert not line.actor.has_usable_password()
        assert not Membership.objects.current(on=YEAR_AFTER.date()).filter(user=line.actor)
