"""`manage.py demo`: a newsroom to try, made once, in development only."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins.management.demo.people import PEOPLE
from bulletins.management.demo.story import SOURCE
from bulletins.models import (
    Article,
    Campaign,
    Decision,
    Outcome,
    Proposal,
    Release,
    ReleaseState,
    Review,
    Stage,
)
from tests.kept import kept_for_a_module

SAMPLE_PAGE = {f"JN-2021-{number:06d}" for number in range(1, 9)}


def demo(**options: Any) -> str:
    told = StringIO()
    call_command("demo", stdout=told, **options)
    return told.getvalue()


def of_the_demo() -> list[Article]:
    return list(Article.objects.exclude(number__in=SAMPLE_PAGE))


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with kept_for_a_module(django_db_blocker):
        yield demo()


@pytest.fixture
def told(made: str, db: None) -> str:
    """What the command told when it made the demo."""
    return made


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("role", Role.values)
def test_there_is_a_sign_in_for_every_role(role: str) -> None:
    assert Membership.objects.filter(role=role, user__username__in=[p.username for p in PEOPLE]).exists()


def test_everybody_it_names_can_sign_in_with_the_password_it_prints(told: str) -> None:
    for person in PEOPLE:
        assert person.username in told
        assert authenticate(username=person.username, password="demo-newsroom") is not None
    assert "demo-newsroom" in told


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("stage", Stage.values)
def test_a_story_stands_at_every_stage(stage: str) -> None:
    assert [article for article in of_the_demo() if article.stage == stage]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    "state",
    [ReleaseState.LIVE, ReleaseState.SCHEDULED, ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN],
)
def test_a_release_is_in_every_state(state: str) -> None:
    assert [release for release in Release.objects.all() if release.state() == state]


@pytest.mark.usefixtures("told")
def test_a_story_is_public_while_its_next_version_is_written() -> None:
    beside = Release.objects.visible(at=timezone.now()).filter(article__stage=Stage.DRAFT)
    assert [release.content["body"] != release.article.body for release in beside] == [True]


@pytest.mark.usefixtures("told")
def test_a_withdrawal_waits_for_a_second_person() -> None:
    assert Proposal.objects.filter(outcome=Outcome.OPEN, ask="withdraw").count() == 1


@pytest.mark.usefixtures("told")
def test_a_withdrawn_story_leaves_a_notice() -> None:
    assert all(release.notice for release in Release.objects.withdrawn(at=timezone.now()))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("decision", Decision.values)
def test_reviewers_decided_in_every_way(decision: str) -> None:
    assert Review.objects.filter(decision=decision).exists()


@pytest.mark.usefixtures("told")
def test_every_story_says_that_it_is_invented() -> None:
    assert {article.source for article in of_the_demo()} == {SOURCE}


@pytest.mark.usefixtures("told")
def test_nothing_of_the_demo_happened_in_the_future() -> None:
    now = timezone.now()
    assert not [t for article in of_the_demo() for t in article.transitions.all() if t.at > now]


@pytest.mark.usefixtures("told")
def test_campaigns_run_now_and_one_is_coming() -> None:
    dated = Campaign.objects.filter(slug__in=["bairi-huan", "yikui-yidai", "fanzha-xuanchuanzhou"])
    assert sorted(campaign.state(on=timezone.localdate()) for campaign in dated) == [
        "coming",
        "running",
        "running",
    ]


def test_doing_it_again_changes_nothing_and_prints_the_accounts_again(told: str) -> None:
    before = list(Article.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())
    again = demo()
    assert (
        list(Article.objects.order_by("pk").values()),
        list(User.objects.order_by("pk").values()),
    ) == before
    assert again.splitlines()[2:] == told.splitlines()[2:]
    assert again.splitlines()[1] != told.splitlines()[1]


@pytest.mark.usefixtures("told")
def test_another_password_given_later_is_the_one_that_counts() -> None:
    demo(password="another-known-phrase")
    assert authenticate(username="zhuren", password="another-known-phrase") is not None
