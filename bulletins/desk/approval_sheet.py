"""The approval sheet of an article (审签单): who did what with which text, to be printed, signed and filed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.desk.reading import readable_article
from bulletins.desk.story_records import gathered, releases_of, steps_of
from bulletins.models import Article, LogHead, Route, SiteProfile, Stage
from bulletins.models.body import reader_text
from bulletins.models.release import title_of
from bulletins.typesetting import CannotSet, Manuscript

STYLES = ("tokens.css", "desk/approval-sheet.css")


def _context(request: HttpRequest, number: str, cycle: int | None) -> dict[str, Any]:
    """All that stands on the sheet of one round of review; that of now unless one is named."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    cycle = article.cycle if cycle is None else cycle
    if not 1 <= cycle <= article.cycle:
        raise Http404
    releases = [release for release in releases_of(article) if release.revision.cycle == cycle]
    revision = article.revisions.filter(cycle__lte=cycle).order_by("-number").first()
    if releases:
        revision = article.revisions.get(pk=releases[-1].revision_id)
    if revision is None:
        raise Http404
    at = timezone.now()
    return {
        "article": article,
        "cycle": cycle,
        "cycles": range(1, article.cycle + 1),
        "revision": revision,
        "content": revision.content,
        "headline": title_of(revision.content),
        "length": len("".join(reader_text(revision.content["body"]).split())),
        "steps": gathered(step for step in steps_of(article) if step.cycle == cycle),
        "releases": [(release, release.state(at=at)) for release in releases],
        "signatures": _signatures(article),
        "site": SiteProfile.objects.current(),
        "head": LogHead.objects.filter(pk=LogHead.ONLY).first(),
        "printed_by": request.user,
        "printed_at": at,
    }


def _signatures(article: Article) -> list[Any]:
    """For whom a line is left to sign by hand."""
    labels = dict(Stage.choices)
    steps = [labels[Stage(step)] for step in Route.objects.steps_for(article.kind)]
    return [_("Author"), *steps, _("Signed for release")]


def show(request: HttpRequest, number: str, cycle: int | None = None) -> HttpResponse:
    context = admin.site.each_context(request) | _context(request, number, cycle)
    context |= {"title": _("Approval sheet"), "makes_pdf": settings.MAKES_PDF}
    return TemplateResponse(request, "desk/approval_sheet.html", context)


def download(request: HttpRequest, number: str, cycle: int) -> HttpResponse:
    """The same as a PDF, made when it is asked for and kept nowhere."""
    if not settings.MAKES_PDF:
        raise Http404
    html = render_to_string("desk/approval_sheet_paper.html", _context(request, number, cycle))
    try:
        pdf = Manuscript(html, "", STYLES).unkept_pdf()
    except CannotSet:
        said = _("The PDF cannot be made just now. Please print the page itself.")
        return HttpResponse(
            said, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
        )
    name = f"approval-sheet-{number}-{cycle}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
