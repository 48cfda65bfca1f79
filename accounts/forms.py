"""Forms by which an administrator keeps people and their roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    SetUnusablePasswordMixin,
    UsernameField,
)
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import Correspondent, Membership, User
from accounts.roles import Role
from units.desk import AddressedForm

Spell = tuple[date | None, date | None]
LAST_ADMINISTRATOR = gettext_lazy(
    "Nobody would be left to manage people and units. Make somebody else an administrator first, without an end."
)


def leaves_no_administrator(user: User, spells: list[Spell], *, on: date) -> bool:
    """Whether nobody would run the house if the user were an administrator in just these spells (from, until).

    An administrator for some days only does not count as long as there is a lasting one, and one without a password
    never does. Call it in the transaction that saves: it holds the other administrators, so that two cannot dismiss
    each other at once.
    """
    administrators = Membership.objects.current(on=on).filter(role=Role.ADMINISTRATOR)
    can_sign_in = administrators.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    # Not the people besides: whoever writes the log of what such a person did would wait for them, and they for it.
    now = list(can_sign_in.select_for_update(of=("self",)))
    in_force = [
        until for since, until in spells if (since is None or since <= on) and (not until or until >= on)
    ]
    others = [membership.until for membership in now if membership.user_id != user.pk]
    if any(membership.until is None for membership in now):
        return not any(until is None for until in in_force + others)
    return not in_force + others


def _is_last_administrator(user: User) -> bool:
    on = roles.today()
    return roles.holds(user, (Role.ADMINISTRATOR,), None, on=on) and leaves_no_administrator(user, [], on=on)


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything about somebody but the password, which no form shows."""

    class Meta:
        model = User
        fields = ["username", "name", "email", "is_active", "language", "correspondent"]
        labels = {"name": gettext_lazy("name of the person")}
        field_classes = {"username": UsernameField}
        error_messages = {
            "correspondent": {
                "unique": gettext_lazy("Somebody else is credited as this correspondent already.")
            }
        }

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.exclude(pk=self.instance.pk).filter(username__iexact=username).exists():
            raise ValidationError(_("Somebody has this sign-in name already."), code="unique")
        return username

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and _is_last_administrator(self.instance):
            raise ValidationError(LAST_ADMINISTRATOR, code="last_administrator")
        return is_active


def _sign_in_choice() -> forms.ChoiceField:
    field = SetUnusablePasswordMixin.create_usable_password_field(
        gettext_lazy("Somebody who cannot sign in can still be named in the history.")
    )
    field.label = gettext_lazy("sign-in")
    field.choices = [("true", gettext_lazy("with this password")), ("false", gettext_lazy("cannot sign in"))]
    return field


class NewUserForm(AdminUserCreationForm):
    """A new account: its name, and a password typed twice or none."""

    usable_password = _sign_in_choice()

    class Meta:
        model = User
        fields = ["username", "name", "email", "language"]
        labels = {"name": gettext_lazy("name of the person")}
        field_classes = {"username": UsernameField}


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else, or none any more."""

    usable_password_help_text: Any = gettext_lazy(
        "Somebody who cannot sign in can still be named in the history."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            self.fields["usable_password"] = _sign_in_choice()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given["set_usable_password"] and _is_last_administrator(self.user):
            self.add_error("usable_password", LAST_ADMINISTRATOR)
        return given


class CorrespondentForm(AddressedForm):
    class Meta:
        model = Correspondent
        fields = ["name", "unit", "slug"]
        labels = {"name": gettext_lazy("name of the person")}


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Membership
        fields = ["role", "unit", "since", "until"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        role, unit = given.get("role"), given.get("unit")
        if role == Role.ADMINISTRATOR and unit:
            self.add_error("unit", _("An administrator runs the whole house: leave the unit empty."))
        elif role and role != Role.ADMINISTRATOR and not unit and "unit" not in self.errors:
            self.add_error("unit", _("Choose the unit in which this role holds."))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("A membership cannot end before it starts."))
        return given


class MembershipFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """All roles of one person."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE")
        ]
        held = [(given["role"], given.get("unit")) for given in kept]
        if len(set(held)) < len(held):
            raise ValidationError(_("A role stands here twice for the same unit."), code="twice")
        self._refuse_to_lock_out(kept)

    def _refuse_to_lock_out(self, kept: list[dict[str, Any]]) -> None:
        on = roles.today()
        user: User = self.instance
        was = user.pk and user.memberships.filter(role=Role.ADMINISTRATOR).exists()
        if not was or not user.is_active:
            return  # who is deactivated, `UserForm` asks about
        spells = [(g.get("since"), g.get("until")) for g in kept if g["role"] == Role.ADMINISTRATOR]
        if leaves_no_administrator(user, spells, on=on):
            raise ValidationError(LAST_ADMINISTRATOR, code="last_administrator")
