"""Every person × every state of an article × every verb, held against a table written by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from bulletins import workflow
from bulletins.models import Article, Listing, Proposal, Release, Review, Revision, Transition
from tests.workflow.expected import MAY
from tests.workflow.states import NOW, STATES, World, a_finding

# Without the mark, pytest-django would make no test database for a module that is run alone.
pytestmark = pytest.mark.django_db

# Those who are tried where a verb exists, and where it does not.
SAMPLE = {
    "author",
    "colleague",
    "unit",
    "desk",
    "chief",
    "administrator",
    "auditor",
    "inactive",
    "chief_elsewhere",
}
WRONG_STAGE = {"author", "chief"}
REASONS = {"reason": "原因", "reason_code": "other"}


class Scene:
    """The world and the articles in it, made once for all cells."""

    def __init__(self) -> None:
        self.world = World()
        self.articles = {name: build(self.world) for name, build in STATES.items()}

    def article(self, state: str) -> Article:
        """As a request would find it."""
        if state == "new":
            return STATES["new"](self.world)
        return Article.objects.get(pk=self.articles[state].pk)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scene()
        transaction.set_rollback(True)


def those_who_may(verb: str, state: str) -> set[str]:
    return set(MAY[verb].get(state, "").split())


def everything() -> dict[Any, Any]:
    models = (Article, Revision, Review, Transition, Release, Proposal, Listing)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def write(article: Article) -> None:
    article.kicker = "改动"
    article.save(update_fields=["kicker"])


def test_the_table_by_hand_speaks_of_every_verb_and_of_known_states() -> None:
    assert set(MAY) == set(workflow.VERBS)
    assert {state for states in MAY.values() for state in states} <= set(STATES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", MAY)
def test_exactly_these_people_may(scene: Scene, verb: str, state: str) -> None:
    article = scene.article(state)
    may = {
        name
        for name, person in scene.world.people.items()
        if not workflow.refusals(verb, article, actor=person, at=NOW)
    }
    assert may == those_who_may(verb, state)


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_open_exactly_for_what_may_be_done(scene: Scene, state: str) -> None:
    for name in ("author", "desk", "chief", "auditor"):
        options = workflow.options(scene.article(state), actor=scene.world.people[name], at=NOW)
        assert {option.verb for option in options if option.is_open} == {
            verb for verb in MAY if name in those_who_may(verb, state)
        }


class Undo(Exception):
    """Takes back what was done in a transaction."""


@pytest.mark.parametrize("state", STATES)
def test_what_may_be_done_is_done_and_written_down_once(scene: Scene, state: str) -> None:
    for verb in MAY:
        for name in those_who_may(verb, state):
            lines = Transition.objects.count()
            with pytest.raises(Undo), transaction.atomic():
                article, given = scene.article(state), dict(REASONS, write=write)
                if verb == "override":
                    given["finding"] = a_finding(article)
                line = workflow.perform(verb, article, actor=scene.world.people[name], at=NOW, **given)
                assert line is not None
                assert (line.verb, line.actor, line.article) == (verb, scene.world.people[name], article)
                assert Transition.objects.count() == lines + 1
                raise Undo


@pytest.mark.parametrize("state", STATES)
def test_what_may_not_be_done_is_refused_with_a_reason_and_changes_nothing(scene: Scene, state: str) -> None:
    before = everything()
    for verb in MAY:
        may = those_who_may(verb, state)
        for name in (SAMPLE if may else WRONG_STAGE) - may:
            article, given = scene.article(state), dict(REASONS, write=write)
            with pytest.raises(workflow.Refused) as refused:
                workflow.perform(verb, article, actor=scene.world.people[name], at=NOW, **given)
            assert all(str(reason) for reason in refused.value.reasons)
            assert refused.value.reasons
    assert everything() == before
