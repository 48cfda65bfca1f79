"""One word for public: what was not released, or no longer is, stands on no page; what was, on every one it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from bulletins.models import Article, Release
from tests.kept import kept_for_a_module
from tests.public.world import ADDRESSES, HIDDEN, LATER, TELLING, Site

PUBLIC = "公开之"


def mark_of(state: str) -> str:
    """What the texts of that state bear: one sign each, so that one is not found in another."""
    return f"秘{chr(0x7532 + sorted(HIDDEN).index(state))}之"


class Everything:
    def __init__(self) -> None:
        self.site = Site()
        self.hidden: dict[str, Article] = {
            state: make(self.site, mark_of(state)) for state, (make, _status) in HIDDEN.items()
        }
        self.release: Release = self.site.published(PUBLIC)

    def address(self, name: str) -> str:
        return ADDRESSES[name].format(number=self.release.number)


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everything]:
    with kept_for_a_module(django_db_blocker):
        yield Everything()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_public_address_answers(everything: Everything, reader: Client, name: str) -> None:
    assert reader.get(everything.address(name)).status_code == 200


@pytest.mark.parametrize("name", sorted(TELLING))
def test_what_is_public_stands_on_every_page_it_belongs_to(
    everything: Everything, reader: Client, name: str
) -> None:
    text = reader.get(everything.address(name)).content.decode()
    assert f"{PUBLIC}标题" in text
    assert f"{PUBLIC}眉题" in text


@pytest.mark.parametrize("name", sorted(ADDRESSES))
@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_what_is_not_public_stands_nowhere(
    everything: Everything, reader: Client, name: str, state: str
) -> None:
    text = reader.get(everything.address(name)).content.decode()
    assert mark_of(state) not in text


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_its_own_address_says_nothing_of_it(everything: Everything, reader: Client, state: str) -> None:
    answer = reader.get(f"/articles/{everything.hidden[state].number}/")
    assert answer.status_code == HIDDEN[state][1]
    assert mark_of(state) not in answer.content.decode()


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_a_tag_of_hidden_stories_alone_has_no_page(
    everything: Everything, reader: Client, state: str
) -> None:
    assert reader.get(f"/tags/{mark_of(state)}标签/").status_code == 404


def test_a_scheduled_story_shows_when_its_time_has_come(
    everything: Everything, reader: Client, clock: list[datetime]
) -> None:
    clock[0] = LATER
    scheduled = mark_of("scheduled")
    assert (
        f"{scheduled}标题"
        in reader.get(f"/articles/{everything.hidden['scheduled'].number}/").content.decode()
    )
    for name in TELLING - {"archive", "archive_earlier", "article", "search_narrowed"}:
        assert f"{scheduled}标题" in reader.get(everything.address(name)).content.decode(), name
    assert f"{scheduled}标题" in reader.get("/archive/2022/01/").content.decode()


def test_a_withdrawn_story_answers_410_with_its_notice(everything: Everything, reader: Client) -> None:
    answer = reader.get(f"/articles/{everything.hidden['withdrawn'].number}/")
    assert answer.status_code == 410
    assert "因内容更正，已撤下。" in answer.content.decode()


def test_a_new_release_replaces_the_text_at_the_same_address(everything: Everything, reader: Client) -> None:
    text = reader.get(f"/articles/{everything.hidden['superseded'].number}/").content.decode()
    assert "后来的正文" in text


def test_a_live_story_stays_while_its_revision_is_under_way(everything: Everything, reader: Client) -> None:
    text = reader.get(f"/articles/{everything.hidden['revision_beside_live'].number}/").content.decode()
    assert "先前的正文" in text
