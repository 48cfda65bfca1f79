"""Remarks: what people of the newsroom say to each other about an article. Readers never see one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article
from bulletins.models.revision import Revision


class RemarkQuerySet(AppendOnlyQuerySet):
    def with_replies(self) -> RemarkQuerySet:
        """With all that a thread shows, the oldest first. Two queries, or one if there is none."""
        replies = RemarkReply.objects.select_related("by").order_by("at", "pk")
        return (
            self.select_related("by", "revision")
            .defer("revision__content")
            .prefetch_related(models.Prefetch("replies", replies))
            .order_by("at", "pk")
        )

    def waiting(self, article: Article) -> list[Remark]:
        """Those that must be answered before the article's next step and are not answered."""
        if (read := getattr(article, "_prefetched_objects_cache", {}).get("remarks")) is not None:
            return [one for one in read if one.waits]
        return self.waiting_of([article.pk]).get(article.pk, [])

    def waiting_of(self, articles: Iterable[int]) -> dict[int, list[Remark]]:
        """The same by the article's id, the oldest first. Two queries, however many articles."""
        asked = Q(must_be_answered=True) | Q(replies__deed=Deed.DEMAND)
        found: dict[int, list[Remark]] = {}
        for one in self.filter(asked, article__in=list(articles)).distinct().with_replies():
            if one.waits:
                found.setdefault(one.article_id, []).append(one)
        return found

    def open_of(self, articles: Iterable[int]) -> Counter[int]:
        """How many remarks are open, by the article's id. Two queries, however many articles."""
        found = self.filter(article__in=list(articles)).prefetch_related("replies")
        return Counter(one.article_id for one in found if one.is_open)


class Remark(AppendOnly):
    """The beginning of a thread: on a passage as it stood in one version, or (`field` empty) on the article as a whole.

    `quote` is the passage, `before` and `after` what stood around it, `start` where it began in that field's text: by
    these it is found again in another version (`bulletins.remarks.anchors`).
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, blank=True)
    quote = models.TextField(max_length=500, blank=True)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField(default=0)
    text = models.TextField(_("remark"), max_length=2000)
    must_be_answered = models.BooleanField(_("must be answered before the next step"), default=False)
    # Names as they stand in the text, of those who were told: [name].
    mentioned = models.JSONField(default=list)
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    # Of the form that it came with: the same form sent twice is one remark.
    ticket = models.CharField(max_length=40)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.UniqueConstraint(fields=["by", "ticket"], name="remark_is_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            # A passage is known by its words; the article as a whole has none.
            models.CheckConstraint(
                condition=Q(field="", quote="") | (~Q(field="") & ~Q(quote="")),
                name="remark_quotes_its_passage",
            ),
        ]
        indexes = [
            # The remarks of an article, the oldest first: asked at every step it takes.
            models.Index(fields=["article", "at", "id"], name="remark_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article.number}: {self.text[:30]}"

    @cached_property
    def standing(self) -> Standing:
        return Standing.of(self)

    @property
    def is_open(self) -> bool:
        return self.standing.is_open

    @property
    def waits(self) -> bool:
        """Whether the article may not go on before this is answered."""
        return self.standing.waits

    @property
    def is_demanding(self) -> bool:
        return self.standing.asked_by is not None


class Deed(models.TextChoices):
    ANSWER = "answer", _("answer")
    RESOLVE = "resolve", _("resolved")
    REOPEN = "reopen", _("opened again")
    DEMAND = "demand", _("asked for an answer before the next step")


class RemarkReply(AppendOnly):
    """What was answered to a remark, or done about it, with or without words."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="replies")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    text = models.TextField(_("answer"), max_length=2000, blank=True)
    mentioned = models.JSONField(default=list)
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    ticket = models.CharField(max_length=40)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("answer to a remark")
        verbose_name_plural = _("answers to remarks")
        constraints = [
            models.UniqueConstraint(fields=["by", "ticket"], name="remark_reply_is_sent_once"),
            models.CheckConstraint(
                condition=~Q(deed="answer") | ~Q(text=""), name="remark_answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.text[:30]}"


@dataclass
class Standing:
    """How a remark stands after all that was said. `asked_by`: id of whoever demands an answer last, None if nobody does."""

    is_open: bool
    asked_by: int | None
    is_answered: bool = False

    @classmethod
    def of(cls, remark: Remark) -> Standing:
        now = cls(True, remark.by_id if remark.must_be_answered else None)
        for reply in remark.replies.all():
            now.hear(reply)
        return now

    def hear(self, reply: RemarkReply) -> None:
        """An answer counts if it comes from somebody else than the one who asked; what is opened again is asked anew."""
        if reply.deed == Deed.RESOLVE:
            self.is_open = False
        elif reply.deed == Deed.REOPEN:
            self.is_open, self.is_answered = True, False
            self.asked_by = reply.by_id if self.asked_by else None
        elif reply.deed == Deed.DEMAND:
            self.asked_by, self.is_answered = reply.by_id, False
        elif reply.by_id != self.asked_by:
            self.is_answered = True

    @property
    def waits(self) -> bool:
        return self.is_open and self.asked_by is not None and not self.is_answered
