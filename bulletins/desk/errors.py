"""What somebody sees whose session ended, or whose form came back without its token: what was typed is kept."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bulletins.models.body import reader_text

# Fields that belong to one sending of a form, or that nobody wants to see on a page.
UNKEPT = frozenset({"csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2"})


# What somebody wrote themselves, as it is called in the form; the rest is sent again unseen.
WRITTEN = {
    "kicker": gettext_lazy("kicker"),
    "headline": gettext_lazy("headline"),
    "subhead": gettext_lazy("subhead"),
    "summary": gettext_lazy("summary"),
    "body": gettext_lazy("body"),
    "correction": gettext_lazy("correction"),
    "reason": gettext_lazy("reason"),
    "notice": gettext_lazy("Notice for readers"),
    "caption": gettext_lazy("caption"),
}


def _written(kept: list[tuple[str, str]]) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    for name, value in kept:
        label = WRITTEN.get(name.rpartition("-")[2])
        if label and value.strip():
            found.append((label, (reader_text(value) or value) if name == "body" else value))
    return found


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in UNKEPT and "password" not in name
        for value in values
    ]


def _same_house(request: HttpRequest) -> bool:
    """Whether the form came from one of our own pages; what another site sent is not offered for sending again."""
    referer = request.headers.get("referer", "")
    return url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()})


def _page(request: HttpRequest, *, signed_in: bool) -> HttpResponse:
    kept = _kept(request) if _same_house(request) and request.path.startswith("/desk/articles/") else []
    context = admin.site.each_context(request) | {
        "kept": kept,
        "written": _written(kept),
        "signed_in": signed_in,
        "target": request.path,
        "person": request.POST.get("writer", ""),
    }
    return render(request, "desk/send_again.html", context, status=403)


@never_cache
def not_found(request: HttpRequest) -> HttpResponse:
    """No such address, or nothing that this person may see there."""
    return render(request, "desk/not_found.html", admin.site.each_context(request), status=404)


@never_cache
def forbidden(request: HttpRequest) -> HttpResponse:
    """The address is right, but not for this person's roles."""
    return render(request, "desk/forbidden.html", admin.site.each_context(request), status=403)


@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while the form was open."""
    return _page(request, signed_in=False)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not that of this session: it was opened before signing in, or cookies are off."""
    return _page(request, signed_in=request.user.is_authenticated)
