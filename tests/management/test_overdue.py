"""The list of what is overdue, as a timer or a person asks for it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from bulletins import arranging
from tests.factories import Newsroom


@pytest.mark.django_db
def test_each_matter_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    newsroom, now = Newsroom(), timezone.now()
    article = newsroom.submitted()
    call_command("overdue")
    assert capsys.readouterr().out == ""
    due = now - timedelta(hours=1)
    arranging.set_due(article, due, actor=newsroom.chief, at=now - timedelta(hours=2))
    call_command("overdue")
    said = capsys.readouterr().out
    assert said == f"{article.number}\t{timezone.localtime(due):%Y-%m-%d %H:%M}\t已过期限\n"
