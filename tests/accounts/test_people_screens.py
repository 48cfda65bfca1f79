"""People in the desk: accounts, passwords and roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts import roles
from accounts.models import Correspondent, Membership, User
from accounts.roles import Role
from tests.factories import Newsroom, make_correspondent, make_user
from tests.shown import as_shown, error_of, sentences

pytestmark = pytest.mark.django_db
STRONG = "keep-the-lake-clean-7"


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


def change(desk: Client, user: User, **fields: Any) -> HttpResponse:
    address = reverse("admin:accounts_user_change", args=[user.pk])
    return desk.post(address, as_shown(desk.get(address), **fields))


def give(desk: Client, user: User, role: str, unit: Any = None, **fields: Any) -> HttpResponse:
    """Fill in one more role on somebody's page."""
    n = user.memberships.count()
    row = {"role": role, "unit": unit.pk if unit else "", "since": "", "until": "", "id": "", "user": user.pk}
    named = {f"memberships-{n}-{name}": value for name, value in (row | fields).items()}
    return change(desk, user, **{"memberships-TOTAL_FORMS": n + 1}, **named)


def add(desk: Client, **fields: Any) -> HttpResponse:
    address = reverse("admin:accounts_user_add")
    given = {"username": "lilei", "name": "李雷", "usable_password": "true"} | fields
    return desk.post(address, as_shown(desk.get(address), **given))


def test_a_new_account_signs_in_with_the_password_typed_twice(desk: Client) -> None:
    add(desk, password1=STRONG, password2=STRONG)
    assert Client().login(username="lilei", password=STRONG)


def test_two_passwords_that_differ_are_refused(desk: Client) -> None:
    assert error_of(add(desk, password1=STRONG, password2=STRONG + "x"), "password2")
    assert not User.objects.filter(username="lilei").exists()


def test_a_weak_password_is_refused(desk: Client) -> None:
    assert error_of(add(desk, password1="12345678", password2="12345678"), "password2")


def test_a_short_password_is_refused_in_chinese(desk: Client) -> None:
    refused = add(desk, password1="Lan-1", password2="Lan-1").content.decode()
    assert "密码太短，至少要有 8 个字符。" in refused
    assert "too short" not in refused


def test_an_account_that_cannot_sign_in_needs_no_password(desk: Client) -> None:
    add(desk, usable_password="false")
    assert not User.objects.get(username="lilei").has_usable_password()


def test_a_role_is_given_while_the_account_is_made(desk: Client, newsroom: Newsroom) -> None:
    row = {"memberships-0-role": "correspondent", "memberships-0-unit": newsroom.station.pk}
    add(desk, password1=STRONG, password2=STRONG, **row)
    membership = User.objects.get(username="lilei").memberships.get()
    assert (membership.role, membership.unit) == (Role.CORRESPONDENT, newsroom.station)


@pytest.mark.parametrize("taken", ["lilei", "LiLei"])
def test_a_sign_in_name_is_given_once_whatever_its_capitals(desk: Client, taken: str) -> None:
    make_user(username=taken)
    other = make_user()
    assert error_of(add(desk, password1=STRONG, password2=STRONG), "username")
    assert error_of(change(desk, other, username="lilei"), "username")


@pytest.mark.parametrize(
    "name", ["accounts_user_change", "auth_user_password_change", "accounts_user_history"]
)
@pytest.mark.parametrize("reader", ["administrator", "auditor"])
def test_no_screen_shows_a_part_of_a_password_s_hash(
    newsroom: Newsroom, desk_of: Callable[..., Client], name: str, reader: str
) -> None:
    user = newsroom.chief
    page = desk_of(getattr(newsroom, reader)).get(reverse(f"admin:{name}", args=[user.pk])).content.decode()
    algorithm, salt, digest = User.objects.get(pk=user.pk).password.split("$")
    assert not [part for part in (salt, digest, digest[:8], f"{algorithm}$") if part in page]


@pytest.mark.parametrize(
    "address",
    [
        "accounts/user/?password__startswith=md5",
        "accounts/membership/?user__password__startswith=md5",
        "accounts/correspondent/?user__password__startswith=md5",
        "units/unit/?memberships__user__password__startswith=md5",
    ],
)
def test_no_list_answers_questions_about_a_hash(desk: Client, address: str) -> None:
    assert desk.get(f"/desk/{address}").status_code == 400


def test_the_administrator_sets_a_new_password_for_somebody(desk: Client, newsroom: Newsroom) -> None:
    address = reverse("admin:auth_user_password_change", args=[newsroom.chief.pk])
    desk.post(
        address,
        {"usable_password": "true", "password1": STRONG, "password2": STRONG, "unset-password": "1"},
    )
    assert Client().login(username=newsroom.chief.username, password=STRONG)


def test_the_administrator_takes_a_password_away(desk: Client, newsroom: Newsroom) -> None:
    address = reverse("admin:auth_user_password_change", args=[newsroom.chief.pk])
    desk.post(address, {"usable_password": "false", "unset-password": "1"})
    newsroom.chief.refresh_from_db()
    assert not newsroom.chief.has_usable_password()


def test_whoever_is_deactivated_is_out_at_the_next_click(
    desk: Client, newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    theirs = desk_of(newsroom.chief)
    change(desk, newsroom.chief, is_active=None)
    assert "/login/" in theirs.get(reverse("admin:index"))["Location"]


@pytest.mark.parametrize(
    ("role", "has_unit", "sentence"),
    [("administrator", True, "请勿填写单位"), ("chief_editor", False, "请选择该角色所在的单位")],
)
def test_a_unit_is_named_for_every_role_but_the_administrator_s(
    desk: Client, newsroom: Newsroom, role: str, has_unit: bool, sentence: str
) -> None:
    user = make_user()
    response = give(desk, user, role, newsroom.bureau if has_unit else None)
    assert sentence in sentences(response)
    assert not user.memberships.exists()


def test_a_role_that_ends_before_it_starts_is_refused(desk: Client, newsroom: Newsroom) -> None:
    response = give(desk, make_user(), "auditor", newsroom.bureau, since="2026-02-01", until="2026-01-31")
    assert sentences(response).count("任职的截止日期不能早于起始日期") == 1


def test_the_same_role_twice_in_one_form_is_refused_with_a_sentence(desk: Client) -> None:
    user = make_user()
    rows = {f"memberships-{n}-role": "administrator" for n in (0, 1)}
    response = change(desk, user, **{"memberships-TOTAL_FORMS": 2}, **rows)
    assert "填写了两次" in sentences(response)


def test_a_role_held_already_is_refused_with_a_sentence(desk: Client, newsroom: Newsroom) -> None:
    response = give(desk, newsroom.auditor, "auditor", newsroom.bureau)
    assert response.status_code == 200
    assert newsroom.auditor.memberships.count() == 1


# --- Nobody locks the house and throws the key away ---------------------------------------------------------------


def last_row(user: User, **fields: Any) -> dict[str, Any]:
    return {f"memberships-0-{name}": value for name, value in fields.items()}


def yesterday() -> str:
    return (roles.today() - timedelta(days=1)).isoformat()


def lockouts(newsroom: Newsroom) -> dict[str, dict[str, Any]]:
    user = newsroom.administrator
    return {
        "deactivated": {"is_active": None},
        "role taken": last_row(user, DELETE="on"),
        "role changed": last_row(user, role="chief_editor", unit=newsroom.bureau.pk),
        "role ended": last_row(user, until=yesterday()),
        "role with an end": last_row(user, until="2099-12-31"),
        "role not begun": last_row(user, since="2099-12-31"),
    }


WAYS_OUT = ("deactivated", "role taken", "role changed", "role ended", "role with an end", "role not begun")


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_last_administrator_stays(desk: Client, newsroom: Newsroom, way: str) -> None:
    user = newsroom.administrator
    response = change(desk, user, **lockouts(newsroom)[way])
    assert "没有管理员" in sentences(response)
    user.refresh_from_db()
    held = user.memberships.get()
    assert (user.is_active, held.role, held.since, held.until) == (True, Role.ADMINISTRATOR, None, None)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_an_administrator_goes_where_another_stays(desk: Client, newsroom: Newsroom, way: str) -> None:
    make_user(Role.ADMINISTRATOR)
    response = change(desk, newsroom.administrator, **lockouts(newsroom)[way])
    assert response.status_code == 302


@pytest.mark.parametrize("other", ["inactive", "without a password", "ended", "ending", "not begun"])
def test_one_who_could_not_step_in_does_not_count(desk: Client, newsroom: Newsroom, other: str) -> None:
    second = make_user(Role.ADMINISTRATOR, is_active=other != "inactive")
    dates = {
        "ended": {"until": yesterday()},
        "ending": {"until": "2099-01-01"},
        "not begun": {"since": "2099-01-01"},
    }
    second.memberships.update(**dates.get(other, {}))
    if other == "without a password":
        second.set_unusable_password()
        second.save()
    assert "没有管理员" in sentences(change(desk, newsroom.administrator, is_active=None))


def test_the_last_administrator_keeps_a_password(desk: Client, newsroom: Newsroom) -> None:
    address = reverse("admin:auth_user_password_change", args=[newsroom.administrator.pk])
    response = desk.post(address, {"usable_password": "false", "unset-password": "1"})
    assert "没有管理员" in response.content.decode()
    newsroom.administrator.refresh_from_db()
    assert newsroom.administrator.has_usable_password()


def test_others_are_managed_freely_by_the_only_administrator(desk: Client, newsroom: Newsroom) -> None:
    assert change(desk, newsroom.chief, is_active=None).status_code == 302


# --- Correspondents -----------------------------------------------------------------------------------------------


def test_a_correspondent_s_changed_address_goes_on_leading_there(desk: Client) -> None:
    person = make_correspondent("卢飞", slug="lufei")
    address = reverse("admin:accounts_correspondent_change", args=[person.pk])
    desk.post(address, as_shown(desk.get(address), slug="lu-fei"))
    assert Correspondent.objects.at_address("lufei") == (person, False)


def test_two_accounts_are_not_credited_as_one_person(desk: Client, newsroom: Newsroom) -> None:
    person = make_correspondent()
    newsroom.correspondent.correspondent = person
    newsroom.correspondent.save()
    assert "已与另一账号关联" in error_of(
        change(desk, newsroom.chief, correspondent=person.pk), "correspondent"
    )


def test_the_list_of_people_shows_the_roles_of_today(desk: Client, newsroom: Newsroom) -> None:
    Membership.objects.create(
        user=newsroom.chief, role=Role.AUDITOR, unit=newsroom.station, until=yesterday()
    )
    response = desk.get(reverse("admin:accounts_user_changelist"), {"q": newsroom.chief.username})
    page = response.content.decode()
    assert "总编 · 市公安局" in page
    assert "督察员 · 湖滨派出所" not in page
