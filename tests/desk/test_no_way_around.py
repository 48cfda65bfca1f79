"""The stock admin has no address by which somebody reaches an article or its history past the workflow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bulletins import workflow
from bulletins.models import Article, Release
from tests.desk.everybody import everything
from tests.factories import Newsroom, make_user
from tests.kept import kept_for_a_module

WITHOUT_SCREENS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model not in admin.site._registry or model is Article
]
PEOPLE = (
    "correspondent", "unit_reviewer", "desk_editor", "chief", "administrator", "auditor", "nobody", "anonymous",
)  # fmt: skip
ACTION = {
    "action": "delete_selected",
    "_selected_action": "1",
    "select_across": "1",
    "post": "yes",
    "index": "0",
}
FORGED = {
    "stage": "approved",
    "is_public": "on",
    "post": "yes",
    "_popup": "1",
    "_saveasnew": "1",
    "_to_field": "id",
}


class Room(Newsroom):
    def __init__(self) -> None:
        super().__init__()
        self.withdrawn()
        self.coming = self.at_stage("approved")
        tomorrow = timezone.now() + timedelta(days=1)
        workflow.perform("release", self.coming, actor=self.chief, public_from=tomorrow)
        self.browsers = {"anonymous": Client()}
        for name in PEOPLE[:-1]:
            self.browsers[name] = Client()
            self.browsers[name].force_login(getattr(self, name, None) or make_user())
        self.before = everything()


@pytest.fixture(scope="module")
def kept_room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    with kept_for_a_module(django_db_blocker):
        yield Room()


@pytest.fixture
def room(kept_room: Room, db: None) -> Room:
    return kept_room


@pytest.mark.parametrize("model", WITHOUT_SCREENS, ids=lambda model: model._meta.label_lower)
def test_what_has_no_screen_has_no_name_among_the_addresses(model: type[Model]) -> None:
    for action in ("changelist", "add", "change", "delete", "history"):
        with pytest.raises(NoReverseMatch):
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}",
                args=[] if action in {"changelist", "add"} else [1],
            )


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "name",
    ["article", "revision", "review", "transition", "release", "proposal", "listing", "photo", "credit"],
)
def test_nobody_reaches_the_work_of_the_workflow_by_a_guessed_address(
    room: Room, name: str, who: str
) -> None:
    browser = room.browsers[who]
    for address in ("", "add/", "1/", "1/change/", "1/delete/", "1/history/", "1/history/1/"):
        path = f"/desk/bulletins/{name}/{address}"
        assert browser.get(path).status_code == (302 if who == "anonymous" else 404), path
        assert browser.post(path, FORGED | ACTION).status_code == (403 if who == "anonymous" else 404), path
    assert everything() == room.before


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_is_deleted_through_a_list_not_even_by_those_who_may_delete_one(room: Room, who: str) -> None:
    for model, screen in admin.site._registry.items():
        if screen.get_urls():
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            pks = list(model._base_manager.values_list("pk", flat=True))
            room.browsers[who].post(address, ACTION | {"_selected_action": pks})
    assert everything() == room.before


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "administrator"])
def test_a_window_or_a_copy_asked_for_is_no_way_into_what_an_administrator_keeps(
    room: Room, who: str
) -> None:
    user = room.correspondent
    filled_in = FORGED | {
        "username": user.username, "name": "篡改", "language": "zh-hans", "is_active": "on",
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-0-role": "chief_editor",
        "memberships-0-unit": room.bureau.pk, "memberships-0-user": user.pk,
    }  # fmt: skip
    for path in (
        f"/desk/accounts/user/{user.pk}/change/?_popup=1",
        "/desk/accounts/user/add/?_popup=1&_to_field=id",
        f"/desk/accounts/user/{user.pk}/delete/?_popup=1",
        f"/desk/accounts/user/{user.pk}/password/",
        "/desk/accounts/membership/add/?_popup=1",
        f"/desk/units/unit/{room.station.pk}/change/?_saveasnew=1",
    ):
        answer = room.browsers[who].post(
            path, filled_in | {"password1": "a1b2c3d4e5", "password2": "a1b2c3d4e5"}
        )
        assert answer.status_code == 403, path
    assert everything() == room.before


def test_the_forged_form_of_the_test_above_would_be_taken_from_an_administrator(room: Room) -> None:
    user = room.correspondent
    room.browsers["administrator"].post(
        f"/desk/accounts/user/{user.pk}/change/",
        {
            "username": user.username, "name": "改名", "language": "zh-hans", "is_active": "on",
            "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-0-role": "chief_editor",
            "memberships-0-unit": room.bureau.pk, "memberships-0-user": user.pk,
        },
    )  # fmt: skip
    user.refresh_from_db()
    assert user.name == "改名" and user.memberships.filter(role="chief_editor").exists()


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_tells_the_number_of_a_story_that_is_not_public(room: Room, who: str) -> None:
    """The admin's “view on site” would lead whoever guesses an id to an article's address."""
    content_type = ContentType.objects.get_for_model(Release)
    for release in Release.objects.all():
        answer = room.browsers[who].get(f"/desk/r/{content_type.pk}/{release.pk}/")
        assert release.number not in answer.headers.get("Location", "") + answer.text


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "app", ["bulletins", "accounts", "units", "taggit", "auth", "contenttypes", "sessions"]
)
def test_the_page_of_an_app_lists_only_what_one_may_see(room: Room, app: str, who: str) -> None:
    answer = room.browsers[who].get(f"/desk/{app}/")
    sees = {"administrator", "auditor", "desk_editor", "chief"}
    if answer.status_code == 200:
        assert who in sees
        models = [model["object_name"] for shown in answer.context["app_list"] for model in shown["models"]]
        assert not {"Article", "Release", "Revision", "Session", "Group", "Permission"} & set(models)
    else:
        assert answer.status_code == (302 if who == "anonymous" else 404)
