"""What is overdue is told once, to whoever can do something about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins import arranging, workflow
from bulletins.models import Arrangement, Event, Notice
from bulletins.tasks.reminding import remind
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db


def told() -> set[str]:
    notices = Notice.objects.filter(event=Event.OVERDUE, person__isnull=False)
    return {notice.person.name for notice in notices.select_related("person") if notice.person}


def overdue_at(stage: str, newsroom: Newsroom) -> None:
    article = newsroom.at_stage(stage)
    arranging.set_due(article, timezone.now() + timedelta(hours=1), actor=newsroom.desk_editor)
    Arrangement.objects.filter(article=article).update(due_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.parametrize(
    ("stage", "name"),
    [("draft", "通讯员甲"), ("returned", "通讯员甲"), ("unit_review", "所长乙"), ("desk_review", "编辑丙")],
)
def test_those_whose_turn_it_is_are_reminded_once(stage: str, name: str) -> None:
    overdue_at(stage, Newsroom())
    remind()
    remind()
    assert told() == {name}
    assert Notice.objects.filter(event=Event.OVERDUE).count() == 1


def test_whoever_has_it_in_hand_is_reminded_and_nobody_else() -> None:
    newsroom = Newsroom()
    overdue_at("final_review", newsroom)
    article = Arrangement.objects.get().article
    arranging.claim(article, actor=newsroom.second_chief, seen_stage=article.stage)
    remind()
    assert told() == {"主任戊"}


def test_what_is_due_anew_is_told_anew() -> None:
    newsroom = Newsroom()
    overdue_at("unit_review", newsroom)
    remind()
    Arrangement.objects.update(due_at=timezone.now() - timedelta(seconds=30))
    remind()
    assert Notice.objects.filter(event=Event.OVERDUE).count() == 2


def test_before_anybody_is_told_the_checks_are_asked_again() -> None:
    newsroom = Newsroom()
    article = newsroom.at_stage("approved")
    workflow.perform("release", article, actor=newsroom.chief, public_from=timezone.now() + timedelta(days=1))
    Arrangement.objects.update_or_create(article=article, defaults={"blocked_since": timezone.now()})
    Arrangement.objects.filter(article=article).update(not_before=None)
    remind()
    # The checks were asked again and found nothing, so nobody is told.
    assert told() == set()
    assert Arrangement.objects.get(article=article).blocked_since is None
