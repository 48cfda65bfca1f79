"""Enter everything that is public or scheduled in the search anew, while readers go on searching."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bulletins import search
from bulletins.management.progress import show
from bulletins.models import SearchRebuild


class Command(BaseCommand):
    help = (
        "Enter every release that is public or scheduled in the search anew. Readers go on searching meanwhile. "
        "A run that was cut short is taken up where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--afresh", action="store_true", help="begin at the beginning, whatever an earlier run had done"
        )

    def handle(self, *args: Any, afresh: bool, verbosity: int, **options: Any) -> None:
        unfinished = None if afresh else SearchRebuild.objects.unfinished()
        if unfinished and verbosity:
            self.stdout.write(
                f"Going on with the run of {timezone.localtime(unfinished.begun_at):%Y-%m-%d %H:%M}."
            )
        run = unfinished or SearchRebuild.objects.create(begun_at=timezone.now())
        done = number = 0
        for done, number in search.index.rebuild(run):
            if verbosity:
                show(self.stdout, done, number)
        if verbosity:
            self.stdout.write(f"{number} releases looked at.")
