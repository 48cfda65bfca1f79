"""Look whether anything was deleted, altered or put elsewhere in the log, or in the steps that it tells of."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bulletins.management.progress import show
from bulletins.records.verifying import Fault, Log, altered_texts, faults

FOUND = 1
# So many are named; who deleted a whole log needs no list of what stood in it.
NAMED = 100


def hash_from(said: str) -> str:
    said = said.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", said):
        raise ArgumentTypeError(_("A hash has 64 digits from 0 to f."))
    return said


class Command(BaseCommand):
    help = (
        "Reads the whole log and says which entries, and which steps of articles, were deleted, altered or reordered. "
        "Ends with 1 if anything was. Prints the last hash: keep it where the database is not, and give it next time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect", type=hash_from, metavar="HASH", help="a hash that was noted elsewhere"
        )
        parser.add_argument(
            "--texts",
            action="store_true",
            help="also look whether each version's text is the one its hash names",
        )

    def handle(self, *args: Any, expect: str | None, texts: bool, verbosity: int, **options: Any) -> None:
        log, count = Log(), 0

        def progress(done: int, number: int) -> None:
            if verbosity and number:
                show(self.stdout, done, number)

        for fault in faults(log, expect=expect or "", progress=progress):
            count += 1
            self._name(fault, count)
        if texts:
            for fault in altered_texts():
                count += 1
                self._name(fault, count)
        if count > NAMED:
            self.stderr.write(_("And %(count)s more.") % {"count": count - NAMED})
        if expect and not log.expected:
            count += 1
            self.stderr.write(_("No entry has the hash that was noted: the log was rewritten or cut."))
        if count:
            sys.exit(FOUND)
        self._tell(log, expect)

    def _name(self, fault: Fault, count: int) -> None:
        if count <= NAMED:
            self.stderr.write(fault.sentence)

    def _tell(self, log: Log, expect: str | None) -> None:
        if expect:
            self.stdout.write(
                _("The hash that was noted is that of entry %(number)s.") % {"number": log.expected}
            )
        self.stdout.write(
            _("The log is whole: %(entries)s entries, and %(steps)s steps of articles as they were told.")
            % {"entries": log.entries, "steps": log.steps}
        )
        self.stdout.write(_("Last hash: %(hash)s") % {"hash": log.hash})
