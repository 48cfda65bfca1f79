"""The log of the house: who signed in, who was given which role, what was set, and every step of every article.

Each entry holds the hash of the one before it, so that none can be changed, left out or put elsewhere unseen
(`bulletins.records.verifying`; what that proves and what it cannot prove: docs/decisions/0011-records.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.revision import hash_of

BATCH = 500


class LogKind(models.TextChoices):
    LOG = "log", _("the log itself")
    SIGN_IN = "sign_in", _("sign-ins")
    ROLE = "role", _("role")
    PERSON = "person", _("person")
    UNIT = "unit", _("unit")
    SETTING = "setting", _("setting")
    ARTICLE = "article", _("article")


def instant(at: datetime) -> str:
    """The one way in which a moment is written where it is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(details: Mapping[str, Any]) -> str:
    """Sorted, without white space, and with an escape for whatever UTF-8 cannot say."""
    text = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode()


class LogQuerySet(AppendOnlyQuerySet):
    def append(self, entries: Iterable[LogEntry]) -> None:
        """Put these at the end, in their order, in the transaction that is open (or one of their own). Three queries.

        Whoever appends waits for whoever appended last, until that transaction is over. So it is the last thing of a
        transaction: one that locked anything after it could wait for another that waits for this lock.
        """
        entries = list(entries)
        with transaction.atomic(savepoint=False):
            head = LogHead.locked()
            # The clock is read after the lock was waited for, and never stands before the entry before.
            head.at = max(timezone.now(), head.at)
            for entry in entries:
                head.sequence += 1
                entry.sequence, entry.at, entry.before = head.sequence, head.at, head.hash
                entry.hash = head.hash = entry.seal()
            self.bulk_create(entries, batch_size=BATCH)
            head.save()


class LogEntry(AppendOnly):
    sequence = models.BigIntegerField(_("entry"), primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=LogKind.choices)
    what = models.CharField(_("what"), max_length=30)
    # Nobody: a command, a fixture, or somebody who did not get in.
    actor = models.ForeignKey(
        User, verbose_name=_("who"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As the person was called then.
    who = models.CharField(_("who"), max_length=200, blank=True)
    about = models.CharField(_("about what"), max_length=200, blank=True)
    number = models.CharField(_("article"), max_length=24, blank=True)
    # Canonical JSON, kept as the text that was hashed.
    details = models.TextField(_("details"), default="{}")
    # The step of an article that this entry tells, by its key. No foreign key: the entry outlives a row that was deleted.
    transition = models.BigIntegerField(null=True, blank=True, unique=True)
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        indexes = [
            # Each filter of the log, newest first.
            models.Index(fields=["kind", "-sequence"], name="log_of_kind"),
            models.Index(fields=["actor", "-sequence"], name="log_of_person"),
            models.Index(fields=["number", "-sequence"], name="log_of_article"),
            models.Index(fields=["about", "-sequence"], name="log_about"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.what}"

    def sealed(self) -> dict[str, Any]:
        """All that the hash is made from, by `hash_of`: whoever has an export can do it again."""
        return {
            "sequence": self.sequence,
            "at": instant(self.at),
            "kind": self.kind,
            "what": self.what,
            "actor": self.actor_id,
            "who": self.who,
            "about": self.about,
            "number": self.number,
            "details": self.details,
            "transition": self.transition,
            "before": self.before,
        }

    def seal(self) -> str:
        return hash_of(self.sealed())


class LogHead(models.Model):
    """One row: where the log ends. Whoever appends holds it, and it tells if the last entries are gone."""

    ONLY = 1

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    objects: models.Manager[LogHead] = models.Manager()

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"

    @classmethod
    def locked(cls) -> LogHead:
        if head := cls.objects.select_for_update().filter(pk=cls.ONLY).first():
            return head
        last = LogEntry.objects.order_by("sequence").last()
        head = (
            cls(pk=cls.ONLY, sequence=last.sequence, hash=last.hash, at=last.at)
            if last
            else cls(pk=cls.ONLY, at=timezone.now())
        )
        # Of two who come first, one waits here and finds the other's.
        cls.objects.bulk_create([head], ignore_conflicts=True)
        return cls.objects.select_for_update().get(pk=cls.ONLY)
