"""Screens for what an administrator keeps: readable by who may read, changeable by who may change, with a history."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units import history, telling
from units.addresses import FormerSlug

LONGEST_LIST = 2000
NO_ADDRESS = gettext_lazy("An address has letters, digits, hyphens and underscores only.")


class ShortPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than a list is read: nobody turns to page forty, one searches."""

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        rows: Any = self.object_list
        if isinstance(rows, models.QuerySet):
            return len(rows.order_by().values_list("pk", flat=True)[:LONGEST_LIST])
        return len(rows)


class LinesField(forms.Field):
    """A list of names, one a line. The space around a name and a second copy of it go."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 100, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 3})} | kwargs)

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else (value or "")

    def to_python(self, value: Any) -> list[str]:
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if any(len(line) > self.longest for line in value):
            raise ValidationError(
                _("Every line has at most %(limit)s characters.") % {"limit": self.longest}, code="too_long"
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PlainChoices:
    """No buttons beside a choice that open another window, and the device's own calendar: both for the phone."""

    formfield_overrides = {models.DateField: {"widget": DayInput}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class KeptAdmin(PlainChoices, admin.ModelAdmin):  # type: ignore[type-arg]
    """Read-only unless `accounts.roles.permits` says otherwise; nothing is deleted by the dozen."""

    actions = None
    list_per_page = 100
    show_full_result_count = False
    paginator = ShortPaginator
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    change_list_template = "desk/kept_list.html"
    change_form_template = "desk/kept_form.html"
    # Said in the history of a save that changed nothing that is recorded.
    unrecorded_change: Any = ""

    def has_lookup_permission(self, request: HttpRequest) -> bool:
        """Whether its names may be looked up while somebody fills in another form."""
        return request.user.has_perm(f"{self.opts.app_label}.lookup_{self.opts.model_name}")  # type: ignore[union-attr]

    def lookup_label(self, obj: models.Model) -> str:
        return str(obj)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if any("\0" in value for value in request.GET.values()):
            raise Http404  # no name holds it, and PostgreSQL would not even be asked
        context = {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {})
        return super().changelist_view(request, context)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The thing itself is the heading, not what is done to it."""
        obj = context.get("original")
        context |= {
            "title": str(obj) if obj else _("New %(name)s") % {"name": self.opts.verbose_name},
            "subtitle": None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("for readers"), ordering="is_public")
    def hidden_sign(self, obj: Any) -> SafeString | str:
        """A word where readers do not see it, nothing where they do."""
        return "" if obj.is_public else format_html('<span class="is-hidden">{}</span>', _("not public"))

    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """What one form writes is one transaction, and told at its end."""
        with telling.together():
            return super().changeform_view(*args, **kwargs)

    def delete_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        with telling.together():
            return super().delete_view(*args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What was not changed is not saved, so that the history tells of changes only."""
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)

    # --- History -------------------------------------------------------------------------------------------------

    def record_of(self, request: HttpRequest, object_id: str) -> Any:
        """The object, or what it last was if it is gone."""
        if obj := self.get_object(request, unquote(object_id)):
            return obj
        gone = self.model.history.filter(id=unquote(object_id)) if unquote(object_id).isdecimal() else None
        last = gone.order_by("history_id").last() if gone is not None else None
        if last is None:
            raise Http404
        return last.instance

    def history_entries(self, obj: Any, *, before: Any) -> list[history.Entry]:
        return history.read(
            self.model.history.filter(id=obj.pk),
            before=before,
            subject=lambda record: "",
            labels=getattr(
                getattr(self.form, "_meta", None), "labels", None
            ),  # the stock form has no words of its own
            unrecorded=self.unrecorded_change,
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not hasattr(self.model, "history"):
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self.record_of(request, object_id)
        before = history.moment(request.GET.get("before", ""))
        entries, older = history.one_page(self.history_entries(obj, before=before))
        context = self.admin_site.each_context(request) | {
            "title": _("History: %(name)s") % {"name": obj},
            "opts": self.opts,
            "object": obj,
            "entries": entries,
            "older": older,
        }
        return TemplateResponse(request, "desk/history.html", context | (extra_context or {}))


class AddressedAdmin(KeptAdmin):
    """For things with a public page: a changed address goes on leading to them."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            FormerSlug.remember(obj, form.initial["slug"])


class AddressedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Adds what a person who chooses an address has to know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("slug"):
            field.help_text = gettext_lazy(
                "The last part of its public address: letters, digits and hyphens. Choose it yourself, short and lasting; "
                "when it is changed, the old one redirects."
            )
            field.error_messages |= {
                "unique": gettext_lazy("Something else has this address; choose another."),
                "invalid": NO_ADDRESS,
            }
