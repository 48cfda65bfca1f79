"""No page of the desk asks more than thirty questions, none asks more when there is more, and none counts or skips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from bulletins import arranging, workflow
from bulletins.models import Arrangement, Article, Review, Revision, Stage
from tests.factories import Newsroom, make_user
from tests.kept import kept_for_a_module

pytestmark = pytest.mark.django_db

LIMIT = 30
NOW = timezone.now()
PEOPLE = ("correspondent", "unit_reviewer", "desk_editor", "chief")
PAGES = {
    "start": "/desk/",
    "queue": "/desk/queue/",
    "queue, narrowed": "/desk/queue/?unit={unit}&kind=brief&hands=nobody&person=通讯员",
    "board": "/desk/board/",
    "calendar": "/desk/calendar/",
    "week": "/desk/calendar/?week={week}",
    "articles": "/desk/articles/?q=雪夜",
    "article": "/desk/articles/{number}/",
    "article to be signed": "/desk/articles/{approved}/",
    "differences": "/desk/articles/{number}/differences/",
    "whole history": "/desk/articles/{number}/history/",
    "notices": "/desk/notices/",
    "form": "/desk/articles/{number}/edit/",
    "empty form": "/desk/articles/new/",
}
FORBIDDEN = {("chief", "form"), ("chief", "empty form"), ("correspondent", "form"), ("unit_reviewer", "form")}
FORBIDDEN |= {("correspondent", "queue"), ("correspondent", "queue, narrowed")}
ASKED = [(who, page) for who in PEOPLE for page in PAGES if (who, page) not in FORBIDDEN]


class Growing:
    """One article of each stage that went its way through the workflow, and more like it straight into the tables."""

    def __init__(self) -> None:
        self.newsroom = Newsroom()
        at = NOW - timedelta(days=2)
        self.models = [
            self.newsroom.at_stage(stage, at=at, kind="brief") for stage in Stage if stage != Stage.SETTLED
        ]
        self.released = self.newsroom.released(at=NOW - timedelta(hours=3))
        coming = self.newsroom.at_stage(Stage.APPROVED, at=at)
        workflow.perform("release", coming, actor=self.newsroom.chief, public_from=NOW + timedelta(hours=3))
        self.browsers = {who: Client() for who in PEOPLE}
        for who, browser in self.browsers.items():
            browser.force_login(getattr(self.newsroom, who))
        for article in self.models:
            if article.stage != Stage.REFUSED:
                due = NOW - timedelta(hours=1)
                arranging.set_due(article, due, actor=self.newsroom.desk_editor, at=NOW - timedelta(hours=2))
        self.count = 1

    def grow_to(self, count: int) -> None:
        for model in self.models:
            self._more_like(model, range(self.count, count))
        # Colleagues, so that an article can be given to more people; and more that waits for a second person.
        for _ in range(2 if count > 10 else 0):
            make_user(Role.DESK_EDITOR, self.newsroom.bureau)
            gone = self.newsroom.released(at=NOW).article
            workflow.perform("withdraw", gone, actor=self.newsroom.desk_editor, at=NOW, reason="有误")
        self.count = count

    def _more_like(self, model: Article, numbers: range) -> None:
        """With the same text and the same reviews, due at other times."""
        frozen = (
            Revision.objects.filter(article=model).values("content", "content_hash", "created_by_id").get()
        )
        fields = {
            f.attname: getattr(model, f.attname) for f in Article._meta.concrete_fields if not f.primary_key
        }
        made = Article.objects.bulk_create(
            Article(**fields | {"number": f"XX-2021-{model.pk:03d}{n:03d}"}) for n in numbers
        )
        revisions = Revision.objects.bulk_create(
            Revision(article=article, number=1, created_at=NOW, stage="draft", **frozen) for article in made
        )
        Review.objects.bulk_create(
            Review(
                article=article, revision=revision, content_hash=review.content_hash, step=review.step, cycle=1,
                round=1, reviewer=review.reviewer, decision=review.decision, reason=review.reason,
                reason_code=review.reason_code, at=review.at,
            )
            for review in Review.objects.filter(article=model)
            for article, revision in zip(made, revisions, strict=True)
        )  # fmt: skip
        Arrangement.objects.bulk_create(
            Arrangement(article=article, due_at=NOW - timedelta(minutes=n + 1))
            for n, article in enumerate(made)
        )

    def address(self, page: str) -> str:
        waits = next(article for article in self.models if article.stage == Stage.DESK_REVIEW)
        approved = next(article for article in self.models if article.stage == Stage.APPROVED)
        return PAGES[page].format(
            unit=self.newsroom.station.pk, week=f"{NOW:%G-W%V}", number=waits.number, approved=approved.number
        )


@pytest.fixture(scope="module")
def asked(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[int, dict[tuple[str, str], list[str]]]]:
    with kept_for_a_module(django_db_blocker):
        growing, found = Growing(), {}
        for count in (10, 100):
            growing.grow_to(count)
            found[count] = {(who, page): questions(growing, who, page) for who, page in ASKED}
        yield found


def questions(growing: Growing, who: str, page: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert growing.browsers[who].get(growing.address(page)).status_code == 200, (who, page)
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize(("who", "name"), ASKED)
def test_a_page_asks_as_much_of_a_hundred_as_of_ten_and_never_more_than_thirty(
    asked: dict[int, dict[tuple[str, str], list[str]]], who: str, name: str
) -> None:
    few, many = asked[10][who, name], asked[100][who, name]
    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= LIMIT, "\n".join(many)
    for sql in many:
        assert "COUNT(" not in sql.upper() and "OFFSET" not in sql.upper(), sql
