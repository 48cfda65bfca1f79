"""What is arranged about an article beside its text: who takes it in hand, by when, and not before when readers see it.

It gives nobody a right and takes none. How it stands now is in one row; every time it was changed is in another table.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly
from bulletins.models.article import Article, Stage


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def step_left(self, article_id: int, *, to_stage: str) -> None:
        """Whoever had it in hand has it no longer; and what is signed off or refused is not due any more."""
        ends: dict[str, None] = {"handler": None, "blocked_since": None}
        if to_stage in {Stage.SETTLED, Stage.REFUSED}:
            ends["due_at"] = None
        self.filter(article=article_id).update(**ends)

    def embargo_of(self, article: Article) -> datetime | None:
        """Before that moment readers may not see it."""
        return self.filter(article=article).values_list("not_before", flat=True).first()


class Arrangement(models.Model):
    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="arrangement"
    )
    # Ends with the step.
    handler = models.ForeignKey(
        User,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="in_hand",
    )
    # Ends when it is signed off or refused.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    not_before = models.DateTimeField(_("under embargo until"), null=True, blank=True)
    # Since when the checks speak against a release that waits for its time (`bulletins.overdue.look_again`).
    blocked_since = models.DateTimeField(null=True, blank=True)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        indexes = [
            # What is overdue, and what is due in a month.
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="arrangement_due"),
            # Which embargoes end in a month.
            models.Index(
                fields=["not_before"], condition=Q(not_before__isnull=False), name="arrangement_embargo"
            ),
            # What must not go out as it is scheduled.
            models.Index(
                fields=["blocked_since"], condition=Q(blocked_since__isnull=False), name="arrangement_blocked"
            ),
        ]

    def __str__(self) -> str:
        return str(self.article_id)


class Arranged(AppendOnly):
    """One line of what was arranged: `person` of the handler, `moment` of the others; empty if it was taken back."""

    class What(models.TextChoices):
        HANDLER = "handler", _("handled by")
        DUE = "due_at", _("due")
        EMBARGO = "not_before", _("under embargo until")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="arranged")
    what = models.CharField(max_length=12, choices=What.choices)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moment = models.DateTimeField(null=True, blank=True)
    # Where the article stood: a handler is one of that step.
    stage = models.CharField(max_length=20, choices=Stage.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            # Beside its article.
            models.Index(fields=["article", "at"], name="arranged_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article.number}: {self.what}"
