"""Fill an empty database with the sample page and a newsroom to try. For development only."""

from __future__ import annotations

import logging
import unicodedata
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from bulletins.management.demo import around
from bulletins.management.demo.people import PEOPLE, announce_campaigns, appoint, give_password
from bulletins.management.demo.play import Play
from bulletins.models import Article, Notice, Release
from units.models import Unit

# Long enough for the rules of passwords and easy to type on a phone; known to everybody.
PASSWORD = "demo-newsroom"
FIRST_OF_THE_SAMPLE_PAGE = "JN-2021-000001"


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _(
            "Loads the sample page and a newsroom to try: sign-ins for every role, stories at every stage."
        )
        parser.add_argument(
            "--password", default=PASSWORD, help=_("What everybody of the demo signs in with.")
        )

    def handle(self, *, password: str, **options: Any) -> None:
        if settings.MODE != "development":
            raise CommandError(
                _("The demo has passwords that everybody knows; it is made in development mode only.")
            )
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with _without_log_lines(), transaction.atomic():
            was_there = self._is_there()
            if not was_there:
                self._make()
            give_password(password)
        self._tell(password, was_there=was_there)

    def _is_there(self) -> bool:
        """The demo is made in one transaction: all of its people are there, or none."""
        wanted = {person.username for person in PEOPLE}
        taken = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
        if taken and taken != wanted:
            raise CommandError(
                _("These sign-in names are taken: %(names)s. The demo needs a database of its own.")
                % {"names": "、".join(sorted(taken))}
            )
        return bool(taken)

    def _make(self) -> None:
        # Loading again would set articles of the page back that somebody has worked on since.
        if not Article.objects.filter(number=FIRST_OF_THE_SAMPLE_PAGE).exists():
            call_command("loaddata", "sample_page", verbosity=0)
        now = timezone.now()
        announce_campaigns(today=timezone.localdate(now))
        people = appoint()
        Play(people, now=now).all()
        around.arrange(people, now=now)
        # What has been dealt with since has been read.
        Notice.objects.filter(at__lt=F("article__stage_since")).update(read_at=now)

    def _tell(self, password: str, *, was_there: bool) -> None:
        head = _("The demo is there already; nothing was changed.") if was_there else _("The demo is ready.")
        public = Release.objects.visible(at=timezone.now()).count()
        stories = _("%(articles)d stories, %(public)d of them public.") % {
            "articles": Article.objects.count(),
            "public": public,
        }
        names = dict(Unit.objects.values_list("slug", "short_name"))
        rows = [
            (person.username, person.name, str(person.role.label), names.get(person.unit, "—"))
            for person in PEOPLE
        ]
        titles = (_("sign-in name"), _("name of the person"), _("role"), _("unit"))
        password_line = _("Password of all of them: %(password)s") % {"password": password}
        where = _("Readers start at /, the desk is at /desk/.")
        text = "\n".join(
            (
                "",
                f"  {head}",
                f"  {stories}",
                "",
                *_table([titles, *rows]),
                "",
                f"  {password_line}",
                f"  {where}",
                "",
            )
        )
        self.stdout.write(text)


@contextmanager
def _without_log_lines() -> Iterator[None]:
    """A hundred lines of what was performed would hide what this command has to say."""
    logger = logging.getLogger("bulletins.workflow")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _table(rows: list[tuple[str, ...]]) -> Iterable[str]:
    """The rows in columns, a rule below the first."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for position, row in enumerate(rows):
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  " + "   ".join(cells).rstrip()
        if position == 0:
            yield "  " + "   ".join("─" * width for width in widths)
