"""Newspaper pages in the desk: released articles, placed on a grid as they stood on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.desk import preview
from bulletins.desk.page_form import (
    OVERLAP,
    PageForm,
    PlacementForm,
    PlacementFormSet,
    public_name,
    released_articles,
)
from bulletins.models import Article, Page, Placement, Release
from bulletins.models.page import COLUMNS, ROWS
from units.desk import KeptAdmin, PlainChoices

# What the board says while articles are moved about.
BOARD_WORDS = {
    "overlap": OVERLAP,
    "edge": gettext_lazy("“%(one)s” is at the edge of the page and goes no further."),
    "place": gettext_lazy(
        "“%(one)s”: from column %(column)s, %(width)s wide; from row %(row)s, %(height)s high."
    ),
    "off": gettext_lazy("“%(one)s” was taken off the page."),
    "on": gettext_lazy("“%(one)s” stands on the page now."),
    "already": gettext_lazy("On the page already"),
    "nothing": gettext_lazy("Nothing was found."),
    "no preview": gettext_lazy("The preview cannot be shown just now."),
}


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
    change_form_template = "desk/page_form.html"
    fieldsets = [
        (None, {"fields": ["publication", ("date", "date_is_approximate"), "number", "title", "note"]}),
        (gettext_lazy("On the public site"), {"fields": ["is_public"]}),
    ]
    # Only in a form that can be sent.
    for_changing = (
        gettext_lazy("Articles by their numbers"),
        {"fields": ["added", "seen"], "classes": ["by-number"]},
    )

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*super().get_fieldsets(request, obj), *([self.for_changing] if may_change else [])]

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(self.preview_view), name=name)

        return [
            at("preview/", "page_preview_new"),
            at("<int:pk>/preview/", "page_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """As readers will see it: as it is kept, or as it stands in a form that was not saved yet."""
        page = self.get_object(request, str(pk)) if pk else None
        if not (self.has_change_permission(request) or self.has_view_permission(request)):
            raise PermissionDenied
        return preview.show(request, page)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Whoever saves second waits here for the first, and is told then by the form."""
        if request.method == "POST" and object_id and object_id.isdecimal():
            list(Page.objects.select_for_update().filter(pk=object_id))
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = context.get("original")
        context["board"] = {
            "columns": COLUMNS,
            "rows": ROWS,
            "stories": reverse("admin:autocomplete"),
            "preview": reverse("admin:page_preview", args=[page.pk])
            if page
            else reverse("admin:page_preview_new"),
            "words": {name: str(said) for name, said in BOARD_WORDS.items()},
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        """What readers can open is not deleted from under them: it is taken from their view first."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What is added to a page is no change of the page itself: it is noted with the placements."""
        if not change or form.changed_data != ["added"]:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What happened to the placements is noted in the history of the page, which has no other trace of it."""
        super().save_related(request, form, formsets, change)
        added, changed, removed = (
            sum(len(getattr(formset, name)) for formset in formsets)
            for name in ("new_objects", "changed_objects", "deleted_objects")
        )
        below = form.added_below(form.instance.placements.all())
        for placement in below:
            placement.page = form.instance
            placement.save()
        added += len(below)
        if change and added + changed + removed:
            numbers = {"added": added, "changed": changed, "removed": removed}
            note = _(
                "Articles on the page: %(added)s added, %(changed)s moved or changed, %(removed)s taken off."
            )
            form.instance._change_reason = note % numbers
            form.instance.save()
