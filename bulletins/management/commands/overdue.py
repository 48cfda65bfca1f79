"""Say what is overdue or failed, after the checks were asked again about what is on the schedule. For a timer and for people."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bulletins.overdue import look_again, overdue


class Command(BaseCommand):
    help = (
        "Asks the checks again about every scheduled release, and lists what is overdue or failed, a line each. "
        "Pages of the desk show the same above their lists."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        look_again(at)
        for one in overdue(at):
            when = timezone.localtime(one.since)
            self.stdout.write(f"{one.article.number}\t{when:%Y-%m-%d %H:%M}\t{one.what.label}")
