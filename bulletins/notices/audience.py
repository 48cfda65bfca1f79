"""Whom a line of history concerns: those who wrote the story, and those who can do the next step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import arranging
from bulletins.models import Article, Event, Transition

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
# What these ask for, a second person of the desk or a chief has to confirm or to sign.
ASKS_A_SECOND = frozenset({"withdraw", "withdraw_at_once", "restore"})
DESK = (Role.DESK_EDITOR, Role.CHIEF_EDITOR)
# A step that so many can do is not waited for by one more.
MOST = 30


@dataclass(frozen=True)
class Hearing:
    event: Event
    people: list[User]
    waits_for: list[User]
    line: str


def of(transition: Transition, *, above: Collection[int]) -> Hearing | None:
    """Who hears of it; nothing for a verb of which nobody does. `above`: ids of its unit and of those above that. Two
    queries at most.
    """
    event = EVENTS.get(transition.verb)
    if event is None:
        return None
    article = transition.article
    return Hearing(event, contributors(article), _next(transition, above), _line(transition))


def contributors(article: Article) -> list[User]:
    """The author, and whoever changed the text."""
    wrote = article.revisions.values("created_by")
    return list(User.objects.filter(Q(pk__in=wrote) | Q(pk=article.author_id)))


def _next(transition: Transition, above: Collection[int]) -> list[User]:
    """Those who can do the next step; whoever asked for something does not confirm it."""
    article = transition.article
    if transition.verb in ASKS_A_SECOND:
        return [who for who in holders(DESK, above, at=transition.at) if who.pk != transition.actor_id]
    if transition.verb in {"submit", "pass"}:
        return arranging.could_answer(article, above=above, at=transition.at)[:MOST]
    return []


def holders(roles: tuple[Role, ...], above: Collection[int], *, at: datetime) -> list[User]:
    """Those who have one of the roles in one of these units, at most `MOST`. One query."""
    held = Membership.objects.current(on=timezone.localdate(at)).filter(role__in=roles, unit__in=above)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk")[:MOST])


def _line(transition: Transition) -> str:
    """In the language of the house, since many read it."""
    release = transition.release
    with translation.override(settings.LANGUAGE_CODE):
        if transition.verb == "release" and release is not None and release.public_from > transition.at:
            moment = timezone.localtime(release.public_from)
            return _("Readers see it from %(moment)s on.") % {"moment": moment.strftime("%Y-%m-%d %H:%M")}
        return transition.reason or str(transition.get_reason_code_display())
