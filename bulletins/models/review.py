"""Reviews: one person's decision at one step on one revision."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import REVIEW_STEPS, Article, Stage
from bulletins.models.revision import Revision


class Decision(models.TextChoices):
    PASSED = "passed", _("passed")
    PASSED_WITH_EDITS = "passed_with_edits", _("passed with edits")
    RETURNED = "returned", _("returned")
    REFUSED = "refused", _("refused")


PASSES = (Decision.PASSED, Decision.PASSED_WITH_EDITS)


class RefusalCode(models.TextChoices):
    DUPLICATE = "duplicate", _("submitted or published already")
    NOT_NEWS = "not_news", _("of no news value")
    OUT_OF_DATE = "out_of_date", _("out of date")
    CONFIDENTIAL = "confidential", _("must stay confidential")
    FACTS = "facts", _("facts could not be confirmed")
    QUALITY = "quality", _("writing below what can be mended")
    OTHER = "other", _("another reason")


class ReviewQuerySet(AppendOnlyQuerySet):
    def passes(self) -> ReviewQuerySet:
        return self.filter(decision__in=PASSES)

    def knowing_what_is_void(self) -> ReviewQuerySet:
        """So that none is asked singly whether it is void."""
        later = Revision.objects.filter(article=OuterRef("article"), cycle=OuterRef("cycle"))
        return self.annotate(_was_changed_since=Exists(later.filter(number__gt=OuterRef("revision__number"))))

    def get_by_natural_key(self, article_number: str, round: int, step: str) -> Review:
        return self.get(article__number=article_number, round=round, step=step, decision__in=PASSES)


class Review(AppendOnly):
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reviews")
    # The hash that was judged, in the row itself, so that an approval sheet needs nothing else.
    content_hash = models.CharField(max_length=64)
    step = models.CharField(_("step"), max_length=20, choices=[(s.value, s.label) for s in REVIEW_STEPS])
    cycle = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    reviewer = models.ForeignKey(
        User, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="reviews"
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    reason_code = models.CharField(_("reason code"), max_length=20, choices=RefusalCode.choices, blank=True)
    at = models.DateTimeField(_("at"))

    # Where it was asked of all at once.
    _was_changed_since: bool | None = None

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            # Sent back or not adopted: the author is told why.
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(reason=""), name="review_returns_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REFUSED) | ~Q(reason_code=""),
                name="review_refuses_with_a_code",
            ),
        ]
        indexes = [
            # Who did which step of an article in this cycle: asked before every decision.
            models.Index(fields=["article", "cycle", "step"], name="review_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.get_decision_display()}"

    def natural_key(self) -> tuple[str, int, str]:
        return (self.article.number, self.round, self.step)

    natural_key.dependencies = ["bulletins.revision", "accounts.user"]  # type: ignore[attr-defined]

    @property
    def is_void(self) -> bool:
        """A final review that passed holds for the text it judged; when that was changed later, it is void.

        Changes after the article was released and revised are another matter: they get a final review of their own.
        """
        if self.step != Stage.FINAL_REVIEW or self.decision not in PASSES:
            return False
        if self._was_changed_since is not None:
            return self._was_changed_since
        later = Revision.objects.filter(article=self.article_id, cycle=self.cycle)
        return later.filter(number__gt=self.revision.number).exists()
