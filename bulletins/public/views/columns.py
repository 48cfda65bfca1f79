"""Lists by kind, by tag and by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from taggit.models import Tag

from bulletins.models import Kind, Release
from bulletins.models.listing import ALL, kind_shelf, month_shelf, rising, tag_shelf
from bulletins.models.newest import shelf_named, with_newest
from bulletins.public import site_map
from bulletins.public.about_page import Column, Crumb, listed
from bulletins.public.paging import place_in, slice_of
from bulletins.public.rendering import page
from bulletins.public.subjects import subjects_of
from bulletins.public.wording import month_text


def kind(request: HttpRequest, kind: str) -> HttpResponse:
    stories = slice_of(kind_shelf(kind), at=timezone.now(), before=place_in(request))
    about = Column((Crumb(capfirst(Kind(kind).label)),), told_by=("before",), type=_("By kind"))
    return page(request, "public/kind.html", section="kinds", about=about, kind=Kind(kind), stories=stories)


def tags(request: HttpRequest) -> HttpResponse:
    """Tags of what is public. One that stands on drafts only would tell what is in the making."""
    used = with_newest(Tag.objects.all(), shelf_named("tag"), at=timezone.now())
    return page(
        request,
        "public/tags.html",
        section="tags",
        about=Column((Crumb(_("Tags")),)),
        tags=used.filter(newest_id__isnull=False).order_by("name"),
    )


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    stories = slice_of(tag_shelf(tag), at=timezone.now(), before=place_in(request))
    if not stories.items:
        raise Http404
    return page(
        request,
        "public/tag.html",
        section="tags",
        about=Column(
            (listed("tags", _("Tags")), Crumb(tag.name, is_chinese=True)),
            told_by=("before",),
            type=_("Tags"),
            description=_("What all units published on “%(tag)s”, newest first.") % {"tag": tag.name},
        ),
        tag=tag,
        stories=stories,
        subjects=subjects_of(stories.items, but=tag),
    )


def months(request: HttpRequest) -> HttpResponse:
    """The years and months that have something."""
    years = by_year(site_map.months(at=timezone.now()))
    about = Column((Crumb(_("Archive")),))
    return page(request, "public/months.html", section="archive", about=about, years=years)


def by_year(months: Iterable[date]) -> list[tuple[int, list[date]]]:
    """The newest year first, its months as they follow each other. `months`: the oldest first."""
    years = [(year, list(its_months)) for year, its_months in groupby(months, key=lambda month: month.year)]
    return years[::-1]


def archive(request: HttpRequest, year: int, month: int) -> HttpResponse:
    at = timezone.now()
    stories = slice_of(month_shelf(year, month), at=at, before=place_in(request))
    if not stories.items:
        raise Http404
    first = date(year, month, 1)
    return page(
        request,
        "public/archive.html",
        section="archive",
        about=Column(
            (listed("months", _("Archive")), Crumb(month_text(first))),
            told_by=("before",),
            type=_("By month"),
        ),
        month=first,
        stories=stories,
        month_before=month_before(first, at),
        month_after=month_after(first, at),
    )


def month_before(first: date, at: datetime) -> date | None:
    """The nearest earlier month in which something was published."""
    older = Release.objects.on_shelf(ALL, at=at, before=(_midnight(first), 0)).values_list(
        "published_at", flat=True
    )
    return _month_of(older[:1])


def month_after(first: date, at: datetime) -> date | None:
    next_month = (first + timedelta(days=31)).replace(day=1)
    newer = rising(ALL, at=at, above=(_midnight(next_month), 0)).values_list("published_at", flat=True)
    return _month_of(newer[:1])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _month_of(moments: object) -> date | None:
    return next((timezone.localdate(moment).replace(day=1) for moment in moments), None)  # type: ignore[attr-defined]
