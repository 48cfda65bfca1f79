"""One's own page: what anybody may change about themselves. Roles are not among it."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from units import telling


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name", "email", "language"]
        labels = {"name": gettext_lazy("name of the person")}


def show(request: HttpRequest) -> HttpResponse:
    """To be put under the desk by `admin_view`, which asks for the sign-in."""
    # A copy of their own: what was typed wrongly must not show as the name at the top of the page.
    user = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            with telling.together():
                form.save()
        with translation.override(user.language):
            messages.success(request, _("Saved."))
        return redirect("admin:profile")
    context = admin.site.each_context(request) | {
        "title": _("My details"),
        "form": form,
        "memberships": user.memberships.current(on=roles.today()).select_related("unit"),
    }
    return TemplateResponse(request, "desk/profile.html", context)
