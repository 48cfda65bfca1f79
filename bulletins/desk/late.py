"""What is overdue or failed, for whoever can do something about it: it stands above the start page, queue, board, calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.models import Stage
from bulletins.overdue import Overdue, overdue

SHOWN = 5
# Where an article is its author's and its unit's to hand on.
OF_ITS_UNIT = (Stage.DRAFT, Stage.RETURNED, Stage.UNIT_REVIEW)


@dataclass(frozen=True)
class Late:
    """`items`: the gravest and oldest; `has_more`: that is not all."""

    items: list[Overdue]
    has_more: bool

    def __bool__(self) -> bool:
        return bool(self.items)


def late_for(user: User, *, at: datetime) -> Late:
    found = list(overdue(at, among=_can_act(user, at=at), limit=SHOWN + 1))
    return Late(found[:SHOWN], len(found) > SHOWN)


def _can_act(user: User, *, at: datetime) -> Q:
    """The desk and the chiefs of its unit, whoever has it in hand, and before the desk has it its unit and author."""
    held = roles.covered_by_role(
        user, (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR), on=timezone.localdate(at)
    )
    desk = held.get(Role.DESK_EDITOR, set()) | held.get(Role.CHIEF_EDITOR, set())
    can = Q(arrangement__handler=user) | Q(author=user, stage__in=[Stage.DRAFT, Stage.RETURNED])
    if desk:
        can |= Q(unit__in=desk)
    if unit := held.get(Role.UNIT_REVIEWER):
        can |= Q(unit__in=unit, stage__in=OF_ITS_UNIT)
    return can
