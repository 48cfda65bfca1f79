"""The office's table of terms in the desk: the list, the form, and a sentence to try it on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import roles
from bulletins.desk import term_lists
from bulletins.models import TermEntry
from bulletins.readiness import office_terms
from bulletins.readiness.subject import Passage
from bulletins.readiness.term_files import shipped
from bulletins.readiness.term_import import too_crowded
from bulletins.readiness.term_lines import BrokenLine, term_of
from bulletins.readiness.term_nesting import Nesting
from bulletins.readiness.terms import Hit, Term, TooManyPlaces, plain
from bulletins.records.entering import list_was_taken_in
from units.desk import KeptAdmin

LONGEST_TRY = 500


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """Holds a term to the very rules by which a line of a list is taken or left out."""

    class Meta:
        model = TermEntry
        fields = ["match", "suggestion", "severity", "exceptions", "note", "valid_from", "valid_to"]
        widgets = {
            "exceptions": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "match": gettext_lazy("What is looked for, wherever it stands."),
            "suggestion": gettext_lazy(
                "If only one thing can be meant. Left empty, it is put as a question."
            ),
            "note": gettext_lazy("Read by whoever wrote the term, so that they know why."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        days = {
            column: given[column].isoformat() if given[column] else ""
            for column in ("valid_from", "valid_to")
        }
        try:
            term = term_of(given | days)
        except BrokenLine as broken:
            self.add_error(broken.column, str(broken.reason))
            return given
        if crowded := self._crowded_by(term):
            self.add_error("match", str(too_crowded(crowded)))
        return given | office_terms.columns_of(term)

    def _crowded_by(self, term: Term) -> Term | None:
        """The term that would have too many others in it, with this one as it is now."""
        table = (other for key, other in office_terms.lines() if key != self.instance.pk)
        for crowded, held in Nesting([*table, term]).crowded().items():
            if crowded is term or plain(term.match) in held:
                return crowded
        return None


@admin.register(TermEntry)
class TermAdmin(KeptAdmin):
    form = TermForm
    change_list_template = "desk/terms_list.html"
    list_display = ["match", "suggestion", "how_bad", "period", "why"]
    list_filter = ["severity"]
    search_fields = ["match", "suggestion", "note"]
    search_help_text = gettext_lazy("Term, suggestion or reason")
    fieldsets = [
        (None, {"fields": ["match", "suggestion", "severity", "exceptions", "note"]}),
        (
            gettext_lazy("From when until when"),
            {
                "fields": [("valid_from", "valid_to")],
                "description": gettext_lazy("Both days included. Without dates it always holds."),
            },
        ),
    ]

    @admin.display(description=gettext_lazy("severity"), ordering="severity")
    def how_bad(self, entry: TermEntry) -> SafeString:
        return format_html(
            '<span class="severity severity-{}">{}</span>', entry.severity, entry.get_severity_display()
        )

    @admin.display(description=gettext_lazy("from – until"), ordering="valid_from")
    def period(self, entry: TermEntry) -> str:
        days = [str(day) if day else "" for day in (entry.valid_from, entry.valid_to)]
        return " – ".join(days) if any(days) else ""

    @admin.display(description=gettext_lazy("why"))
    def why(self, entry: TermEntry) -> SafeString:
        return format_html('<span class="term-note">{}</span>', entry.note)

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"terms_{name}")

        return [
            at("try/", self.try_view, "try"),
            at("shipped/", self.add_shipped, "shipped"),
            at("import/", self.import_view, "import"),
            at("import/look/", self.look_view, "look"),
            at("import/look/left-out.csv", self.left_out_view, "left_out"),
            at("terms.<str:kind>", self.export_view, "export"),
            *super().get_urls(),
        ]

    def may_change_all(self, request: HttpRequest) -> bool:
        """What a list can do, it can do to every term."""
        return (
            self.has_add_permission(request)
            and self.has_change_permission(request)
            and self.has_delete_permission(request)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_change_all = self.may_change_all(request)
        missing = len(office_terms.missing(shipped())) if may_change_all else 0
        context = {"may_change_all": may_change_all, "missing": missing}
        return super().changelist_view(request, context | (extra_context or {}))

    def add_shipped(self, request: HttpRequest) -> HttpResponse:
        """The terms that come with the program and are not in the table."""
        if request.method != "POST" or not self.may_change_all(request):
            raise PermissionDenied
        reason = _("Came with the program.")
        with transaction.atomic():
            added = office_terms.add_missing(shipped(), by=request.user, reason=reason)  # type: ignore[arg-type]
            if added:
                list_was_taken_in(TermEntry, by=request.user, name=reason, added=added)  # type: ignore[arg-type]
        messages.success(
            request,
            ngettext("%(added)s term was added.", "%(added)s terms were added.", added) % {"added": added},
        )
        return redirect("admin:bulletins_termentry_changelist")

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """What the table says of a sentence today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.GET.get("text", "")[:LONGEST_TRY]
        hits, is_whole = _hits(text)
        context = self._context(request, _("Try a sentence")) | {
            "text": text,
            "longest": LONGEST_TRY,
            "hits": [(text[hit.start : hit.end], hit.term) for hit in hits],
            "is_whole": is_whole,
        }
        return TemplateResponse(request, "desk/terms_try.html", context)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_change_all(request):
            raise PermissionDenied
        return term_lists.choose(request, self._context(request, _("Import a list of terms")))

    def look_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_change_all(request):
            raise PermissionDenied
        return term_lists.look(request, self._context(request, _("Import a list of terms")))

    def left_out_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_change_all(request):
            raise PermissionDenied
        return term_lists.left_out(request)

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return term_lists.export(kind)

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"title": title, "opts": self.opts}


def _hits(text: str) -> tuple[list[Hit], bool]:
    """Those that are found, and whether they are all."""
    found: list[Hit] = []
    try:
        for hit in office_terms.terms().hits(Passage("text", text), roles.today()):
            found.append(hit)
    except TooManyPlaces:
        return found, False
    return found, True
