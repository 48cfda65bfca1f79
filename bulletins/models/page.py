"""Newspaper pages: articles placed on a grid as they stood on paper."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bulletins.models.article import Article

COLUMNS = 12
ROWS = 60


class PageManager(models.Manager["Page"]):
    def get_by_natural_key(self, date: Date, number: int) -> Page:
        return self.get(date=date, number=number)


class Page(models.Model):
    publication = models.CharField(_("newspaper"), max_length=60, blank=True)
    date = models.DateField(_("date"))
    date_is_approximate = models.BooleanField(_("the date is approximate"), default=False)
    number = models.PositiveSmallIntegerField(_("page number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title of the page"), max_length=60, blank=True)
    note = models.CharField(_("note for readers"), max_length=300, blank=True)
    is_public = models.BooleanField(_("readers see it"), default=False)

    objects = PageManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-date", "number"]
        verbose_name = _("newspaper page")
        verbose_name_plural = _("newspaper pages")
        constraints = [
            # Its address is made of these two.
            models.UniqueConstraint(fields=["date", "number"], name="page_number_is_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.title or self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (str(self.date), self.number)


class PlacementManager(models.Manager["Placement"]):
    def get_by_natural_key(self, date: str, page: int, article: str) -> Placement:
        return self.get(page__date=date, page__number=page, article__number=article)


class Placement(models.Model):
    """An article on a page: which cells of the grid it takes (counted from 1) and how heavy its headline is."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="placements")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="placements"
    )
    position = models.PositiveSmallIntegerField(_("order of reading"), default=1)
    column = models.PositiveSmallIntegerField(_("column"), default=1, validators=[MinValueValidator(1)])
    row = models.PositiveSmallIntegerField(
        _("row"), default=1, validators=[MinValueValidator(1), MaxValueValidator(ROWS)]
    )
    width = models.PositiveSmallIntegerField(
        _("columns wide"), default=COLUMNS, validators=[MinValueValidator(1)]
    )
    height = models.PositiveSmallIntegerField(_("rows high"), default=1, validators=[MinValueValidator(1)])
    weight = models.PositiveSmallIntegerField(
        _("weight of the headline"), default=2, choices=[(1, _("light")), (2, _("middle")), (3, _("heavy"))]
    )
    text_columns = models.PositiveSmallIntegerField(
        _("columns of text"), default=1, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )

    objects = PlacementManager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("placed article")
        verbose_name_plural = _("placed articles")
        constraints = [
            # An article stands once on a page.
            models.UniqueConstraint(fields=["page", "article"], name="article_stands_once_on_a_page"),
            # Nothing hangs over the right edge of the grid.
            models.CheckConstraint(
                condition=Q(column__gte=1, width__gte=1, column__lte=COLUMNS + 1 - F("width")),
                name="placement_fits_the_grid",
                violation_error_message=_("It hangs over the right edge: there are 12 columns."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.column}/{self.row}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.page.natural_key(), self.article.number)

    natural_key.dependencies = ["bulletins.page", "bulletins.article"]  # type: ignore[attr-defined]
