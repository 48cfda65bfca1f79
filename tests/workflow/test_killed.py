"""A process is killed (SIGKILL) at any moment of a verb: the verb was done whole, or nothing of it was."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from bulletins.models import (
    Article,
    Delivery,
    Listing,
    LogEntry,
    Notice,
    ProofDue,
    Proposal,
    Release,
    Review,
    SearchEntry,
)
from bulletins.records.verifying import Log, faults
from tests.factories import Newsroom
from tests.notices.conftest import robot_of
from tests.workflow.dying import say

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 100
# The way of a story, with who does what of it.
WAY = (
    ("submit", "correspondent"),
    ("pass", "unit_reviewer"),
    ("pass", "desk_editor"),
    ("pass", "chief"),
    ("release", "chief"),
    ("withdraw_at_once", "chief"),
)


def state_of(article: Article) -> dict[str, Any]:
    """All that a verb writes, in such a way that two stories on the same step are alike."""
    article.refresh_from_db()
    releases = Release.objects.filter(article=article)
    return {
        "stage": (article.stage, article.round, article.revision_number),
        "history": list(article.transitions.order_by("pk").values_list("verb", "from_stage", "to_stage")),
        "reviews": list(
            Review.objects.filter(article=article).order_by("pk").values_list("step", "decision")
        ),
        "releases": [(one.sequence, one.withdrawn_at is None, one.notice) for one in releases],
        "proposals": list(Proposal.objects.filter(release__in=releases).values_list("ask", "outcome")),
        "lists": Listing.objects.filter(release__in=releases).count(),
        "found": SearchEntry.objects.filter(release__in=releases).count(),
        "notices": Counter(
            Notice.objects.filter(article=article).values_list("event", "person", "robot", "waits")
        ),
        "messages": Delivery.objects.filter(notices__article=article).count(),
        "proofs due": ProofDue.objects.filter(article=article).count(),
        "log": LogEntry.objects.filter(number=article.number).count(),
    }


def backends() -> set[int]:
    """The processes of PostgreSQL that serve somebody here, ourselves and threads of earlier tests included."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def wait_for_the_dead(living: set[int]) -> None:
    """PostgreSQL notices a moment later that nobody is there any more."""
    for _moment in range(5000):
        if not backends() - living:
            return
        time.sleep(0.002)
    raise AssertionError("PostgreSQL still serves a process that was killed.")


@dataclass
class Step:
    verb: str
    actor: User
    seconds: float
    after: dict[str, Any]


def whole_way(newsroom: Newsroom) -> list[Step]:
    """How long each verb takes, and what is there after it, where nobody dies."""
    article = newsroom.draft()
    steps = []
    for verb, who in WAY:
        actor = getattr(newsroom, who)
        steps.append(Step(verb, actor, say(verb, article, actor), state_of(article)))
    return steps


def test_whoever_is_killed_did_all_of_it_or_nothing(transactional_db: None) -> None:
    newsroom, chance = Newsroom(), random.Random(5)
    robot_of(newsroom, events=["submitted", "passed", "released", "withdrawn"])
    living = backends()
    steps = whole_way(newsroom)
    seen: Counter[bool] = Counter()
    article, at, vain = newsroom.draft(), 0, 0
    before = state_of(article)
    for _time in range(TIMES):
        step = steps[at]
        # Ever later while it is in vain, so that a machine that has become slow still comes to the end of the way.
        moment = chance.uniform(0, 1.3 + vain / 10) * step.seconds
        say(step.verb, article, step.actor, killed_after=moment)
        wait_for_the_dead(living)
        now = state_of(article)
        assert now in (before, step.after), step.verb
        is_done = now == step.after
        seen[is_done] += 1
        before, at, vain = (now, at + 1, 0) if is_done else (before, at, vain + 1)
        if at == len(steps):
            article, at = newsroom.draft(), 0
            before = state_of(article)
    assert list(faults(Log())) == []
    # Killed before it was done, and after: often enough, or it was proved of nobody.
    assert min(seen[True], seen[False]) >= len(WAY), seen
