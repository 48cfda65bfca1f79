"""What a check says: where in the text a reader sees, how bad, and under which key. The wording is in `wording`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    BLOCK = "block", _("must be mended")
    WARN = "warn", _("to be looked at")
    INFO = "info", _("for your information")


@dataclass(frozen=True)
class Finding:
    """A place in a field, counted in characters of the text that a reader sees (`Passage.text`), end excluded.

    `text` is what stands there, `suggestion` what could stand there instead (empty: no single answer),
    `context` what the sentence of the key needs besides.
    """

    check: str
    key: str
    severity: Severity
    passage: str
    start: int
    end: int
    text: str
    suggestion: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    # What else it is about, if its place does not say: the number of the story it repeats, the address of a link.
    about: str = ""
