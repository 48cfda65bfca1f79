"""Taking an article in hand, giving it to somebody, and saying until when: small forms beside it and in the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from bulletins import arranging, workflow
from bulletins.desk.arranged import MomentForm
from bulletins.desk.reading import readable_article
from bulletins.models import Article


def arrange(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """Do it and go back to where it was asked for, with a word of what was done or every reason why not."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    if what not in ARRANGED:
        raise Http404
    if request.method == "POST":
        try:
            messages.success(request, ARRANGED[what](request, article))
        except workflow.Refused as refused:
            for reason in refused.reasons:
                messages.error(request, f"{article.title or article.number}：{reason}")
    return redirect(_back(request, article))


def _back(request: HttpRequest, article: Article) -> str:
    asked_from = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked_from, {request.get_host()}, require_https=request.is_secure()):
        return asked_from
    return reverse("admin:article", args=[article.number])


def _claim(request: HttpRequest, article: Article) -> str:
    user: User = request.user  # type: ignore[assignment]
    arranging.claim(article, actor=user, seen_stage=request.POST.get("seen_stage", ""))
    return _("It is in your hands.")


def _lay_down(request: HttpRequest, article: Article) -> str:
    arranging.lay_down(article, actor=request.user)  # type: ignore[arg-type]
    return _("It is in nobody’s hands now.")


def _assign(request: HttpRequest, article: Article) -> str:
    key = request.POST.get("to", "")
    people = User.objects.filter(pk=int(key)) if key.isascii() and key.isdecimal() and len(key) < 19 else ()
    for person in people:
        seen = request.POST.get("seen_stage", "")
        arranging.assign(article, to=person, actor=request.user, seen_stage=seen)  # type: ignore[arg-type]
        return _("It is in the hands of %(who)s.") % {"who": person}
    raise workflow.Refused([workflow.Refusal("nobody", _("Choose who is to handle it."))])


def _due(request: HttpRequest, article: Article) -> str:
    due_at = _when(request)
    arranging.set_due(article, due_at, actor=request.user)  # type: ignore[arg-type]
    return _("The due time is set.") if due_at else _("It is not due at a certain time any more.")


def _embargo(request: HttpRequest, article: Article) -> str:
    until = _when(request)
    arranging.hold_back(article, until, actor=request.user)  # type: ignore[arg-type]
    return _("The embargo is set.") if until else _("The embargo is lifted.")


def _when(request: HttpRequest) -> datetime | None:
    form = MomentForm(request.POST)
    if not form.is_valid():
        raise workflow.Refused([workflow.Refusal("when", str(said)) for said in form.errors["when"]])
    when: datetime | None = form.cleaned_data["when"]
    if when is None and "lift" not in request.POST:
        raise workflow.Refused([workflow.Refusal("when", _("Say the day and the time."))])
    return when if "lift" not in request.POST else None


ARRANGED: dict[str, Callable[[HttpRequest, Article], str]] = {
    "claim": _claim,
    "lay_down": _lay_down,
    "assign": _assign,
    "due": _due,
    "embargo": _embargo,
}
