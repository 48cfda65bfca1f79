"""Newspaper pages in the desk: released articles, placed on a grid as they stood on paper."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.models import Article, Page, Placement, Release
from bulletins.models.page import COLUMNS, ROWS
from units.desk import KeptAdmin, PlainChoices


def released_articles() -> QuerySet[Article]:
    """Articles that readers can read now, the newest first."""
    visible = Release.objects.visible(at=timezone.now())
    return (
        Article.objects.filter(pk__in=visible.values("article"))
        .prefetch_related(Prefetch("releases", queryset=visible, to_attr="public_releases"))
        .order_by("-pk")
    )


def public_name(article: Any) -> str:
    """Number and headline as readers know it, never that of a draft beside it."""
    releases = getattr(article, "public_releases", None)
    if releases is None:
        releases = list(article.releases.visible(at=timezone.now()))
    return f"{article.number} {releases[0].title}" if releases else article.number


@admin.register(Article)
class ArticleNames(KeptAdmin):
    """No screen: it only answers which released articles can be placed on a page."""

    search_fields = ["number"]

    def get_urls(self) -> list[URLPattern]:
        return []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return released_articles()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """By the number, or by what readers see as kicker and headline."""
        found = Release.objects.visible(at=timezone.now())
        for word in search_term.split():
            found = found.filter(
                Q(number__icontains=word)
                | Q(content__headline__0__icontains=word)
                | Q(content__headline__1__icontains=word)
                | Q(content__kicker__icontains=word)
            )
        return queryset.filter(pk__in=found.values("article")), False

    def lookup_label(self, obj: Model) -> str:
        return public_name(obj)


class ArticleChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return public_name(obj)


class PageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Page
        fields = ["publication", "date", "date_is_approximate", "number", "title", "note", "is_public"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        page = self.instance
        was_public = page.pk and (
            self.initial.get("is_public") or page.history.filter(is_public=True).exists()
        )
        for name in ("date", "number"):
            if was_public and name in self.changed_data:
                self.add_error(name, _("Readers know the page by its date and number already; they stay."))
        date, number = given.get("date"), given.get("number")
        if date and number and Page.objects.filter(date=date, number=number).exclude(pk=page.pk).exists():
            self.add_error("number", _("There is a page with this date and number already."))
        return given


class PlacementForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Placement
        fields = ["article", "position", "column", "row", "width", "height", "weight", "text_columns"]
        field_classes = {"article": ArticleChoice}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        column, width = given.get("column"), given.get("width")
        row, height = given.get("row"), given.get("height")
        if column and width and column + width - 1 > COLUMNS:
            self.add_error(
                "width",
                _("It hangs over the right edge: from column %(column)s at most %(most)s columns are left.")
                % {"column": column, "most": max(COLUMNS + 1 - column, 0)},
            )
        if row and height and row + height - 1 > ROWS:
            self.add_error(
                "height", _("It hangs over the lower edge: there are %(rows)s rows.") % {"rows": ROWS}
            )
        article = given.get("article")
        is_new = article and (self.instance.pk is None or "article" in self.changed_data)
        if article and is_new and not released_articles().filter(pk=article.pk).exists():
            self.add_error("article", _("Only what readers can read already can be placed on a page."))
        return given


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def crosses(start: str, length: str) -> bool:
        return one[start] < other[start] + other[length] and other[start] < one[start] + one[length]

    return crosses("column", "width") and crosses("row", "height")


class PlacementFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """All articles of a page: each once, and none on top of another."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        placed = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("article") and not form.cleaned_data.get("DELETE")
        ]
        problems = []
        for one, other in combinations(placed, 2):
            names = {"one": public_name(one["article"]), "other": public_name(other["article"])}
            if one["article"] == other["article"]:
                problems.append(_("“%(one)s” stands here twice.") % names)
            elif _overlap(one, other):
                problems.append(_("“%(one)s” and “%(other)s” lie on top of each other.") % names)
        if problems:
            raise ValidationError(problems)


class PlacementInline(PlainChoices, admin.StackedInline):  # type: ignore[type-arg]
    model = Placement
    form = PlacementForm
    formset = PlacementFormSet
    extra = 0
    autocomplete_fields = ["article"]
    fields = ["article", ("position", "column", "width", "row", "height", "weight", "text_columns")]
    classes = ["placements"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("article", "page")


@admin.register(Page)
class PageAdmin(KeptAdmin):
    form = PageForm
    inlines = [PlacementInline]
    list_display = ["__str__", "publication", "date", "number", "hidden_sign"]
    list_filter = ["is_public"]
    search_fields = ["title", "publication"]
    search_help_text = gettext_lazy("Title or newspaper")
    fieldsets = [
        (None, {"fields": ["publication", ("date", "date_is_approximate"), "number", "title", "note"]}),
        (gettext_lazy("On the public site"), {"fields": ["is_public"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        """What readers can open is not deleted from under them: it is taken from their view first."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What happened to the placements is noted in the history of the page, which has no other trace of it."""
        super().save_related(request, form, formsets, change)
        added, changed, removed = (
            sum(len(getattr(formset, name)) for formset in formsets)
            for name in ("new_objects", "changed_objects", "deleted_objects")
        )
        if change and added + changed + removed:
            numbers = {"added": added, "changed": changed, "removed": removed}
            note = _(
                "Articles on the page: %(added)s added, %(changed)s moved or changed, %(removed)s taken off."
            )
            form.instance._change_reason = note % numbers
            form.instance.save()
