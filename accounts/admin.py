"""People and their roles in the desk: whoever may change them is seen doing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.forms import (
    CorrespondentForm,
    MembershipForm,
    MembershipFormSet,
    NewUserForm,
    PasswordForm,
    UserForm,
)
from accounts.models import Correspondent, Membership, User
from accounts.roles import Role
from units import history, telling
from units.desk import AddressedAdmin, KeptAdmin, PlainChoices

# Roles are held through memberships; Django's groups would grant nothing.
admin.site.unregister(Group)


def _held(record: Any) -> str:
    """A role and where it holds, also when the unit is gone."""
    role = str(dict(Role.choices).get(record.role, record.role))
    unit = record.unit.name if record.unit_id and record.unit else ""
    return f"{role} · {unit}" if unit else role


def _is_current(held: Membership) -> bool:
    """As `MembershipQuerySet.current`, of what was read already."""
    on = roles.today()
    return (held.since is None or held.since <= on) and (held.until is None or held.until >= on)


def role_changes(
    memberships: QuerySet[Any], *, before: datetime | None, with_person: bool
) -> list[history.Entry]:
    """Who gave whom which role, changed it or took it away."""

    def subject(record: Any) -> str:
        return (
            f"{record.user}: {_held(record)}"
            if with_person
            else _("Role: %(role)s") % {"role": _held(record)}
        )

    told = memberships.select_related("user", "unit")
    return history.read(told, before=before, subject=subject, named={"user", "role", "unit"})


class MembershipInline(PlainChoices, admin.StackedInline):  # type: ignore[type-arg]
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = [("role", "unit"), ("since", "until")]
    autocomplete_fields = ["unit"]
    verbose_name_plural = gettext_lazy("roles")

    def get_extra(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.memberships.exists() else 1


@admin.register(User)
class UserAdmin(KeptAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    add_form_template = None  # type: ignore[assignment]
    change_password_form = PasswordForm
    change_user_password_template = "desk/set_password.html"
    inlines = [MembershipInline]
    list_display = ["person", "username", "roles_now", "correspondent", "locked_out"]
    list_filter = ["is_active", "memberships__role"]
    list_select_related = ["correspondent"]
    search_fields = ["name", "username", "email"]
    search_help_text = gettext_lazy("Name, sign-in name or e-mail")
    ordering = ["name", "username"]
    filter_horizontal = []
    autocomplete_fields = ["correspondent"]
    readonly_fields = ["password_state", "date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["name", "username", "email", "language", "correspondent"]}),
        (gettext_lazy("Sign-in"), {"fields": ["is_active", "password_state", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["name", "username", "email", "language"]}),
        (gettext_lazy("Sign-in"), {"fields": ["usable_password", "password1", "password2"]}),
    ]
    unrecorded_change = gettext_lazy("The password was set anew.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).defer("password").prefetch_related("memberships__unit")

    @admin.display(description=gettext_lazy("name of the person"), ordering="name")
    def person(self, user: User) -> str:
        return user.name

    @admin.display(description=gettext_lazy("sign-in"), ordering="is_active")
    def locked_out(self, user: User) -> SafeString | str:
        return "" if user.is_active else format_html('<span class="closed">{}</span>', _("cannot sign in"))

    @admin.display(description=gettext_lazy("roles"))
    def roles_now(self, user: User) -> SafeString | str:
        held = [m for m in user.memberships.all() if _is_current(m)]
        return format_html_join("", '<span class="held">{}</span>', ((_held(m),) for m in held)) or "—"

    @admin.display(description=gettext_lazy("password"))
    def password_state(self, user: User) -> SafeString | str:
        has_one = user.has_usable_password()
        state = _("set; nobody can read it") if has_one else _("none: cannot sign in")
        return format_html(
            '{} · <a href="{}">{}</a>',
            state,
            reverse("admin:auth_user_password_change", args=[user.pk]),
            _("Set a new password"),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        names = list(super().get_readonly_fields(request, obj))
        # The link beside it is for those who may follow it.
        return (
            names if self.has_change_permission(request, obj) else [n for n in names if n != "password_state"]
        )

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [
            (name, options | {"fields": [f for f in options["fields"] if f != "password_state"]})
            for name, options in self.fieldsets  # type: ignore[union-attr]
        ]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with telling.together():
            return super().user_change_password(request, id, form_url)

    def history_entries(self, obj: User, *, before: datetime | None) -> list[history.Entry]:
        """What was changed in the person, and in the person's roles, as one list."""
        held = Membership.history.filter(user_id=obj.pk)
        return super().history_entries(obj, before=before) + role_changes(
            held, before=before, with_person=False
        )


@admin.register(Correspondent)
class CorrespondentAdmin(AddressedAdmin):
    form = CorrespondentForm
    list_display = ["person", "unit", "sign_in"]
    list_select_related = ["unit", "user"]
    search_fields = ["name", "unit__name", "slug"]
    search_help_text = gettext_lazy("Name or unit")
    autocomplete_fields = ["unit"]

    def lookup_label(self, obj: Any) -> str:
        """Namesakes are told apart by their units."""
        return f"{obj.name}（{obj.unit.name}）" if obj.unit else obj.name

    @admin.display(description=gettext_lazy("name of the person"), ordering="name")
    def person(self, person: Correspondent) -> str:
        return person.name

    @admin.display(description=gettext_lazy("sign-in"))
    def sign_in(self, person: Correspondent) -> str:
        return getattr(getattr(person, "user", None), "username", "")


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    """Who holds which role, over all people. Roles are given and taken on a person's own page."""

    list_display = ["user", "role", "unit", "since", "until", "in_force"]
    list_filter = ["role"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__name", "user__username", "unit__name"]
    search_help_text = gettext_lazy("Name of a person or a unit")
    ordering = ["user__name", "role"]
    change_list_template = "desk/memberships.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("in force"))
    def in_force(self, held: Membership) -> SafeString | str:
        """A word where it is not in force, nothing where it is."""
        if held.user.is_active and _is_current(held):
            return ""
        return format_html('<span class="closed">{}</span>', _("not in force"))

    def get_urls(self) -> list[URLPattern]:
        changes = self.admin_site.admin_view(self.changes_view)
        return [path("history/", changes, name="accounts_membership_changes"), *super().get_urls()]

    def changes_view(self, request: HttpRequest) -> HttpResponse:
        """Every role that was ever given, changed or taken away, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        before = history.moment(request.GET.get("before", ""))
        entries, older = history.one_page(
            role_changes(Membership.history.all(), before=before, with_person=True)
        )
        context = self.admin_site.each_context(request) | {
            "title": _("Changes of roles"),
            "opts": self.opts,
            "entries": entries,
            "older": older,
        }
        return TemplateResponse(request, "desk/history.html", context)
