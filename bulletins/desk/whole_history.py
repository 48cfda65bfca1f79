"""The whole history of one article, step by step, with every hash."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.desk.reading import readable_article
from bulletins.desk.story_records import releases_of, steps_of


def show(request: HttpRequest, number: str) -> HttpResponse:
    """The newest first."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    at = timezone.now()
    versions = article.revisions.defer("content").select_related("created_by").order_by("-number")
    context = admin.site.each_context(request) | {
        "title": _("Whole history"),
        "article": article,
        "steps": steps_of(article)[::-1],
        "versions": list(versions),
        "proofs": list(article.proofs.select_related("due__asked_by").defer("looked_for").order_by("-pk")),
        "arranged": list(article.arranged.select_related("person", "by").order_by("-at", "-pk")),
        "releases": [(release, release.state(at=at)) for release in releases_of(article)],
    }
    return TemplateResponse(request, "desk/article_history.html", context)
