"""Preview links: one version of an article, shown to whoever has the address, for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article
from bulletins.models.revision import Revision


class PreviewLinkQuerySet(AppendOnlyQuerySet):
    def living(self, *, at: datetime) -> PreviewLinkQuerySet:
        """Not expired and not ended, by hand or by a withdrawal of the article since it was made."""
        return self.filter(until__gt=at, ending=None).exclude(
            revision__article__releases__withdrawn_at__gte=F("made_at")
        )

    def of(self, article: Article) -> PreviewLinkQuerySet:
        """With all that is said of a link, the newest first."""
        found = self.filter(revision__article=article).select_related("made_by", "revision")
        return found.defer("revision__content").order_by("-made_at", "-pk")


class PreviewLink(AppendOnly):
    """Who let which version be seen, from when until when. Of the token in its address only the hash is kept."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    # What the token is made from, with the secret key of the house; useless without that.
    seed = models.CharField(max_length=40)
    made_by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    until = models.DateTimeField(_("until"))

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="preview_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} → {self.until:%Y-%m-%d %H:%M}"


class PreviewEnding(AppendOnly):
    """That a link was ended before its time."""

    link = models.OneToOneField(PreviewLink, on_delete=models.PROTECT, related_name="ending")
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("end of a preview link")
        verbose_name_plural = _("ends of preview links")

    def __str__(self) -> str:
        return f"{self.link_id}: {self.at:%Y-%m-%d %H:%M}"
