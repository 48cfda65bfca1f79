"""Any two versions of an article: inline, or side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from bulletins.desk import difference
from bulletins.desk.reading import readable_article
from bulletins.models import Article, Revision

VIEWS = ("inline", "beside")
# Those offered for choosing, newest first; any other can be named in the address.
MOST_OFFERED = 200


def show(request: HttpRequest, number: str) -> HttpResponse:
    """`?from=3&to=7&view=inline|beside`; without them what the newest version changed. The older one always comes first."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    newest = article.revision_number
    to = _asked(request, "to", newest)
    since = _asked(request, "from", max(to - 1, 1))
    older, newer = sorted((since, to))
    view = request.GET.get("view", "")
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Differences"),
        "article": article,
        "offered": _offered(article, {older, newer}),
        "view": view if view in VIEWS else VIEWS[0],
        "older": _revision(article, older),
        "newer": _revision(article, newer),
        "newest": newest,
    }
    if older != newer:
        context["differences"] = difference.between(context["older"].content, context["newer"].content)
    return TemplateResponse(request, "desk/differences.html", context)


def _asked(request: HttpRequest, name: str, usual: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else usual


def _revision(article: Article, number: int) -> Revision:
    found = article.revisions.select_related("created_by").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _offered(article: Article, chosen: set[int]) -> list[Revision]:
    """Versions without their content, newest first, and always those that are chosen."""
    listed = article.revisions.select_related("created_by").defer("content").order_by("-number")
    found = list(listed[:MOST_OFFERED])
    missing = chosen - {revision.number for revision in found}
    return found + list(listed.filter(number__in=missing)) if missing else found
