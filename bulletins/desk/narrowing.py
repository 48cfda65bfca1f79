"""What narrows the queue and the board. It stands in the address, and goes along from page to page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bulletins.arranging import ANSWERS
from bulletins.desk.forms import UnitChoiceField
from bulletins.models import Campaign, Kind
from units.models import Unit

AGES = (1, 3, 7, 30)


class NarrowingForm(forms.Form):
    """`narrowed()` is empty for a question that was not understood; the page says so."""

    unit = UnitChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Every unit"),
    )
    campaign = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"),
        queryset=Campaign.objects.all(),
        required=False,
        empty_label=gettext_lazy("Every campaign"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("Age"), required=False)
    hands = forms.ChoiceField(label=gettext_lazy("Handled by"), required=False)
    person = forms.CharField(
        label=gettext_lazy("Author or handler"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("Author or handler")}),
    )

    def __init__(
        self, *args: object, units: set[int], without: tuple[str, ...] = (), **kwargs: object
    ) -> None:
        """`units`: those that can be chosen; `without`: fields that the page has no use for."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = {
            "kind": [("", _("Every kind")), *Kind.choices],
            "stage": [("", _("Every stage")), *((stage.value, stage.label) for stage, *_rest in ANSWERS)],
            "age": [("", _("However old")), *((str(days), _older(days)) for days in AGES)],
            "hands": [
                ("", _("Whoever handles it")), ("mine", _("Handled by me")), ("nobody", _("Handled by nobody")),
                ("overdue", _("Overdue")),
            ],
        }  # fmt: skip
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).with_tree_fields()  # type: ignore[attr-defined]
        for name in without:
            del self.fields[name]
        for field in self.fields.values():  # what stands in each says to the eye what it is
            field.widget.attrs["aria-label"] = field.label

    def narrowed(self, *, user: User, at: datetime) -> Q:
        """Conditions on articles."""
        wanted = self.cleaned_data if self.is_valid() else {}
        found = Q()
        if unit := wanted.get("unit"):
            found &= Q(unit__in=list(unit.descendants(include_self=True).values_list("pk", flat=True)))
        if campaign := wanted.get("campaign"):
            found &= Q(campaigns=campaign)
        for name in ("kind", "stage"):
            if value := wanted.get(name):
                found &= Q(**{name: value})
        if age := wanted.get("age"):
            found &= Q(stage_since__lte=at - timedelta(days=int(age)))
        if person := wanted.get("person"):
            found &= Q(author__name__icontains=person) | Q(arrangement__handler__name__icontains=person)
        return found & _in_hands(wanted.get("hands", ""), user=user, at=at)

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


def _in_hands(hands: str, *, user: User, at: datetime) -> Q:
    return {
        "mine": Q(arrangement__handler=user),
        "nobody": Q(arrangement__handler=None),
        "overdue": Q(arrangement__due_at__lte=at),
    }.get(hands, Q())


def _older(days: int) -> str:
    return _("More than %(days)s days") % {"days": days} if days > 1 else _("More than a day")
