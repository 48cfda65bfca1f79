"""Newspaper pages: by date, and each drawn as it stood on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from bulletins.models import Page, Placement
from bulletins.models.placing import has_pdf, placed
from bulletins.public.about_page import Column, Crumb, listed
from bulletins.public.rendering import page
from bulletins.public.sheet import Sheet
from bulletins.public.wording import day_text
from bulletins.typesetting import CannotSet

PAGES = 40


def pages(request: HttpRequest) -> HttpResponse:
    """Newest day first. `?until=` names the day from which to go on; whole days stand together. At most five queries."""
    known = Page.objects.filter(is_public=True).order_by("-date", "number")
    asked = day_in(request.GET["until"]) if "until" in request.GET else None
    shown, earlier = whole_days(known.filter(date__lte=asked) if asked else known)
    newest, oldest = known.first(), known.order_by("date").first()
    return page(
        request,
        "public/pages.html",
        section="pages",
        about=Column((Crumb(_("Newspaper pages")),), told_by=("until",)),
        months=[
            (month, [(day, list(those)) for day, those in groupby(of_month, lambda paper: paper.date)])
            for month, of_month in groupby(shown, lambda paper: paper.date.replace(day=1))
        ],
        earlier=earlier,
        is_newest=asked is None,
        years=range(newest.date.year, oldest.date.year - 1, -1) if newest and oldest else (),
    )


def whole_days(known: QuerySet[Page]) -> tuple[list[Page], date | None]:
    """So many pages as make whole days, and the day from which to go on. Two queries at most."""
    found = list(known[: PAGES + 1])
    if len(found) <= PAGES:
        return found, None
    cut = found[PAGES].date
    shown = [paper for paper in found if paper.date != cut]
    if shown:
        return shown, cut
    following = known.filter(date__lt=cut).first()
    return list(known.filter(date=cut)), following.date if following else None


def day_in(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


@dataclass(frozen=True)
class Ways:
    """On from a page: the others of its day (itself among them), and the first of the day before and of the day after."""

    same_day: list[Page]
    before: Page | None
    after: Page | None
    previous: Page | None
    following: Page | None

    @classmethod
    def from_page(cls, paper: Page) -> Ways:
        """Three queries."""
        public = Page.objects.filter(is_public=True)
        same_day = list(public.filter(date=paper.date).order_by("number"))
        place = same_day.index(paper)
        return cls(
            same_day,
            before=public.filter(date__lt=paper.date).order_by("-date", "number").first(),
            after=public.filter(date__gt=paper.date).order_by("date", "number").first(),
            previous=same_day[place - 1] if place else None,
            following=same_day[place + 1] if place + 1 < len(same_day) else None,
        )


def _public_page(date: date, number: int) -> tuple[Page, list[Placement]]:
    """Two queries, and one for the releases on it."""
    paper = get_object_or_404(Page, date=date, number=number, is_public=True)
    return paper, placed(paper.placements.order_by("position", "pk"), at=timezone.now())


def newspaper_page(request: HttpRequest, date: date, number: int) -> HttpResponse:
    """At most seven queries."""
    paper, placements = _public_page(date, number)
    name = _("%(day)s, page %(number)s") % {"day": day_text(paper.date), "number": paper.number}
    return page(
        request,
        "public/page.html",
        section="pages",
        about=Column((listed("pages", _("Newspaper pages")), Crumb(name)), type=_("Newspaper pages")),
        paper=paper,
        placements=placements,
        ways=Ways.from_page(paper),
        has_pdf=has_pdf(placements),
    )


def newspaper_pdf(request: HttpRequest, date: date, number: int) -> HttpResponse:
    """The page on a sheet of A3. Whoever has it already gets none made."""
    paper, placements = _public_page(date, number)
    if not has_pdf(placements):
        raise Http404
    sheet = Sheet.of(request, paper, placements)
    if known := get_conditional_response(request, etag=sheet.etag):
        return known
    try:
        pdf = sheet.pdf()
    except CannotSet:
        said = _("The PDF of this page cannot be made just now. Please print the page itself.")
        return HttpResponse(
            said, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
        )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"ETag": sheet.etag, "Content-Disposition": f'inline; filename="{date}-{number}.pdf"'},
    )
