"""The office's table of terms that are looked for in every text."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class TermSeverity(models.TextChoices):
    """The same three as those of a finding (`bulletins.readiness.finding.Severity`)."""

    BLOCK = "block", _("must be mended")
    WARN = "warn", _("to be looked at")
    INFO = "info", _("for your information")


class TermEntry(models.Model):
    match = models.CharField(_("term"), max_length=100)
    suggestion = models.CharField(_("write instead"), max_length=100, blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=TermSeverity.choices, default=TermSeverity.WARN
    )
    exceptions = models.TextField(
        _("not inside these words"), blank=True, help_text=_("One a line; each longer than the term.")
    )
    note = models.CharField(_("why"), max_length=1000, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["match", "pk"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            # Two lines for the same word at the same time would contradict each other.
            models.UniqueConstraint(
                F("match"),
                Coalesce("valid_from", Value(date.min)),
                Coalesce("valid_to", Value(date.max)),
                name="term_is_once_in_a_period",
                violation_error_message=_("This term stands in the table already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="term_ends_after_it_begins",
                violation_error_message=_("It ends before it begins to hold."),
            ),
        ]

    def __str__(self) -> str:
        return self.match


class TermTable(models.Model):
    """One row: by `state` it is known whether the table of terms is still what it was. Two states are never the same.

    The database itself writes it whenever a term is added, changed or deleted, whichever way (triggers, migration 0005),
    and whoever changes terms waits here for whoever changed them before. A migration that alters the terms must set the
    triggers of SQLite anew, since SQLite loses them with the old table; a test says so.
    """

    ONLY = 1

    state = models.CharField(max_length=36)

    objects: models.Manager[TermTable] = models.Manager()

    def __str__(self) -> str:
        return self.state
