"""Reminders of what is overdue or failed: each matter is told once, to whoever can do something about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from accounts.models import User
from bulletins import notices
from bulletins.arranging import ROLE_AT
from bulletins.models import Event, Notice, Stage
from bulletins.notices.audience import DESK, holders
from bulletins.notices.telling import above_of
from bulletins.overdue import Overdue, What, look_again, overdue


def remind() -> None:
    """Ask the checks again about what is on the schedule, and tell of all that is overdue and was not told of yet."""
    at = timezone.now()
    look_again(at)
    for one in overdue(at):
        if not Notice.objects.filter(
            article=one.article, event=Event.OVERDUE, key__endswith=one.key
        ).exists():
            with translation.override(
                settings.LANGUAGE_CODE
            ):  # in the language of the house, since many read it
                line = str(one.what.label)
            notices.tell(
                Event.OVERDUE, one.article, _concerned(one, at), actor=None, at=at, line=line, key=one.key
            )


def _concerned(one: Overdue, at: datetime) -> Iterable[User]:
    """Whoever has it in hand; else its author while it is written, or those of its step, or for a release the desk."""
    article = one.article
    if one.what != What.DUE:
        return holders(DESK, above_of(article), at=at)
    arrangement = getattr(article, "arrangement", None)
    if arrangement and arrangement.handler:
        return [arrangement.handler]
    if article.stage in {Stage.DRAFT, Stage.RETURNED}:
        return [article.author]
    role = ROLE_AT.get(Stage(article.stage))
    return holders((role,), above_of(article), at=at) if role else []
