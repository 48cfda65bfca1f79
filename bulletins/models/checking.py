"""What checks before publication said and what was decided about it; and what they look things up in."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly
from bulletins.models.article import Article, Stage
from bulletins.models.release import ReleasePhoto
from bulletins.models.revision import Revision
from bulletins.models.transition import Transition
from units.models import Unit


class NotedFinding(AppendOnly):
    """A finding that stood when a step was taken. Where it stood is said, what stood there is in the version."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="findings")
    # Of the transition and its article, so that figures are read from one table.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=30)
    at = models.DateTimeField()
    # As in `bulletins.readiness.finding.Finding`.
    check_name = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    passage = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    suggestion = models.CharField(max_length=200, blank=True)
    context = models.JSONField(default=dict)
    # By which it is known again in another version (`bulletins.readiness.marks`).
    mark = models.CharField(max_length=64)
    was_overridden = models.BooleanField(default=False)

    class Meta:
        ordering = ["transition", "pk"]
        verbose_name = _("noted finding")
        verbose_name_plural = _("noted findings")
        indexes = [
            # Figures: what units hand in, by period.
            models.Index(fields=["verb", "unit", "at"], name="noted_finding_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.key}"


class Override(AppendOnly):
    """One person's word that one finding may stay, and why. It holds as long as the text around it stays as it is."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="overrides")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    transition = models.OneToOneField(Transition, on_delete=models.PROTECT, related_name="override")
    step = models.CharField(_("step"), max_length=20, choices=Stage.choices)
    check_name = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    passage = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_has_a_reason"),
        ]
        indexes = [
            # Which of an article's findings were overridden: asked whenever it is checked.
            models.Index(fields=["article", "mark"], name="override_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article.number}: {self.key}"


class TextBand(models.Model):
    """A piece of the sketch of a story that was handed in: stories that share some are compared in full."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField()

    objects: models.Manager[TextBand] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "value"], name="text_band_is_once_in_an_article"),
        ]
        indexes = [
            # Which stories share a band: one range each.
            models.Index(fields=["value", "article"], name="text_band_lookup"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class PictureBand(models.Model):
    """A piece of the fingerprint of a released picture: pictures that share some are compared in full."""

    photo = models.ForeignKey(ReleasePhoto, on_delete=models.CASCADE, related_name="bands")
    value = models.PositiveIntegerField()

    objects: models.Manager[PictureBand] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "value"], name="picture_band_is_once_in_a_picture"),
        ]
        indexes = [
            models.Index(fields=["value", "photo"], name="picture_band_lookup"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class LinkAnswer(models.Model):
    """How an address answered when it was last asked. Checks read this; they never ask themselves."""

    address = models.CharField(max_length=500, unique=True)
    answered = models.BooleanField()
    # The status of HTTP, or 0 and in `fault` why there was none.
    status = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address
