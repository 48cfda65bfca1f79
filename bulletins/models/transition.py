"""Transitions: the history of an article as users read it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article
from bulletins.models.release import Release
from bulletins.models.review import RefusalCode
from bulletins.models.revision import Revision


class TransitionQuerySet(AppendOnlyQuerySet):
    def get_by_natural_key(self, article_number: str, at: str, verb: str) -> Transition:
        return self.get(article__number=article_number, at=at, verb=verb)


class Transition(AppendOnly):
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(_("what"), max_length=30)
    actor = models.ForeignKey(
        User, verbose_name=_("who"), on_delete=models.PROTECT, related_name="transitions"
    )
    at = models.DateTimeField(_("when"))
    # Stages of the article, or states of its release for the verbs that concern a release.
    from_stage = models.CharField(_("from"), max_length=20, blank=True)
    to_stage = models.CharField(_("to"), max_length=20)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    reason_code = models.CharField(_("reason code"), max_length=20, choices=RefusalCode.choices, blank=True)
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="transitions"
    )

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        indexes = [
            # The history beside an article.
            models.Index(fields=["article", "at", "id"], name="transition_history"),
            # What somebody did lately, on the start page.
            models.Index(fields=["actor", "-at"], name="transition_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_stage} → {self.to_stage}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.article.number, self.at.isoformat(), self.verb)

    natural_key.dependencies = ["bulletins.revision", "bulletins.release", "accounts.user"]  # type: ignore[attr-defined]
