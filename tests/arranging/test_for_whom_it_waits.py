"""Every person × every state of an article: it waits for exactly those whom the workflow lets answer.

The queue asks the rules about people of all articles at once; here it is held to what they say of each.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db.models import F
from pytest_django.plugin import DjangoDbBlocker

from bulletins import arranging, workflow
from bulletins.models import Article, Stage
from tests.kept import kept_for_a_module
from tests.workflow.states import NOW, STATES, World

pytestmark = pytest.mark.django_db


def mended_by(world: World, *steps: str, who: str) -> Article:
    """An article in which this person changed a comma on the way."""
    article = world.draft()
    for step in steps:
        given = {"write": lambda a: Article.objects.filter(pk=a.pk).update(summary=F("number"))}
        world.do(article, step, **(given if step == f"{who} edit" else {}))
        article.refresh_from_db()
    return article


MENDED: dict[str, Callable[[World], Article]] = {
    "mended by the unit at its step": lambda w: mended_by(w, "author submit", "unit edit", who="unit"),
    "mended by the desk at its step": lambda w: mended_by(
        w, "author submit", "unit pass", "desk edit", who="desk"
    ),
    "mended by a chief at the final review": lambda w: mended_by(
        w, "author submit", "unit pass", "desk pass", "chief edit", who="chief"
    ),
    "mended by the unit as a draft": lambda w: mended_by(w, "unit edit", "author submit", who="unit"),
    "mended by the desk when it was returned": lambda w: mended_by(
        w, "author submit", "unit return", "desk edit", "author submit", "unit pass", who="desk"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[World, dict[str, Article]]]:
    with kept_for_a_module(django_db_blocker):
        world = World()
        yield world, {name: build(world) for name, build in (STATES | MENDED).items() if name != "new"}


@pytest.mark.parametrize("state", [name for name in STATES | MENDED if name != "new"])
def test_an_article_waits_for_exactly_those_whom_the_workflow_lets_answer(
    world: tuple[World, dict[str, Article]], state: str
) -> None:
    article = Article.objects.get(pk=world[1][state].pk)
    verb = arranging.VERB_AT.get(Stage(article.stage))
    for who, user in world[0].people.items():
        may = verb is not None and not workflow.refusals(verb, article, actor=user, at=NOW)
        assert (who, arranging.is_answered_by(user, article, at=NOW)) == (who, may)
