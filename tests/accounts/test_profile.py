"""One's own page: name, e-mail, language and password, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import Newsroom

pytestmark = pytest.mark.django_db
STRONG = "keep-the-lake-clean-7"


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.correspondent)


def given(**fields: str) -> dict[str, str]:
    return {"name": "通讯员甲", "email": "", "language": "zh-hans"} | fields


def test_everybody_changes_one_s_own_details(desk: Client, newsroom: Newsroom) -> None:
    desk.post(reverse("admin:profile"), given(name="甲某", email="jia@example.org"))
    newsroom.correspondent.refresh_from_db()
    assert (newsroom.correspondent.name, newsroom.correspondent.email) == ("甲某", "jia@example.org")


def test_the_desk_speaks_the_language_that_was_chosen_at_once(desk: Client) -> None:
    response = desk.post(reverse("admin:profile"), given(language="en"), follow=True)
    page = response.content.decode()
    assert "Saved." in page
    assert "My details" in page


def test_a_broken_address_is_refused_and_nothing_typed_is_lost(desk: Client) -> None:
    response = desk.post(reverse("admin:profile"), given(name="甲某", email="jia@"))
    assert response.context["form"].errors["email"]
    assert 'value="甲某"' in response.content.decode()


def test_a_name_that_was_not_saved_does_not_stand_at_the_top(desk: Client, newsroom: Newsroom) -> None:
    response = desk.post(reverse("admin:profile"), given(name="主任丁", email="jia@"))
    assert response.context["user"].name == "通讯员甲"


def test_roles_and_rights_cannot_be_smuggled_in(desk: Client, newsroom: Newsroom) -> None:
    before = list(newsroom.correspondent.memberships.values())
    desk.post(
        reverse("admin:profile"),
        given()
        | {"username": "chief", "is_active": "", "memberships-0-role": "chief_editor", "password": "x"},
    )
    newsroom.correspondent.refresh_from_db()
    assert newsroom.correspondent.is_active
    assert newsroom.correspondent.username != "chief"
    assert newsroom.correspondent.check_password("correct horse")
    assert list(newsroom.correspondent.memberships.values()) == before


def test_one_s_roles_are_told(desk: Client) -> None:
    assert "通讯员 · 湖滨派出所" in desk.get(reverse("admin:profile")).content.decode()


def test_the_change_stands_in_the_history_under_one_s_own_name(desk: Client, newsroom: Newsroom) -> None:
    desk.post(reverse("admin:profile"), given(email="jia@example.org"))
    assert newsroom.correspondent.history.first().history_user == newsroom.correspondent


def test_everybody_changes_one_s_own_password(desk: Client, newsroom: Newsroom) -> None:
    desk.post(
        reverse("admin:password_change"),
        {"old_password": "correct horse", "new_password1": STRONG, "new_password2": STRONG},
    )
    assert Client().login(username=newsroom.correspondent.username, password=STRONG)


def test_whoever_does_not_know_the_old_password_sets_no_new_one(desk: Client, newsroom: Newsroom) -> None:
    desk.post(
        reverse("admin:password_change"),
        {"old_password": "wrong", "new_password1": STRONG, "new_password2": STRONG},
    )
    assert not Client().login(username=newsroom.correspondent.username, password=STRONG)
