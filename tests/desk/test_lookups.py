"""What is offered while somebody fills in a form: names for all, people and stories for few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article
from tests.factories import Newsroom, make_campaign, make_correspondent, make_user
from tests.kept import kept_for_a_module

ROLES = (*Role.values, "nobody", "anonymous")
EVERY_ROLE = set(Role.values)
READERS = {"administrator", "auditor"}
EDITORIAL = {"administrator", "desk_editor", "chief_editor"}

# A field through which the list is asked, and who gets an answer.
MAY: dict[str, tuple[str, str, set[str]]] = {
    "units.unit": ("bulletins.campaign", "lead_unit", EVERY_ROLE),
    "accounts.correspondent": ("bulletins.credit", "correspondent", EVERY_ROLE),
    "bulletins.campaign": ("bulletins.article", "campaigns", EVERY_ROLE),
    "taggit.tag": ("bulletins.taggedarticle", "tag", EVERY_ROLE),
    "accounts.user": ("bulletins.review", "reviewer", READERS),
    "bulletins.article": ("bulletins.placement", "article", EDITORIAL),
    "bulletins.page": ("bulletins.placement", "page", EDITORIAL | {"auditor"}),
}


class Searched:
    def __init__(self) -> None:
        self.room = Newsroom()
        make_campaign("护校安园")
        make_correspondent("卢飞", self.room.station)
        Tag.objects.create(name="禁毒", slug="jindu")
        self.browsers = {"anonymous": Client()}
        for role in (*Role.values, "nobody"):
            unit = self.room.bureau if role != Role.ADMINISTRATOR else None
            user = make_user() if role == "nobody" else make_user(Role(role), unit)
            self.browsers[role] = Client()
            self.browsers[role].force_login(user)

    def ask(self, role: str, field: tuple[str, str], term: str = "") -> Any:
        app, model = field[0].split(".")
        asked = {"app_label": app, "model_name": model, "field_name": field[1], "term": term}
        return self.browsers[role].get(reverse("admin:autocomplete"), asked)

    def found(self, role: str, model: str, term: str = "") -> list[str]:
        response = self.ask(role, MAY[model][:2], term)
        return [row["text"] for row in response.json()["results"]]


@pytest.fixture(scope="module")
def searched(django_db_setup: None, django_db_blocker: Any) -> Iterator[Searched]:
    with kept_for_a_module(django_db_blocker):
        yield Searched()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MAY)
def test_a_list_answers_whom_the_table_says(searched: Searched, model: str, role: str) -> None:
    response = searched.ask(role, MAY[model][:2])
    expected = 302 if role == "anonymous" else 200 if role in MAY[model][2] else 403
    assert response.status_code == expected


@pytest.mark.parametrize("role", ["correspondent", "unit_reviewer", "nobody"])
def test_no_field_of_any_model_leads_to_people_or_stories(searched: Searched, role: str) -> None:
    """Every relation of every model is asked, as somebody would who tries them all."""
    kept_from_them = {"accounts.user", "bulletins.article", "accounts.membership", "bulletins.page"}
    for source in apps.get_models():
        for field in source._meta.get_fields():
            target: type[Model] | None = getattr(field, "related_model", None)
            if isinstance(target, type) and target._meta.label_lower in kept_from_them:
                response = searched.ask(role, (source._meta.label_lower, field.name))
                assert response.status_code in {403, 404}, f"{source._meta.label}.{field.name}"


def test_lists_that_are_no_lists_of_the_desk_do_not_answer(searched: Searched) -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert "bulletins.revision" not in registered
    assert searched.ask("administrator", ("bulletins.review", "revision")).status_code == 403


def test_a_correspondent_is_found_with_the_unit_that_tells_namesakes_apart(searched: Searched) -> None:
    assert searched.found("correspondent", "accounts.correspondent", "卢") == ["卢飞（湖滨派出所）"]


def test_units_are_offered_in_the_order_of_the_tree(searched: Searched) -> None:
    assert searched.found("correspondent", "units.unit") == ["市公安局", "山前派出所", "湖滨派出所"]


@pytest.mark.parametrize("term", ["\0", "%", "'", "卢\0飞", "x" * 3000, "\\"])
@pytest.mark.parametrize("model", MAY)
def test_no_question_is_a_server_error(searched: Searched, model: str, term: str) -> None:
    assert searched.ask("administrator", MAY[model][:2], term).status_code == 200


class TestArticles:
    """Only what readers read, by the words that readers see."""

    def test_what_is_in_the_making_is_not_offered(self, searched: Searched) -> None:
        for stage in ("draft", "unit_review", "approved"):
            searched.room.at_stage(stage, headline="正在写的稿件")
        assert searched.found("desk_editor", "bulletins.article", "正在写的") == []

    def test_what_was_released_is_found_by_headline_kicker_and_number(self, searched: Searched) -> None:
        release = searched.room.released(headline="荣膺\n全国一级派出所", kicker="洸河派出所")
        for term in ("荣膺", "全国一级", "洸河", release.number, "洸河 荣膺"):
            assert searched.found("desk_editor", "bulletins.article", term) == [
                f"{release.number} 洸河派出所　荣膺 全国一级派出所"
            ]

    def test_what_was_withdrawn_is_not_offered(self, searched: Searched) -> None:
        searched.room.withdrawn(headline="撤下的稿件")
        assert searched.found("desk_editor", "bulletins.article", "撤下的") == []

    def test_what_waits_for_its_day_is_not_offered(self, searched: Searched) -> None:
        article = searched.room.at_stage("approved", headline="明天的稿件")
        tomorrow = timezone.now() + timedelta(days=1)
        workflow.perform("release", article, actor=searched.room.chief, public_from=tomorrow)
        assert searched.found("desk_editor", "bulletins.article", "明天的") == []

    def test_a_headline_that_is_being_changed_is_neither_shown_nor_searched(self, searched: Searched) -> None:
        release = searched.room.released(headline="公开的标题")
        Article.objects.filter(pk=release.article_id).update(headline="保密的标题")
        assert searched.found("desk_editor", "bulletins.article", "保密的") == []
        assert searched.found("desk_editor", "bulletins.article", "公开的标题") == [
            f"{release.number} 公开的标题"
        ]
