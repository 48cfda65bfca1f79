"""Everybody who might do something, and an article in every state that somebody might do it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Stage
from bulletins.models.revision import content_of
from bulletins.workflow.findings import standing
from tests.factories import Newsroom, make_unit, make_user

THEN = datetime(2021, 12, 23, 1, 0, tzinfo=UTC)
NOW = datetime(2021, 12, 24, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


class World(Newsroom):
    """The newsroom with a colleague, a reviewer above, people without a role, and the same roles in units beside."""

    def __init__(self) -> None:
        super().__init__()
        elsewhere = make_unit("邻市公安局")
        former = make_user(name="前主任")
        Membership.objects.create(
            user=former, role=Role.CHIEF_EDITOR, unit=self.bureau, until=date(2021, 12, 23)
        )
        self.people: dict[str, User] = {
            "author": self.correspondent,
            "colleague": make_user(Role.CORRESPONDENT, self.station),
            "unit": self.unit_reviewer,
            "unit_above": make_user(Role.UNIT_REVIEWER, self.bureau),
            "desk": self.desk_editor,
            "chief": self.chief,
            "chief2": self.second_chief,
            "administrator": self.administrator,
            "auditor": self.auditor,
            "nobody": make_user(),
            "inactive": make_user(Role.CHIEF_EDITOR, self.bureau, is_active=False),
            "former": former,
            "correspondent_beside": make_user(Role.CORRESPONDENT, self.other_station),
            "unit_beside": make_user(Role.UNIT_REVIEWER, self.other_station),
            "desk_elsewhere": make_user(Role.DESK_EDITOR, elsewhere),
            "chief_elsewhere": make_user(Role.CHIEF_EDITOR, elsewhere),
            "auditor_elsewhere": make_user(Role.AUDITOR, elsewhere),
        }

    def do(self, article: Article, *steps: str, **given: object) -> Article:
        """Each step as `who verb`, a moment after the other."""
        for step in steps:
            who, verb = step.split()
            at = max(THEN, article.stage_since) + timedelta(minutes=1)
            workflow.perform(verb, article, actor=self.people[who], at=at, **({"reason": "原因"} | given))
        return article

    def live(self) -> Article:
        return self.at_stage(Stage.SETTLED, at=THEN)

    def beside_live(self, *steps: str, **given: object) -> Article:
        return self.do(self.live(), "author revise", *steps, **given)


def a_finding(article: Article) -> str:
    """The mark of one of its findings. Every article here has one: it belongs to no campaign."""
    found = standing(content_of(article), article=article, day=NOW.date())
    return next(one.mark for one in found if one.finding.key == "campaign_missing")


TO_DESK = ("author submit", "unit pass")
TO_APPROVED = (*TO_DESK, "desk pass", "chief pass")
AT_STAGES = ("draft", "unit_review", "desk_review", "final_review", "approved", "returned", "refused")

STATES: dict[str, Callable[[World], Article]] = {
    "new": lambda world: Article(unit=world.station, headline="新稿"),
    **{stage: lambda world, stage=stage: world.at_stage(stage, at=THEN) for stage in AT_STAGES},  # type: ignore[misc]
    "scheduled": lambda world: world.do(
        world.at_stage("approved", at=THEN), "chief release", public_from=LATER
    ),
    "called_off": lambda world: world.do(
        world.do(world.at_stage("approved", at=THEN), "chief release", public_from=LATER), "chief unschedule"
    ),
    "live": lambda world: world.live(),
    "live_again": lambda world: world.beside_live(*TO_APPROVED, "chief release"),
    "withdrawal_asked": lambda world: world.do(world.live(), "desk withdraw"),
    "withdrawn": lambda world: world.withdrawn(at=THEN).article,
    "emergency": lambda world: world.do(world.live(), "chief withdraw_at_once"),
    "restoration_asked": lambda world: world.do(world.withdrawn(at=THEN).article, "unit restore"),
    "draft_beside_live": lambda world: world.beside_live(),
    "review_beside_live": lambda world: world.beside_live(*TO_DESK),
    "refused_beside_live": lambda world: world.beside_live(*TO_DESK, "desk refuse", reason_code="facts"),
    "approved_beside_live": lambda world: world.beside_live(*TO_APPROVED),
    "approved_and_withdrawal_asked": lambda world: world.beside_live(*TO_APPROVED, "desk withdraw"),
    "scheduled_beside_live": lambda world: world.do(
        world.beside_live(*TO_APPROVED), "chief release", public_from=LATER
    ),
    "draft_of_withdrawn": lambda world: world.beside_live("desk withdraw", "chief confirm_withdrawal"),
}
