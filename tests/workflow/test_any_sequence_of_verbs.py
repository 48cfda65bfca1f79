"""Whatever anybody tries in whatever order, what must stay true stays true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Listing, Release, Review, Revision, Stage, Transition
from bulletins.models.listing import ALL
from tests.factories import Newsroom
from tests.workflow.states import THEN

# Without the mark, pytest-django would make no test database for a module that is run alone.
pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)


class World(Newsroom):
    """A newsroom in which the author and one reviewer hold every role, as happens in small offices."""

    def __init__(self) -> None:
        super().__init__()
        for person in (self.correspondent, self.second_chief):
            for role in (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR):
                Membership.objects.get_or_create(user=person, role=role, unit=self.bureau)
        self.people = [
            self.correspondent,
            self.unit_reviewer,
            self.desk_editor,
            self.chief,
            self.second_chief,
            self.auditor,
        ]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


class Story:
    """One article, everything that happened to it, and what has to be true of it after each verb."""

    def __init__(self, world: World) -> None:
        self.now = THEN
        self.article = world.draft(at=self.now)
        self.history = self.lines()
        self.texts = 0

    def lines(self) -> list[dict[str, Any]]:
        return list(Transition.objects.filter(article=self.article).order_by("pk").values())

    def write(self, article: Article) -> None:
        self.texts += 1
        article.kicker = f"第{self.texts}稿"
        article.save(update_fields=["kicker"])

    def attempt(self, verb: str, actor: User, *, minutes: int, delay: int) -> None:
        self.now += timedelta(minutes=minutes)
        before = self.article.stage
        wish = {"reason": "原因", "reason_code": "other", "write": self.write}
        if delay:
            wish["public_from"] = self.now + timedelta(minutes=delay)
        try:
            with transaction.atomic():
                workflow.perform(verb, self.article, actor=actor, at=self.now, **wish)
            added = 1
        except workflow.Refused:
            added = 0
        lines = self.lines()
        assert lines[: len(self.history)] == self.history, "history only grows"
        assert len(lines) == len(self.history) + added, "each verb is written down once"
        self.history = lines
        if self.article.stage != before:
            assert (lines[-1]["from_stage"], lines[-1]["to_stage"]) == (before, self.article.stage)
        if added:
            self.check_reviews()
        if lines[-1]["release_id"]:  # the last verb concerned a release
            self.check_releases()

    def check_reviews(self) -> None:
        authors = {r.number: r.created_by_id for r in Revision.objects.filter(article=self.article)}
        steps = defaultdict(set)
        for review in Review.objects.filter(article=self.article).select_related("revision"):
            assert review.reviewer_id != self.article.author_id, "the author never reviews"
            assert review.content_hash == review.revision.content_hash
            if review.decision != "refused":
                steps[review.cycle, review.reviewer_id].add(review.step)
            if review.step == Stage.FINAL_REVIEW and review.decision.startswith("passed"):
                wrote = {who for number, who in authors.items() if number <= review.revision.number}
                assert review.reviewer_id not in wrote, "the final reviewer is no contributor"
        assert all(len(done) == 1 for done in steps.values()), "one person does one step"

    def check_releases(self) -> None:
        releases = list(Release.objects.filter(article=self.article).select_related("revision"))
        final = Review.objects.passes().filter(article=self.article, step=Stage.FINAL_REVIEW)
        passed = set(final.values_list("content_hash", flat=True))
        for release in releases:
            assert release.content_hash in passed, "what is released was passed by a final review"
            assert release.content == release.revision.content
        for at in self.moments(releases):
            visible = list(Release.objects.visible(at=at))
            assert len(visible) <= 1, "an article has one public text at a time"
            assert list(Release.objects.on_shelf(ALL, at=at)) == visible, "lists show what is public"
        due = {r.pk for r in releases if r.state(at=self.now) in {"live", "scheduled"}}
        listed = Listing.objects.filter(shelf=ALL, release__article=self.article)
        # One whose time ended by the clock stays entered until the next release; no list shows it.
        ended = {r.pk for r in releases if r.state(at=self.now) == "superseded"}
        assert set(listed.values_list("release_id", flat=True)) - ended == due

    def moments(self, releases: list[Release]) -> set[datetime]:
        """Now, and the instants around everything that was or will be due."""
        due = {r.public_from for r in releases} | {r.public_until for r in releases if r.public_until}
        around = {at + step for at in due for step in (-INSTANT, timedelta(0), INSTANT)}
        return {self.now} | {at for at in around if at >= self.now}


# How often a verb is tried where it is open: what leads on often, what leads back seldom, so that stories get far.
WEIGHTS = {"submit": 12, "pass": 12, "release": 12, "unschedule": 6, "revise": 6, "edit": 2}


def next_attempt(world: World, story: Story, chance: Any) -> tuple[str, User]:
    """Mostly a button that is open to one of two people, now and then anything by anybody."""
    # Being refused ends a story that was never released.
    verbs = [verb for verb in workflow.VERBS if verb != "refuse" or chance.random() < 0.05]
    if chance.random() < 0.15:
        return chance.choice(verbs), chance.choice(world.people)
    open_to = {
        (option.verb, person): WEIGHTS.get(option.verb, 1)
        for person in chance.sample(world.people, 2)
        for option in workflow.options(story.article, actor=person, at=story.now)
        if option.is_open and option.verb in verbs
    }
    if not open_to:
        return "pass", chance.choice(world.people)
    chosen: tuple[str, User] = chance.choices(list(open_to), weights=list(open_to.values()))[0]
    return chosen


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000))
def test_nothing_that_anybody_does_breaks_what_must_stay_true(world: World, seed: int) -> None:
    chance = Random(seed)
    with transaction.atomic():
        story = Story(world)
        for _ in range(45):
            verb, actor = next_attempt(world, story, chance)
            story.attempt(verb, actor, minutes=chance.choice([1, 5, 45]), delay=chance.choice([0, 0, 20]))
        transaction.set_rollback(True)
