"""What is asked of a person along with a verb. Whether it is enough, the workflow says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletins.models import RefusalCode


def _reason(label: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label or _("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(forms.Form):
    reason = _reason(_("What is to be mended"))


class RefuseForm(forms.Form):
    reason_code = forms.ChoiceField(
        label=_("Why it is not adopted"), required=False, choices=[("", "—"), *RefusalCode.choices]
    )
    reason = _reason(_("More about it (optional)"))


class ReleaseForm(forms.Form):
    public_from = forms.DateTimeField(
        label=_("Public from (Beijing time)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the date and time as 2021-12-31 08:30.")},
    )

    def clean_public_from(self) -> datetime | None:
        """Empty means now, but not for whoever pressed "schedule"."""
        wanted: datetime | None = self.cleaned_data["public_from"]
        if wanted is None and "schedule" in self.data:
            raise ValidationError(
                _("Say from when it is to be public; to release it now, press the button above."), code="when"
            )
        if wanted and wanted <= timezone.now():
            raise ValidationError(
                _("This time has passed already. Leave it empty to release it now."), code="past"
            )
        return wanted


class WithdrawForm(forms.Form):
    reason = _reason(_("Reason, for the desk"))
    notice = forms.CharField(
        label=_("Notice that readers will see (optional)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OverrideForm(forms.Form):
    # Whatever is sent: the workflow knows the marks of what stands.
    finding = forms.Field(widget=forms.HiddenInput, required=False)
    reason = _reason(_("Why it may stay"))


class RestoreForm(forms.Form):
    reason = _reason()


VERB_FORMS: dict[str, type[forms.Form]] = {
    "return": ReturnForm,
    "refuse": RefuseForm,
    "release": ReleaseForm,
    "withdraw": WithdrawForm,
    "withdraw_at_once": WithdrawForm,
    "restore": RestoreForm,
    "override": OverrideForm,
}
