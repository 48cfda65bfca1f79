"""Photos of an article, kept under the hash of their bytes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bulletins.models.article import Article
from bulletins.models.renditions import STEPS, Focus


class PhotoManager(models.Manager["Photo"]):
    def get_by_natural_key(self, number: str, position: int) -> Photo:
        return self.get(article__number=number, position=position)


class Photo(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveIntegerField(_("order"), default=1)
    # Both files are written by `bulletins.models.pictures`: re-encoded, upright, without metadata,
    # named by the hash of their bytes. `file` has every pixel, `web` is what pages show.
    file = models.FileField(_("picture"), max_length=150, blank=True)
    web = models.FileField(max_length=150, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    # What `bulletins.models.pictures` noted of the file that was sent: how the picture looks, in 16 hexadecimal digits,
    # and whether it said where it was taken (which was removed).
    fingerprint = models.CharField(max_length=16, blank=True, editable=False)
    had_place = models.BooleanField(default=False, editable=False)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    alt = models.CharField(
        _("description for those who cannot see it"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows."),
    )
    credit = models.CharField(_("taken by"), max_length=60, blank=True)
    # What stays in sight where the picture is cut, in percent of its width and height; not said: its middle.
    focus_x = models.PositiveSmallIntegerField(_("across, in percent"), null=True, blank=True)
    focus_y = models.PositiveSmallIntegerField(_("down, in percent"), null=True, blank=True)
    is_missing = models.BooleanField(
        _("the picture itself is missing"),
        default=False,
        help_text=_("Readers see an empty frame that says so; for stories taken over from print."),
    )

    objects = PhotoManager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            # A photo has a file, or says that it is missing; never both, never neither.
            models.CheckConstraint(
                condition=Q(is_missing=True, sha256="") | (Q(is_missing=False) & ~Q(sha256="")),
                name="photo_has_a_file_unless_missing",
                violation_error_message=_("Choose a picture."),
            ),
            # Both or neither (what is unknown would pass a check, so it is asked for), and no point but the known ones.
            models.CheckConstraint(
                condition=Q(focus_x=None, focus_y=None)
                | Q(focus_x__isnull=False, focus_x__in=STEPS, focus_y__isnull=False, focus_y__in=STEPS),
                name="photo_is_cut_around_a_known_point",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or str(_("photo"))

    @property
    def focus(self) -> Focus | None:
        return None if self.focus_x is None or self.focus_y is None else (self.focus_x, self.focus_y)

    def natural_key(self) -> tuple[Any, ...]:
        return (self.article.number, self.position)

    natural_key.dependencies = ["bulletins.article"]  # type: ignore[attr-defined]
