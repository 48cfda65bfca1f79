"""One word for public: what was not released, or no longer is, is told to no machine; what was, to every one that asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from bulletins.models import Correspondent
from tests.interchange.world import ADDRESSES, TELLING
from tests.kept import kept_for_a_module
from tests.public.test_what_is_public import PUBLIC, Everything, mark_of
from tests.public.world import HIDDEN, LATER


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everything]:
    with kept_for_a_module(django_db_blocker):
        yield Everything()


pytestmark = pytest.mark.django_db


def asked(everything: Everything, reader: Client, name: str) -> str:
    answer = reader.get(ADDRESSES[name].format(number=everything.release.number))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", sorted(TELLING))
def test_what_is_public_is_told(everything: Everything, reader: Client, name: str) -> None:
    assert f"{PUBLIC}标题" in asked(everything, reader, name)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_what_is_not_public_is_told_nowhere(everything: Everything, reader: Client, name: str) -> None:
    text = asked(everything, reader, name)
    assert [state for state in HIDDEN if mark_of(state) in text] == []


@pytest.mark.parametrize("form", ["", "ninjs/"])
@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_its_own_address_says_nothing_of_it(
    everything: Everything, reader: Client, state: str, form: str
) -> None:
    answer = reader.get(f"/api/v1/articles/{everything.hidden[state].number}/{form}")
    assert answer.status_code == HIDDEN[state][1]
    assert mark_of(state) not in answer.content.decode()


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_a_tag_of_hidden_stories_alone_is_as_unknown_as_one_that_is_nowhere(
    everything: Everything, reader: Client, state: str
) -> None:
    answer = reader.get("/api/v1/articles/", {"tag": f"{mark_of(state)}标签"})
    assert answer.status_code == 404


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_whoever_only_drafts_is_nobodys_business(everything: Everything, reader: Client, state: str) -> None:
    person = Correspondent.objects.get(name=f"{mark_of(state)}作者")
    assert reader.get(f"/api/v1/correspondents/{person.slug}/").status_code == 404


@pytest.mark.parametrize("name", sorted(TELLING.keys() - {"article", "ninjs", "articles since"}))
def test_a_scheduled_story_is_told_when_its_time_has_come(
    everything: Everything, reader: Client, clock: list[datetime], name: str
) -> None:
    clock[0] = LATER
    assert f"{mark_of('scheduled')}标题" in asked(everything, reader, name)


def test_a_withdrawn_story_answers_410_with_its_notice(everything: Everything, reader: Client) -> None:
    number = everything.hidden["withdrawn"].number
    answer = reader.get(f"/api/v1/articles/{number}/")
    problem = answer.json()
    assert answer.status_code == problem["status"] == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["detail"] == "因内容更正，已撤下。"
    assert problem["number"] == number
    assert problem["withdrawn"] == "2021-12-31T00:30:00+08:00"
