"""Who has an article before them, and which version of it they saw: one row a person and article."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.article import Article

# Pages say every 15 seconds that they are open. One that was silent for so long is closed, asleep or off the network.
SILENT_AFTER = timedelta(seconds=50)
# What is told more often than this, and says nothing new, is not written down: one write a person and 20 seconds at most.
WRITTEN_EVERY = timedelta(seconds=20)


class LookQuerySet(models.QuerySet["Look"]):
    def here(self, article: Article, *, at: datetime) -> LookQuerySet:
        """Those who have the article open now, writers first."""
        open_now = self.filter(article=article, is_open=True, seen_at__gt=at - SILENT_AFTER)
        return open_now.select_related("user").order_by("-is_writing", "user__name", "pk")

    def note(self, article: Article, user: User, *, revision: int, is_writing: bool, at: datetime) -> None:
        """The person has this version open. An older one in another tab takes nothing back."""
        look, is_new = self.get_or_create(
            article=article,
            user=user,
            defaults={"seen_at": at, "is_writing": is_writing, "revision_number": revision},
        )
        if is_new:
            return
        is_known = look.is_open and look.is_writing == is_writing and look.revision_number >= revision
        if is_known and look.seen_at > at - WRITTEN_EVERY:
            return
        if revision > look.revision_number:
            look.revision_before, look.revision_number = look.revision_number, revision
        look.seen_at, look.is_open, look.is_writing = at, True, is_writing
        look.save()


class Look(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("at"))
    is_open = models.BooleanField(default=True)
    is_writing = models.BooleanField(default=False)
    # The newest version that the person had open, and the one before that.
    revision_number = models.PositiveIntegerField()
    revision_before = models.PositiveIntegerField(null=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at an article")
        verbose_name_plural = _("looks at articles")
        constraints = [
            # Serves asking who has an article open, too.
            models.UniqueConstraint(fields=["article", "user"], name="look_is_one_a_person_and_article"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.article.number} v{self.revision_number}"
