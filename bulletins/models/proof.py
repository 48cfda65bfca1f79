"""Proofs of withdrawals: that the site was asked for what was withdrawn, what it answered, and what is still to be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article
from bulletins.models.transition import Transition

# A proof takes seconds. One that is due for longer than this was forgotten, or whoever made it was killed.
PATIENCE = timedelta(minutes=15)


class ProofResult(models.TextChoices):
    GONE = "gone", _("nothing shows it any more")
    SHOWN = "shown", _("it is still shown")
    UNANSWERED = "unanswered", _("not everything could be asked")
    PUBLIC_AGAIN = "public_again", _("it is public again")


# With these somebody has to act.
ALARMING = (ProofResult.SHOWN, ProofResult.UNANSWERED)


class DueQuerySet(AppendOnlyQuerySet):
    def open(self, *, at: datetime) -> models.QuerySet[Any]:
        """Whose time has come, and that nobody has finished."""
        return self.filter(due_at__lte=at, proof=None)

    def late(self, *, at: datetime) -> models.QuerySet[Any]:
        """Those that should have been finished long ago."""
        return self.filter(due_at__lte=at - PATIENCE, proof=None)


class ProofDue(AppendOnly):
    """That a withdrawal is to be proved from `due_at` on. It is under way from then until its proof is written down.

    `asked_by` is nobody where the withdrawal itself asks for it.
    """

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="proofs_due")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="proofs_due")
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            # What is to be proved, the longest due first.
            models.Index(fields=["due_at"], name="proof_due"),
        ]

    def __str__(self) -> str:
        return f"{self.transition} ≥ {self.due_at}"


class ProofQuerySet(AppendOnlyQuerySet):
    def alarming(self) -> models.QuerySet[Any]:
        """The last proof of an article, where it did not come out well."""
        later = Proof.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
        return self.filter(result__in=ALARMING).exclude(Exists(later))


class Proof(AppendOnly):
    """What was asked and answered. `answers`: [{path, way, wanted, status, fault, found, is_shown}], `looked_for`: [text],
    `elsewhere`: {text: number of the story on show that has it too}.

    `site` is the address by which the network was asked, empty if only the site itself was.
    """

    due = models.OneToOneField(ProofDue, on_delete=models.PROTECT, related_name="proof")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="proofs")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    result = models.CharField(max_length=20, choices=ProofResult.choices)
    site = models.CharField(max_length=120, blank=True)
    looked_for = models.JSONField(default=list)
    elsewhere = models.JSONField(default=dict)
    answers = models.JSONField(default=list)

    objects = ProofQuerySet.as_manager()

    class Meta:
        indexes = [
            # The history of an article, and whether a later proof came out better.
            models.Index(fields=["article", "-id"], name="proof_of_article"),
            # What somebody has to act on: few of many.
            models.Index(
                fields=["result"], condition=Q(result__in=["shown", "unanswered"]), name="proof_alarming"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.result}"

    @property
    def shown(self) -> list[dict[str, Any]]:
        return [answer for answer in self.answers if answer["is_shown"]]

    @property
    def unanswered(self) -> list[dict[str, Any]]:
        return [answer for answer in self.answers if answer["fault"]]
