from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from bulletins import workflow
from bulletins.models import Article, Transition
from tests.factories import Newsroom

# A morning in Jining.
MORNING = datetime(2021, 12, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


class Clock:
    """A clock that tests move: `clock()` is now, a minute later each time it is looked at."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


Says = Callable[..., Transition | None]
Refused = Callable[..., set[str]]


@pytest.fixture
def say(clock: Clock) -> Says:
    """Say a verb of an article, now."""

    def say(verb: str, article: Article, actor: User, **given: Any) -> Transition | None:
        return workflow.perform(verb, article, actor=actor, at=clock(), **given)

    return say


@pytest.fixture
def refused(clock: Clock) -> Refused:
    """Say a verb that has to be refused, and get the keys of all reasons."""

    def refused(verb: str, article: Article, actor: User, **given: Any) -> set[str]:
        with pytest.raises(workflow.Refused) as caught:
            workflow.perform(verb, article, actor=actor, at=clock(), **given)
        return {reason.key for reason in caught.value.reasons}

    return refused


def writes(**fields: Any) -> Callable[[Article], None]:
    """What a form does with a locked article."""

    def write(article: Article) -> None:
        for name, value in fields.items():
            setattr(article, name, value)
        article.save(update_fields=list(fields))

    return write
