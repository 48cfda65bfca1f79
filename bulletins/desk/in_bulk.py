"""Passing several briefs at once. Every rule is asked of each, as if it had been opened; each is done whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from bulletins import workflow
from bulletins.desk.queue import PAGE
from bulletins.models import Article, Kind, Stage, Transition

# As many as stand on a page of the queue.
MOST = PAGE
NUMBER = re.compile(r"[A-Z]{1,6}-\d{4}-\d{1,12}", re.ASCII)
# Where the result of the last one waits to be looked at.
SESSION_KEY = "passed_in_bulk"


@dataclass(frozen=True)
class Seen:
    """An article as it stood in the queue: `number~stage~version` in the form."""

    number: str
    stage: str
    revision: int

    @classmethod
    def read(cls, value: str) -> Seen | None:
        number, stage, revision = [*value.split("~"), "", ""][:3]
        is_version = revision.isascii() and revision.isdecimal() and len(revision) < 10
        if not NUMBER.fullmatch(number) or stage not in Stage.values or not is_version:
            return None
        return cls(number, stage, int(revision))


def pass_all(request: HttpRequest) -> HttpResponse:
    """Pass each that was ticked, one after the other, and lead to the page that says what became of each."""
    if request.method != "POST":
        return redirect("admin:queue")
    ticked = list(dict.fromkeys(request.POST.getlist("item")))
    if not ticked or len(ticked) > MOST:
        said = _("Tick the briefs that you want to pass.")
        if ticked:
            said = _("At most %(most)s can be passed at once; nothing was done.") % {"most": MOST}
        messages.error(request, said)
        return redirect("admin:queue")
    user: User = request.user  # type: ignore[assignment]
    wanted = [seen for value in ticked if (seen := Seen.read(value))]
    readable = Article.objects.readable_by(user, on=roles.today())
    readable = readable.filter(number__in=[seen.number for seen in wanted])
    articles = {article.number: article for article in readable.select_related("unit")}
    request.session[SESSION_KEY] = [_result(seen, articles.get(seen.number), user) for seen in wanted]
    return redirect("admin:passed_in_bulk")


def _result(seen: Seen, article: Article | None, user: User) -> dict[str, Any]:
    """As it is kept in the session: `reasons` why not, or the stage it is `now` at."""
    if article is None:
        return {
            "number": seen.number,
            "title": "",
            "reasons": [_("You may not read it, or it is not there.")],
        }
    result = {"number": article.number, "title": article.title}
    if article.kind != Kind.BRIEF:
        return result | {"reasons": [_("Only briefs are passed several at once. Open it to pass it.")]}
    try:
        workflow.perform("pass", article, actor=user, seen_stage=seen.stage, seen_revision=seen.revision)
    except workflow.Refused as refused:
        if not _was_passed_already(seen, article, user):
            return result | {"reasons": [str(reason) for reason in refused.reasons]}
        article.refresh_from_db()
    return result | {"reasons": [], "now": article.stage}


def _was_passed_already(seen: Seen, article: Article, user: User) -> bool:
    """The same form was sent twice: this very pass is the last that happened to it."""
    last: Transition | None = article.transitions.select_related("revision").order_by("-at", "-pk").first()
    return (
        last is not None
        and last.revision is not None
        and (last.verb, last.actor_id) == ("pass", user.pk)
        and (last.from_stage, last.revision.number) == (seen.stage, seen.revision)
    )


def show(request: HttpRequest) -> HttpResponse:
    """What became of each that was ticked last."""
    results = request.session.get(SESSION_KEY, [])
    context = admin.site.each_context(request) | {
        "title": _("Passed in bulk"),
        "refused": [one for one in results if one["reasons"]],
        "passed": [one for one in results if not one["reasons"]],
    }
    return TemplateResponse(request, "desk/passed_in_bulk.html", context)
