"""`manage.py demo`: a newsroom to try, made once, in development only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins.figures import HandedIn, Period
from bulletins.figures import Outcome as Fate
from bulletins.management.demo.people import PEOPLE
from bulletins.management.demo.story import SOURCE
from bulletins.models import (
    Article,
    Campaign,
    Decision,
    Outcome,
    Override,
    Proposal,
    Release,
    ReleaseState,
    Review,
    Revision,
    Stage,
)
from bulletins.workflow.findings import Standing, standing
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


def found_at(stage: str) -> list[Standing]:
    """Everything that the checks say of stories at this stage."""
    found: list[Standing] = []
    for article in of_the_demo():
        revision = Revision.objects.current(article)
        if article.stage == stage and revision is not None:
            found += standing(revision.content, article=article, day=timezone.localdate())
    return found


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("stage", "keys"),
    [
        (Stage.DRAFT, {"identity_number", "mobile_number", "plate_number", "picture_said_where"}),
        (Stage.DESK_REVIEW, {"bank_card_number", "story_alike", "picture_published_before"}),
        (Stage.RETURNED, {"identity_number", "minor_with_a_place"}),
    ],
)
def test_whoever_tries_it_is_shown_what_the_checks_find(stage: str, keys: set[str]) -> None:
    assert keys <= {one.finding.key for one in found_at(stage)}


@pytest.mark.usefixtures("told")
def test_the_desk_has_stories_to_choose_from() -> None:
    assert len([article for article in of_the_demo() if article.stage == Stage.DESK_REVIEW]) >= 5


@pytest.mark.usefixtures("told")
def test_a_chief_is_to_read_why_a_number_may_stay() -> None:
    overridden = [one.override for one in found_at(Stage.FINAL_REVIEW) if one.override]
    assert overridden == list(Override.objects.filter(article__stage=Stage.FINAL_REVIEW))
    assert len(overridden) == 1
    assert not [one for one in found_at(Stage.FINAL_REVIEW) if one.blocks]


@pytest.mark.usefixtures("told")
def test_nothing_public_is_left_that_the_checks_would_have_mended() -> None:
    severities = {one.finding.severity for one in found_at(Stage.SETTLED) if one.override is None}
    assert severities <= {"info"}


@pytest.mark.usefixtures("told")
def test_the_figures_of_two_months_say_what_stations_keep_doing_wrong() -> None:
    today = timezone.localdate()
    of_demo = {article.unit_id for article in of_the_demo()}
    whole = HandedIn(list(of_demo), Period(today - timedelta(days=60), today)).of(list(of_demo)).whole
    assert whole.outcomes[Fate.MENDED] >= 8
    assert whole.outcomes[Fate.OPEN] >= 3
    assert whole.overridden >= 1
    assert whole.submitted > whole.found


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
