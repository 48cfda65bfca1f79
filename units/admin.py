"""The tree of units in the desk."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.desk import AddressedAdmin, AddressedForm, LinesField
from units.models import Unit, moved, renamed

INDENT = "\u3000"
NAMES = frozenset({"name", "short_name", "aliases"})


def normal_code(text: str) -> str:
    """A unit code as it is meant: without blanks, half-width, in capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


class TreeChoices(forms.ModelChoiceField):
    """Units in the order of the tree, each set in below the one it belongs to."""

    def label_from_instance(self, obj: Unit) -> str:
        return INDENT * getattr(obj, "tree_depth", 0) + obj.name


class UnitForm(AddressedForm):
    parent = TreeChoices(
        label=gettext_lazy("belongs to"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("nothing: it stands at the top"),
    )
    aliases = LinesField(
        label=gettext_lazy("other names"),
        required=False,
        help_text=gettext_lazy("Names it is also called by, one a line."),
    )
    # Longer than a code, so that one typed with blanks is understood.
    code = forms.CharField(
        label=gettext_lazy("unit code"),
        required=False,
        max_length=40,
        empty_value=None,
        help_text=gettext_lazy("12 characters by GA 380-2002; leave empty if it has none."),
        error_messages={"unique": gettext_lazy("Another unit has this code.")},
    )

    class Meta:
        model = Unit
        fields = [
            "name", "short_name", "slug", "parent", "kind", "position", "code", "aliases", "opened_on", "closed_on",
            "address", "phone",
        ]  # fmt: skip
        error_messages = {"name": {"unique": gettext_lazy("Another unit has this name.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("parent"):
            # Offered are those it can stand below. What is sent all the same, `Unit.clean` refuses with a sentence.
            field.queryset = Unit.objects.with_tree_fields()  # type: ignore[attr-defined]
            unit = self.instance.pk
            field.widget.choices = [
                (value, label)
                for value, label in field.choices  # type: ignore[attr-defined]
                if not (unit and value and unit in value.instance.tree_path)
            ]

    def clean_code(self) -> str | None:
        return normal_code(self.cleaned_data["code"] or "") or None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opened, closed = given.get("opened_on"), given.get("closed_on")
        if opened and closed and closed <= opened:
            self.add_error("closed_on", _("A unit cannot close before it opened."))
        return given


class TreeOrder(ChangeList):
    """In the order of the tree, unless a column was clicked."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        if self.params.get(ORDER_VAR):
            return list(super().get_ordering(request, queryset))
        return ["tree_ordering"]


@admin.register(Unit)
class UnitAdmin(AddressedAdmin):
    form = UnitForm
    list_display = ["in_tree", "kind", "code", "position", "existence"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name", "code"]
    search_help_text = gettext_lazy("Full or short name, another name, or code")
    list_per_page = 500
    fieldsets = [
        (None, {"fields": ["name", "short_name", "aliases", "slug"]}),
        (gettext_lazy("Its place"), {"fields": ["parent", "position", "kind", "code"]}),
        (gettext_lazy("What readers see of it"), {"fields": ["address", "phone"]}),
        (
            gettext_lazy("Since when and until when"),
            {
                "fields": [("opened_on", "closed_on")],
                "description": gettext_lazy(
                    "A unit is never deleted, since stories name it. Once closed, it keeps its page."
                ),
            },
        ),
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeOrder

    def get_queryset(self, request: HttpRequest) -> QuerySet[Unit]:
        return super().get_queryset(request).with_tree_fields()  # type: ignore[attr-defined, no-any-return]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Unit], search_term: str
    ) -> tuple[QuerySet[Unit], bool]:
        """Other names are looked through here: databases differ in how they keep Chinese in a list."""
        found, may_repeat = super().get_search_results(request, Unit.objects.all(), search_term)
        if not (asked := search_term.strip().casefold()):
            return queryset, False
        code = normal_code(asked)
        also = [
            unit.pk
            for unit in Unit.objects.only("aliases", "code")
            if (unit.code and code in unit.code) or any(asked in alias.casefold() for alias in unit.aliases)
        ]
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=also)), may_repeat

    @admin.display(description=gettext_lazy("unit"))
    def in_tree(self, unit: Unit) -> SafeString:
        return format_html('<span class="tree-{}">{}</span>', min(unit.tree_depth, 6), unit.name)

    @admin.display(description=gettext_lazy("exists"))
    def existence(self, unit: Unit) -> SafeString | str:
        if unit.is_active(on=timezone.localdate()):
            return ""
        return format_html('<span class="closed">{}</span>', _("closed") if unit.closed_on else _("not yet"))

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "parent" in form.changed_data:
            moved.send(sender=Unit, unit=obj)
        if change and NAMES.intersection(form.changed_data):
            renamed.send(sender=Unit, unit=obj)
