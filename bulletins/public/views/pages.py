"""Newspaper pages: by date, and each drawn as it stood on paper."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Page
from bulletins.models.placing import placed
from bulletins.public.about_page import Column, Crumb, listed
from bulletins.public.rendering import page
from bulletins.public.wording import day_text

PAGES = 40


def pages(request: HttpRequest) -> HttpResponse:
    """Newest day first. `?until=` names the day from which to go on; whole days stand together."""
    known = Page.objects.filter(is_public=True).order_by("-date", "number")
    if "until" in request.GET:
        known = known.filter(date__lte=day_in(request.GET["until"]))
    found = list(known[: PAGES + 1])
    return page(
        request,
        "public/pages.html",
        section="pages",
        about=Column((Crumb(_("Newspaper pages")),), told_by=("until",)),
        pages=found[:PAGES],
        earlier=found[PAGES].date if len(found) > PAGES else None,
    )


def day_in(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def newspaper_page(request: HttpRequest, date: date, number: int) -> HttpResponse:
    paper = get_object_or_404(Page, date=date, number=number, is_public=True)
    name = _("%(day)s, page %(number)s") % {"day": day_text(paper.date), "number": paper.number}
    same_day = Page.objects.filter(date=date, is_public=True).order_by("number")
    return page(
        request,
        "public/page.html",
        section="pages",
        about=Column((listed("pages", _("Newspaper pages")), Crumb(name)), type=_("Newspaper pages")),
        paper=paper,
        placements=placed(paper.placements.order_by("position", "pk"), at=timezone.now()),
        same_day=list(same_day),
    )
