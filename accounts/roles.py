"""Who may do what. Every question is answered no unless a line here says yes.

A role holds in the unit of its membership and in everything under it. Questions take the day
(`on`) they are asked for, because memberships begin and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.models import Unit

if TYPE_CHECKING:
    from accounts.models import User


class Role(models.TextChoices):
    CORRESPONDENT = "correspondent", _("correspondent")
    UNIT_REVIEWER = "unit_reviewer", _("unit reviewer")
    DESK_EDITOR = "desk_editor", _("desk editor")
    CHIEF_EDITOR = "chief_editor", _("chief editor")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


# Those who write for a unit: what is submitted or revised, they submit and revise.
WRITERS = (Role.CORRESPONDENT, Role.UNIT_REVIEWER, Role.DESK_EDITOR)
# Those who may mend a text that is not their own.
EDITORS = (Role.UNIT_REVIEWER, Role.DESK_EDITOR)
# Those who read what is in the making in their units. The administrator is not among them.
READERS = (Role.CORRESPONDENT, Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR, Role.AUDITOR)

# Django's model permissions, in its own words: the administrator keeps people, units and lists.
KEEPS_PEOPLE = ("accounts.user", "accounts.correspondent", "accounts.membership")
KEEPS_UNITS = ("units.unit",)
KEEPS_LISTS = (
    "bulletins.campaign",
    "bulletins.oldaddress",
    "bulletins.page",
    "bulletins.placement",
    "bulletins.robot",
    "bulletins.route",
    "bulletins.siteprofile",
    "bulletins.termentry",
    "taggit.tag",
)
ADMINISTRATOR_MODELS = frozenset(KEEPS_PEOPLE + KEEPS_UNITS + KEEPS_LISTS)
# What the desk and the chief keep besides: campaigns and newspaper pages are editorial matters.
EDITORIAL_MODELS = frozenset(
    {"bulletins.campaign", "bulletins.page", "bulletins.placement", "accounts.correspondent"}
)
# History and released stories name people and units: they are closed or deactivated instead.
NEVER_DELETED = frozenset({"accounts.user", "accounts.correspondent", "units.unit", "bulletins.siteprofile"})
# Names that readers see anyway: whoever has a role may look them up.
LOOKED_UP = frozenset({"units.unit", "accounts.correspondent", "bulletins.campaign", "taggit.tag"})


class InUnit(Protocol):
    """What the questions need to know of an article."""

    unit: Unit

    @property
    def author_id(self) -> int | None: ...


def today() -> date:
    return timezone.localdate()


def holds(user: User, roles: Iterable[str], unit: Unit | None, *, on: date) -> bool:
    """Whether the user has one of the roles in the unit or in a unit above it. Without a unit: anywhere."""
    held = [m for m in user.current_memberships(on=on) if m.role in tuple(roles)]
    if unit is None or not held:
        return bool(held)
    above = user.looked_up_above(unit) if user.only_looks else {upper.pk for upper in unit.lineage()}
    return any(membership.unit_id in above for membership in held)


def upwards(pk: int | None, parents: Mapping[int, int | None]) -> Iterator[int]:
    """The unit itself and each above it."""
    while pk is not None:
        yield pk
        pk = parents.get(pk)


def covered_units(user: User, roles: Iterable[str], *, on: date) -> set[int]:
    """Ids of all units in which the user has one of the roles, those below included. Two queries."""
    return set().union(*covered_by_role(user, roles, on=on).values())


def covered_by_role(user: User, roles: Iterable[str], *, on: date) -> dict[str, set[int]]:
    """The same for each of these roles that the user holds in a unit. Two queries, however many roles."""
    wanted = tuple(roles)
    held = [m for m in user.current_memberships(on=on) if m.role in wanted and m.unit_id]
    if not held:
        return {}
    parents = user.unit_parents()
    covered: dict[str, set[int]] = {}
    for role in {m.role for m in held}:
        roots = {m.unit_id for m in held if m.role == role}
        covered[role] = {pk for pk in parents if any(unit in roots for unit in upwards(pk, parents))}
    return covered


def is_author(user: User, article: InUnit, *, on: date) -> bool:
    """its author"""
    return user.is_active and article.author_id == user.pk and holds(user, WRITERS, None, on=on)


def is_member(user: User, article: InUnit, *, on: date) -> bool:
    """a member of its unit"""
    return holds(user, WRITERS, article.unit, on=on)


def is_author_or_member(user: User, article: InUnit, *, on: date) -> bool:
    """its author, or a member of its unit"""
    return is_author(user, article, on=on) or is_member(user, article, on=on)


def may_mend_draft(user: User, article: InUnit, *, on: date) -> bool:
    """its author, a unit reviewer or a desk editor"""
    return is_author(user, article, on=on) or holds(user, EDITORS, article.unit, on=on)


def is_unit_reviewer(user: User, article: InUnit, *, on: date) -> bool:
    """a unit reviewer"""
    return holds(user, (Role.UNIT_REVIEWER,), article.unit, on=on)


def is_desk_editor(user: User, article: InUnit, *, on: date) -> bool:
    """a desk editor"""
    return holds(user, (Role.DESK_EDITOR,), article.unit, on=on)


def is_chief(user: User, article: InUnit, *, on: date) -> bool:
    """a chief editor"""
    return holds(user, (Role.CHIEF_EDITOR,), article.unit, on=on)


def is_desk_or_chief(user: User, article: InUnit, *, on: date) -> bool:
    """a desk editor or a chief editor"""
    return holds(user, (Role.DESK_EDITOR, Role.CHIEF_EDITOR), article.unit, on=on)


def is_reviewer_of_any_step(user: User, article: InUnit, *, on: date) -> bool:
    """a unit reviewer, a desk editor or a chief editor"""
    return holds(user, (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR), article.unit, on=on)


def works_on_it(user: User, article: InUnit, *, on: date) -> bool:
    """its author, a member or a chief editor of its unit"""
    return is_author(user, article, on=on) or holds(user, (*WRITERS, Role.CHIEF_EDITOR), article.unit, on=on)


def permits(user: User, perm: str) -> bool:
    """Answer Django's `app.verb_model`, and `lookup` besides: naming a thing while filling in another form. One query.

    Articles and what hangs on them are not here: workflow decides on those.
    """
    app, _dot, action = perm.partition(".")
    verb, _underscore, model = action.partition("_")
    name = f"{app}.{model}"
    held = user.roles_now()
    if verb == "lookup" and name in LOOKED_UP:
        return bool(held)
    if verb == "lookup":
        # What is placed on a page is public; everything else is named to those who may see it.
        return permits(
            user, "bulletins.change_page" if name == "bulletins.article" else f"{app}.view_{model}"
        )
    if name in ADMINISTRATOR_MODELS and Role.ADMINISTRATOR in held:
        return verb in {"add", "change", "view"} or (verb == "delete" and name not in NEVER_DELETED)
    if name in EDITORIAL_MODELS and held & {Role.DESK_EDITOR, Role.CHIEF_EDITOR}:
        # To take an article off a page is to change the page.
        return verb in {"add", "change", "view"} or perm == "bulletins.delete_placement"
    return verb == "view" and name in ADMINISTRATOR_MODELS and Role.AUDITOR in held
