"""Who may do what in the lists of the desk: every model, every role, every address, cell by cell.

`MAY` is written by hand and asks no rule of the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins.models import Kind, OldAddress, Page, Route, SiteProfile, TermEntry
from tests.factories import Newsroom, make_campaign, make_correspondent, make_user
from tests.kept import kept_for_a_module
from tests.notices.conftest import robot_of

ROLES = (*Role.values, "nobody", "former_administrator", "anonymous")
KEEPER = {"administrator"}
READERS = KEEPER | {"auditor"}
EDITORIAL = {"desk_editor", "chief_editor"}
NOBODY: set[str] = set()

MAY: dict[str, dict[str, set[str]]] = {
    "units.unit": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": NOBODY},
    "accounts.user": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": NOBODY},
    "accounts.correspondent": {
        "view": READERS | EDITORIAL,
        "add": KEEPER | EDITORIAL,
        "change": KEEPER | EDITORIAL,
        "delete": NOBODY,
    },
    # Roles are given on a person's own page; this is only the list of all.
    "accounts.membership": {"view": READERS, "add": NOBODY, "change": NOBODY, "delete": NOBODY},
    "bulletins.campaign": {
        "view": READERS | EDITORIAL,
        "add": KEEPER | EDITORIAL,
        "change": KEEPER | EDITORIAL,
        "delete": KEEPER,
    },
    "bulletins.oldaddress": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": KEEPER},
    "bulletins.page": {
        "view": READERS | EDITORIAL,
        "add": KEEPER | EDITORIAL,
        "change": KEEPER | EDITORIAL,
        "delete": KEEPER,
    },
    "bulletins.robot": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": KEEPER},
    "bulletins.route": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": KEEPER},
    # There is one, so no second is added.
    "bulletins.siteprofile": {"view": READERS, "add": NOBODY, "change": KEEPER, "delete": NOBODY},
    "bulletins.termentry": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": KEEPER},
    "taggit.tag": {"view": READERS, "add": KEEPER, "change": KEEPER, "delete": KEEPER},
}
# Registered so that released articles can be found while a page is made; it has no address at all.
WITHOUT_SCREENS = {"bulletins.article"}
CELLS = [(model, role) for model in MAY for role in ROLES]


class Lists:
    """One thing in every list, and a browser for every role."""

    def __init__(self) -> None:
        room = Newsroom()
        self.things: dict[str, Model] = {
            "units.unit": room.station,
            "accounts.user": room.correspondent,
            "accounts.correspondent": make_correspondent(),
            "accounts.membership": room.correspondent.memberships.get(),
            "bulletins.campaign": make_campaign(),
            "bulletins.oldaddress": OldAddress.objects.create(old="/news.asp?id=1", target="/units/"),
            "bulletins.page": Page.objects.create(date="2021-12-31", number=1),
            "bulletins.robot": robot_of(room),
            "bulletins.route": Route.objects.create(kind=Kind.BRIEF),
            "bulletins.siteprofile": SiteProfile.objects.create(),
            "bulletins.termentry": TermEntry.objects.create(match="布暑"),
            "taggit.tag": Tag.objects.create(name="禁毒", slug="jindu"),
        }
        people: dict[str, User] = {
            role: make_user(Role(role), None if role == "administrator" else room.bureau)
            for role in Role.values
        }
        people["nobody"] = make_user()
        people["former_administrator"] = make_user()
        Membership.objects.create(
            user=people["former_administrator"], role=Role.ADMINISTRATOR, until="2020-01-01"
        )
        self.browsers = {"anonymous": Client()}
        for role, user in people.items():
            self.browsers[role] = Client()
            self.browsers[role].force_login(user)

    def address(self, model: str, action: str) -> str:
        name = f"admin:{model.replace('.', '_')}_{action}"
        return reverse(name, args=[] if action in {"changelist", "add"} else [self.things[model].pk])

    def answer(self, model: str, action: str, role: str, method: str = "get") -> str:
        """`in`, `out` or `sign in`."""
        response = getattr(self.browsers[role], method)(self.address(model, action), {})
        if response.status_code == 302 and "/login/" in response["Location"]:
            return "sign in"
        assert response.status_code in {200, 302, 403}, response.status_code
        return "out" if response.status_code == 403 else "in"


@pytest.fixture(scope="module")
def lists(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lists]:
    with kept_for_a_module(django_db_blocker):
        yield Lists()


def expected(model: str, verb: str, role: str) -> str:
    if role == "anonymous":
        return "sign in"
    return "in" if role in MAY[model][verb] else "out"


def test_every_registered_model_has_its_row_in_the_table() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(MAY) | WITHOUT_SCREENS


def test_the_names_of_articles_have_no_address_in_the_admin() -> None:
    addresses = [str(pattern.pattern) for pattern in admin.site.get_urls()]
    assert not [address for address in addresses if address.startswith("bulletins/article/.")]
    assert admin.site._registry[_article()].get_urls() == []


def _article() -> type[Model]:
    return next(model for model in admin.site._registry if model._meta.label_lower == "bulletins.article")


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "role"), CELLS)
class TestTable:
    def test_the_list_is_seen_by_whom_the_table_says(self, lists: Lists, model: str, role: str) -> None:
        assert lists.answer(model, "changelist", role) == expected(model, "view", role)

    def test_the_form_is_seen_by_whom_the_table_says(self, lists: Lists, model: str, role: str) -> None:
        assert lists.answer(model, "change", role) == expected(model, "view", role)

    def test_the_history_is_seen_by_whom_the_table_says(self, lists: Lists, model: str, role: str) -> None:
        assert lists.answer(model, "history", role) == expected(model, "view", role)

    def test_things_are_added_by_whom_the_table_says(self, lists: Lists, model: str, role: str) -> None:
        assert lists.answer(model, "add", role) == expected(model, "add", role)

    def test_things_are_deleted_by_whom_the_table_says(self, lists: Lists, model: str, role: str) -> None:
        assert lists.answer(model, "delete", role) == expected(model, "delete", role)

    def test_what_is_sent_without_being_asked_changes_nothing(
        self, lists: Lists, model: str, role: str
    ) -> None:
        for action, verb in (("change", "change"), ("add", "add"), ("delete", "delete")):
            if role != "anonymous" and role in MAY[model][verb]:
                continue
            before = type(lists.things[model])._base_manager.order_by("pk").values()
            was = list(before)
            response = lists.browsers[role].post(
                lists.address(model, action), {"name": "篡改", "kind": "news", "post": "yes", "is_active": ""}
            )
            assert response.status_code in {403, 400} or role == "anonymous"
            assert list(before.all()) == was

    def test_history_cannot_be_turned_back(self, lists: Lists, model: str, role: str) -> None:
        """The library's screen for it would let a reader overwrite what it only shows."""
        address = lists.address(model, "history") + "1/"
        response = lists.browsers[role].post(address, {})
        assert response.status_code in {302, 404, 403, 400}
        thing = lists.things[model]
        assert type(thing)._base_manager.filter(pk=thing.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
class TestAddressesBeside:
    def test_changes_of_roles_are_read_by_administrators_and_auditors(self, lists: Lists, role: str) -> None:
        response = lists.browsers[role].get(reverse("admin:accounts_membership_changes"))
        expected_status = 302 if role == "anonymous" else 200 if role in READERS else 403
        assert response.status_code == expected_status

    def test_a_password_is_set_by_administrators_only(self, lists: Lists, role: str) -> None:
        user = lists.things["accounts.user"]
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        expected_status = 302 if role == "anonymous" else 200 if role in KEEPER else 403
        assert lists.browsers[role].get(address).status_code == expected_status

    def test_one_s_own_details_are_open_to_everybody_who_signed_in(self, lists: Lists, role: str) -> None:
        response = lists.browsers[role].get(reverse("admin:profile"))
        assert response.status_code == (302 if role == "anonymous" else 200)

    def test_no_list_offers_to_delete_by_the_dozen(self, lists: Lists, role: str) -> None:
        for model in MAY:
            response = lists.browsers[role].post(
                lists.address(model, "changelist"),
                {"action": "delete_selected", "_selected_action": [lists.things[model].pk], "post": "yes"},
            )
            assert response.status_code in {200, 302, 400, 403}
            thing = lists.things[model]
            assert type(thing)._base_manager.filter(pk=thing.pk).exists()
