"""Checks of bare text, for people who write elsewhere and for scripts: all that needs no more than the text.

Its terms are those that come with the program, whatever an office has in its table: it asks no database, so that it says
the same of a text on every machine, also on one that has none.
"""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.readiness import LONGEST, Around, Finding, Severity, Subject, run
from bulletins.readiness.term_files import shipped
from bulletins.readiness.terms import Matcher
from bulletins.readiness.wording import advice, sentence
from bulletins.readiness.wrapped import unwrapped

# A letter takes four bytes at most, and one more says that there are too many.
MOST_BYTES = 4 * LONGEST + 4
BLOCKED, UNREADABLE = 1, 2


class Unreadable(Exception):
    """A file that cannot be checked; the argument is the sentence that says why."""


def day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise ArgumentTypeError(
            _("“%(said)s” is no date. Write it like 2026-01-31.") % {"said": said}
        ) from error


class Command(BaseCommand):
    help = (
        "Checks texts as the desk does before publication. Ends with 1 if something must be mended, "
        "with 2 if a file could not be checked."
    )
    # It needs neither database nor addresses.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="Text in UTF-8 or GB18030; - is standard input."
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--date",
            type=day,
            default=None,
            metavar="YYYY-MM-DD",
            help="Day of publication; today unless given.",
        )

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a letter shows its number: that is no reason to stop half-way.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        around = Around(options["date"] or timezone.localdate(), Matcher(shipped()))
        checked: list[tuple[str, str, list[Finding]]] = []
        code = 0
        for name in files:
            try:
                text = text_of(name)
            except Unreadable as error:
                self.stderr.write(f"{name}: {error}")
                code = UNREADABLE
                continue
            checked.append((name, text, findings_of(text, around)))
        if options["format"] == "json":
            self.stdout.write(as_json(checked))
        else:
            for name, text, findings in checked:
                self.stdout.writelines(in_words(name, text, findings))
        if not code and any(f.severity == Severity.BLOCK for _name, _text, found in checked for f in found):
            code = BLOCKED
        if code:
            sys.exit(code)


def findings_of(text: str, around: Around) -> list[Finding]:
    """What the checks say of it as if no column had cut its sentences; each says where and what stands in the file."""
    if not text:
        return []
    whole = unwrapped(text)
    found = []
    for finding in run(Subject.of_text(whole.text), around):
        start, end = whole.span(finding.start, finding.end)
        found.append(replace(finding, start=start, end=end, text=text[start:end]))
    return found


def text_of(name: str) -> str:
    """The text of a file with plain line ends, or `Unreadable`."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(_("The file cannot be read (%(reason)s).") % {"reason": reason}) from error
    if len(data) > MOST_BYTES:
        raise Unreadable(_too_long())
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        raise Unreadable(_too_long())
    return text


def _too_long() -> str:
    return _("The text is longer than 100,000 characters and was not checked. Divide it.")


def _decoded(data: bytes) -> str:
    if b"\x00" not in data:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Unreadable(_("This is no text in UTF-8 or GB18030. Save it as plain text first."))


def as_json(checked: Iterable[tuple[str, str, list[Finding]]]) -> str:
    """Offsets count characters from the beginning of the file, a byte-order mark left out, line ends as one."""
    fields = ("check", "severity", "start", "end", "key", "text", "suggestion")
    # Letters as numbers: it reads the same whatever the terminal or the pipe is set to.
    return json.dumps(
        [
            {"file": name, "findings": [{field: getattr(f, field) for field in fields} for f in findings]}
            for name, _text, findings in checked
        ],
        indent=2,
    )


def in_words(name: str, text: str, findings: list[Finding]) -> Iterable[str]:
    """One line a finding, the worst first, each with what to do below it, and a last line that counts them."""
    for severity in (Severity.BLOCK, Severity.WARN, Severity.INFO):
        for finding in findings:
            if finding.severity == severity:
                line = text.count("\n", 0, finding.start) + 1
                column = finding.start - text.rfind("\n", 0, finding.start)
                # What a line break cuts is said on one line.
                said = replace(finding, text=finding.text.replace("\n", ""))
                yield f"{name}:{line}:{column} {severity.label} {sentence(said)}\n"
                if advice(said):
                    yield f"    {advice(said)}\n"
    counts = [
        f"{severity.label} {sum(f.severity == severity for f in findings)}"
        for severity in (Severity.BLOCK, Severity.WARN, Severity.INFO)
    ]
    yield f"{name}: {' · '.join(counts)}\n"
