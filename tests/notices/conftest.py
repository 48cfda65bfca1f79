"""A newsroom whose people have mailboxes, and a mail server of the tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from bulletins.models import Mail, NoticeChoice, Robot, RobotKind
from tests.desk.conftest import desk_of, newsroom, own_media_and_an_empty_cache  # noqa: F401
from tests.factories import Newsroom

DAY = datetime.fromisoformat("2026-03-02T10:00:00+08:00")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time that the house reads: the last of the list."""
    moments = [DAY]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def with_mailbox(person: User, way: Mail = Mail.AT_ONCE, **fields: Any) -> User:
    person.email = f"{person.username}@example.org"
    person.save()
    NoticeChoice.objects.create(person=person, mail=way, **fields)
    return person


def robot_of(newsroom: Newsroom, **fields: Any) -> Robot:  # noqa: F811
    return Robot.objects.create(
        **{
            "name": "值班群",
            "kind": RobotKind.FEISHU,
            "unit": newsroom.bureau,
            "events": ["submitted", "returned"],
            "address": "https://www.example.cn/hook/token",
            "secret": "this is secret",
        }
        | fields
    )
