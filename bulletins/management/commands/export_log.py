"""Write the log to a file or a pipe, row by row."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from bulletins.management.commands.check_text import day
from bulletins.models import LogEntry
from bulletins.records.exporting import MEDIA_TYPES, in_period, lines


class Command(BaseCommand):
    help = (
        "Writes the log to standard output, oldest first: as JSON Lines, by which the chain of hashes can be proved "
        "elsewhere, or as a table for people (CSV)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(MEDIA_TYPES), default="jsonl")
        parser.add_argument(
            "--since", type=day, metavar="YYYY-MM-DD", help="The first day; else from the beginning."
        )
        parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="The last day; else to the end.")

    def handle(self, *args: Any, format: str, since: date | None, until: date | None, **options: Any) -> None:
        for line in lines(in_period(LogEntry.objects.all(), since, until), format):
            self.stdout.write(line, ending="")
