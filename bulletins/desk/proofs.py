"""The proofs of an article's withdrawals: what stands beside it, the record of each, and the button to have it done again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins import proof
from bulletins.models import Article, Proof, Release, ReleaseState, Transition
from bulletins.models.proof import ALARMING, PATIENCE

# Why there is no answer (`bulletins.proof.asking.Answer`).
FAULTS = {
    "connection": gettext_lazy("no connection"),
    "time": gettext_lazy("took too long"),
    "certificate": gettext_lazy("its certificate is not valid"),
    "elsewhere": gettext_lazy("leads to another site"),
    "redirects": gettext_lazy("leads on and on"),
    "length": gettext_lazy("too long"),
    "error": gettext_lazy("failed"),
    "given_up": gettext_lazy("the rest was not asked"),
}


def beside(
    article: Article,
    releases: list[tuple[Release, ReleaseState]],
    history: list[Transition],
    *,
    user: User,
    at: Any,
) -> dict[str, Any]:
    """What the page of an article shows of it. One query, none for one that never was withdrawn."""
    gone = next((release for release, state in releases if state == ReleaseState.WITHDRAWN), None)
    if any(state == ReleaseState.LIVE for _release, state in releases):
        gone = None
    if not any(line.verb in proof.WITHDRAWING for line in history):
        return {"withdrawn": gone}
    orders = article.proofs_due.select_related("proof", "asked_by").defer("proof__looked_for")
    ordered = list(orders.order_by("due_at", "pk"))
    done = [order.proof for order in ordered if hasattr(order, "proof")]
    proofs = sorted(done, key=lambda proof: proof.pk, reverse=True)
    due = next((order for order in ordered if not hasattr(order, "proof")), None)
    last = proofs[0] if proofs else None
    return {
        "withdrawn": gone,
        "proofs": proofs,
        "proof_due": due if due and due.due_at <= at else None,
        "proof_later": due if due and due.due_at > at else None,
        "proof_is_late": bool(due and due.due_at <= at - PATIENCE),
        "proof_alarm": last if gone and last and last.result in ALARMING else None,
        "may_prove": gone is not None and _may_ask(user, article),
    }


def _may_ask(user: User, article: Article) -> bool:
    on = roles.today()
    return roles.is_desk_or_chief(user, article, on=on) or roles.holds(
        user, (Role.ADMINISTRATOR,), None, on=on
    )


def again(request: HttpRequest, number: str) -> HttpResponse:
    """Have it proved anew. Also for the administrator, who took a file away and may not read the article."""
    user: User = request.user  # type: ignore[assignment]
    article = get_object_or_404(Article.objects.select_related("unit"), number=number)
    readable = Article.objects.readable_by(user, on=roles.today()).filter(pk=article.pk).exists()
    if not _may_ask(user, article):
        if not readable:
            get_object_or_404(Article.objects.none())
        raise PermissionDenied
    back = redirect("admin:article", number) if readable else redirect("admin:index")
    if request.method == "POST":
        if proof.order_again(article, actor=user, at=timezone.now()):
            messages.success(request, _("The site is being asked for it once more. Look again in a minute."))
        else:
            messages.info(request, _("It is being asked for already, or it is public again."))
    return back


def show(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The record of one proof, address by address."""
    readable = Article.objects.readable_by(request.user, on=roles.today())  # type: ignore[arg-type]
    article = get_object_or_404(readable, number=number)
    record = get_object_or_404(
        article.proofs.select_related("due__asked_by", "due__transition__actor"), pk=pk
    )
    context = admin.site.each_context(request) | {
        "title": _("Proof of the withdrawal"),
        "article": article,
        "proof": record,
        "ways": _ways(record),
    }
    return TemplateResponse(request, "desk/proof.html", context)


def _ways(record: Proof) -> list[tuple[str, list[dict[str, Any]]]]:
    """The answers by the way on which they were got: what is shown first, then what gave no answer."""
    labels = {
        "inside": _("Asked within the site"),
        "network": _("Asked over the network, at %(site)s") % {"site": record.site},
        "file": _("Kept among the assets"),
        "row": _("Left in a table"),
    }

    def rank(answer: dict[str, Any]) -> tuple[bool, bool]:
        return not answer["is_shown"], not answer["fault"]

    found = []
    for way, label in labels.items():
        if answers := sorted((each for each in record.answers if each["way"] == way), key=rank):
            found.append((label, answers))
    return found
