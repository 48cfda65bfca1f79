"""Whom a line of history concerns: those who wrote the story, and those who can do the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Event, Stage, Transition

EVENTS: dict[str, Event] = {
    "submit": Event.SUBMITTED,
    "return": Event.RETURNED,
    "refuse": Event.REFUSED,
    "pass": Event.PASSED,
    "release": Event.RELEASED,
    "withdraw": Event.ASKED,
    "confirm_withdrawal": Event.WITHDRAWN,
    "withdraw_at_once": Event.WITHDRAWN,
    "restore": Event.ASKED,
    "confirm_restoration": Event.RELEASED,
}
# Who does the next step, and with which verb: after what was done to a release, or else by the stage it came to.
AFTER: dict[str, tuple[tuple[Role, ...], str]] = {
    "withdraw": ((Role.DESK_EDITOR, Role.CHIEF_EDITOR), "confirm_withdrawal"),
    "withdraw_at_once": ((Role.DESK_EDITOR, Role.CHIEF_EDITOR), "sign_off"),
    "restore": ((Role.DESK_EDITOR, Role.CHIEF_EDITOR), "confirm_restoration"),
}
AT_STAGE: dict[str, tuple[tuple[Role, ...], str]] = {
    Stage.UNIT_REVIEW: ((Role.UNIT_REVIEWER,), "pass"),
    Stage.DESK_REVIEW: ((Role.DESK_EDITOR,), "pass"),
    Stage.FINAL_REVIEW: ((Role.CHIEF_EDITOR,), "pass"),
    Stage.APPROVED: ((Role.CHIEF_EDITOR,), "release"),
}
# A step that so many can do is not waited for by one more.
MOST = 30


@dataclass(frozen=True)
class Hearing:
    event: Event
    people: list[User]
    waits_for: list[User]
    line: str


def of(transition: Transition) -> Hearing | None:
    """Who hears of it; nothing for a verb of which nobody does."""
    event = EVENTS.get(transition.verb)
    if event is None:
        return None
    article = transition.article
    return Hearing(event, contributors(article), _next(transition), _line(transition))


def contributors(article: Article) -> list[User]:
    """The author, and whoever changed the text."""
    wrote = article.revisions.values("created_by")
    return list(User.objects.filter(Q(pk__in=wrote) | Q(pk=article.author_id)))


def _next(transition: Transition) -> list[User]:
    """Those who can do the next step: the rules of the workflow are asked of each."""
    found = AFTER.get(transition.verb) or (
        AT_STAGE.get(transition.to_stage) if transition.verb in {"submit", "pass"} else None
    )
    if found is None:
        return []
    roles, verb = found
    article = transition.article
    return [
        person
        for person in holders(roles, article, at=transition.at)
        if not workflow.refusals(verb, article, actor=person, at=transition.at)
    ]


def holders(roles: tuple[Role, ...], article: Article, *, at: datetime) -> list[User]:
    """Those who have one of the roles over the story's unit, at most `MOST`."""
    on = timezone.localdate(at)
    above = [unit.pk for unit in article.unit.lineage()]
    people = User.objects.filter(
        pk__in=Membership.objects.current(on=on).filter(role__in=roles, unit__in=above).values("user")
    )
    return list(people.order_by("pk")[:MOST])


def _line(transition: Transition) -> str:
    """In the language of the house, since many read it."""
    release = transition.release
    with translation.override(settings.LANGUAGE_CODE):
        if transition.verb == "release" and release is not None and release.public_from > transition.at:
            moment = timezone.localtime(release.public_from)
            return _("Readers see it from %(moment)s on.") % {"moment": moment.strftime("%Y-%m-%d %H:%M")}
        return transition.reason or str(transition.get_reason_code_display())
