"""Who may do what: where a role holds, on which days, and what each role may keep."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts import roles
from accounts.models import Membership, User
from accounts.roles import Role
from tests.factories import Newsroom, make_unit, make_user
from units.models import Unit

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 10)
DAY = timedelta(days=1)


def test_a_role_holds_in_its_unit_and_below_and_nowhere_else(newsroom: Newsroom) -> None:
    room = make_unit(parent=newsroom.station)
    user = make_user(Role.UNIT_REVIEWER, newsroom.station)
    held = {
        unit: roles.holds(user, (Role.UNIT_REVIEWER,), unit, on=ON)
        for unit in (newsroom.bureau, newsroom.station, room, newsroom.other_station)
    }
    assert held == {
        newsroom.bureau: False,
        newsroom.station: True,
        room: True,
        newsroom.other_station: False,
    }


def test_covered_units_and_holds_say_the_same(newsroom: Newsroom) -> None:
    make_unit(parent=make_unit(parent=newsroom.station))
    user = make_user(Role.UNIT_REVIEWER, newsroom.station)
    Membership.objects.create(user=user, role=Role.CHIEF_EDITOR, unit=newsroom.other_station)
    for role in Role:
        covered = roles.covered_units(user, (role,), on=ON)
        assert covered == {u.pk for u in Unit.objects.all() if roles.holds(user, (role,), u, on=ON)}


def test_another_role_does_not_hold(newsroom: Newsroom) -> None:
    user = make_user(Role.CORRESPONDENT, newsroom.station)
    assert not roles.holds(user, (Role.UNIT_REVIEWER, Role.CHIEF_EDITOR), newsroom.station, on=ON)


def test_an_administrator_s_role_holds_in_no_unit(newsroom: Newsroom) -> None:
    user = newsroom.administrator
    assert roles.holds(user, (Role.ADMINISTRATOR,), None, on=ON)
    assert not roles.holds(user, (Role.ADMINISTRATOR,), newsroom.bureau, on=ON)
    assert roles.covered_units(user, (Role.ADMINISTRATOR,), on=ON) == set()


@pytest.mark.parametrize(
    ("since", "until", "in_force"),
    [
        (None, None, True),
        (ON, None, True),
        (ON + DAY, None, False),
        (None, ON, True),
        (None, ON - DAY, False),
        (ON, ON, True),
    ],
)
def test_a_membership_counts_from_its_first_to_its_last_day(
    newsroom: Newsroom, since: date | None, until: date | None, in_force: bool
) -> None:
    user = make_user()
    Membership.objects.create(
        user=user, role=Role.CHIEF_EDITOR, unit=newsroom.bureau, since=since, until=until
    )
    assert roles.holds(user, (Role.CHIEF_EDITOR,), newsroom.station, on=ON) == in_force
    assert bool(roles.covered_units(user, (Role.CHIEF_EDITOR,), on=ON)) == in_force


@pytest.mark.parametrize("role", Role.values)
def test_whoever_may_not_sign_in_holds_no_role(newsroom: Newsroom, role: str) -> None:
    unit = None if role == Role.ADMINISTRATOR else newsroom.bureau
    user = make_user(Role(role), unit, is_active=False)
    assert not roles.holds(user, Role.values, None, on=ON)
    assert roles.covered_units(user, Role.values, on=ON) == set()
    assert not user.is_staff
    assert not user.has_perm("units.view_unit")


# --- Django's permissions, and `lookup` besides -------------------------------------------------------------------

VERBS = ("view", "add", "change", "delete", "lookup")
KEEPS = {"view", "add", "change", "lookup"}
EVERYTHING = set(VERBS)
READS = {"view", "lookup"}
LOOKS_UP = {"lookup"}
EDITS = {"view", "add", "change", "lookup"}
OTHERS = {"correspondent", "unit_reviewer"}
EDITORIAL = {"desk_editor", "chief_editor"}

PERMISSIONS: dict[str, dict[str, set[str]]] = {
    "units.unit": dict.fromkeys(OTHERS | EDITORIAL, LOOKS_UP) | {"administrator": KEEPS, "auditor": READS},
    "accounts.user": {"administrator": KEEPS, "auditor": READS},
    "accounts.membership": {"administrator": EVERYTHING, "auditor": READS},
    "accounts.correspondent": dict.fromkeys(OTHERS, LOOKS_UP)
    | dict.fromkeys(EDITORIAL, EDITS)
    | {"administrator": KEEPS, "auditor": READS},
    "bulletins.campaign": dict.fromkeys(OTHERS, LOOKS_UP)
    | dict.fromkeys(EDITORIAL, EDITS)
    | {"administrator": EVERYTHING, "auditor": READS},
    "bulletins.page": dict.fromkeys(EDITORIAL, EDITS) | {"administrator": EVERYTHING, "auditor": READS},
    # To take an article off a page is to change the page.
    "bulletins.placement": dict.fromkeys(EDITORIAL | {"administrator"}, EVERYTHING) | {"auditor": READS},
    "bulletins.route": {"administrator": EVERYTHING, "auditor": READS},
    "bulletins.siteprofile": {"administrator": KEEPS, "auditor": READS},
    "taggit.tag": dict.fromkeys(OTHERS | EDITORIAL, LOOKS_UP)
    | {"administrator": EVERYTHING, "auditor": READS},
    # Only what is released, and only for whoever makes pages.
    "bulletins.article": dict.fromkeys(EDITORIAL | {"administrator"}, LOOKS_UP),
    # What workflow decides on, and what nobody keeps.
    "bulletins.revision": {},
    "bulletins.review": {},
    "bulletins.transition": {},
    "bulletins.release": {},
    "bulletins.proposal": {},
    "bulletins.photo": {},
    "auth.group": {},
    "auth.permission": {},
    "admin.logentry": {},
    "sessions.session": {},
    "accounts.historicaluser": {},
    "accounts.historicalmembership": {},
    "nothing.nothing": {},
}


@pytest.fixture
def one_of(newsroom: Newsroom) -> dict[str, User]:
    return {
        role: make_user(Role(role), None if role == Role.ADMINISTRATOR else newsroom.bureau)
        for role in Role.values
    } | {"none": make_user()}


@pytest.mark.parametrize("model", PERMISSIONS)
def test_each_role_may_keep_what_the_table_says_and_nothing_else(one_of: dict[str, User], model: str) -> None:
    app, name = model.split(".")
    found = {
        role: {verb for verb in VERBS if user.has_perm(f"{app}.{verb}_{name}")}
        for role, user in one_of.items()
    }
    assert found == {role: PERMISSIONS[model].get(role, set()) for role in one_of}


@pytest.mark.parametrize(
    "perm", ["", ".", "units", "units.", "units.unit", "units.explode_unit", "x.view_unit"]
)
@pytest.mark.parametrize("role", [*Role.values, "none"])
def test_a_broken_or_unknown_question_is_answered_no(one_of: dict[str, User], role: str, perm: str) -> None:
    assert not one_of[role].has_perm(perm)


def test_several_permissions_are_had_only_together(one_of: dict[str, User]) -> None:
    auditor = one_of["auditor"]
    assert auditor.has_perms(["units.view_unit", "accounts.view_user"])
    assert not auditor.has_perms(["units.view_unit", "accounts.change_user"])


def test_nobody_is_a_superuser(one_of: dict[str, User]) -> None:
    created = User.objects.create_superuser("root", "correct horse", name="管理员")
    assert not getattr(created, "is_superuser", False)
    assert created.has_perm("accounts.change_user")
    assert not created.has_perm("bulletins.change_article")
