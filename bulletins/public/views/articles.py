"""One article, as it was released; or word that it was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from bulletins.models import Campaign, Placement, Release, Unit
from bulletins.models.listing import unit_shelf
from bulletins.public.about_page import Crumb, Story, through_units
from bulletins.public.rendering import page

MORE = 5


def article(request: HttpRequest, number: str) -> HttpResponse:
    at = timezone.now()
    versions = Release.objects.filter(number=number)
    release = versions.visible(at=at).select_related("unit").first()
    if release is None:
        return withdrawn(request, versions, at)
    lineage = release.unit.lineage()
    more_of, more = more_below(lineage, release, at)
    return page(
        request,
        "public/article.html",
        about=Story((*through_units(lineage), Crumb(_("Text"))), release=release, unit=release.unit),
        release=release,
        campaigns=campaigns_of(release.content),
        tags=tags_of(release.content),
        placement=placement_of(release),
        more_of=more_of,
        more=more,
    )


def withdrawn(request: HttpRequest, versions: Any, at: datetime) -> HttpResponse:
    """Say that it is gone, if it ever was there. Of the text nothing is repeated."""
    gone = versions.withdrawn(at=at).order_by("-withdrawn_at", "-sequence").first()
    if gone is None:
        raise Http404
    return page(request, "public/gone.html", status=410, release=gone)


def campaigns_of(content: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Name and present slug of each campaign; no slug where readers have no page of it. At most one query."""
    named = content["campaigns"]
    slugs = Campaign.objects.public().present_slugs(named)
    return [(campaign["name"], slugs.get(campaign["slug"])) for campaign in named]


def tags_of(content: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Name and slug of each tag; no slug where the tag is no longer kept. At most one query."""
    names = content["tags"]
    if not names:
        return []
    slugs = dict(Tag.objects.filter(name__in=names).values_list("name", "slug"))
    return [(name, slugs.get(name)) for name in names]


def placement_of(release: Release) -> Placement | None:
    """Where it stood in the newspaper, if it did."""
    on_paper = Placement.objects.filter(article_id=release.article_id, page__is_public=True)
    return on_paper.select_related("page").order_by("-page__date", "page__number").first()


def more_below(lineage: list[Unit], release: Release, at: datetime) -> tuple[Unit, list[Release]]:
    """Other stories of its unit; of the whole tree where its unit has no other. At most two queries."""
    for unit in (lineage[-1], lineage[0]):
        shelf = Release.objects.on_shelf(unit_shelf(unit), at=at).select_related("unit")
        if others := [other for other in shelf[: MORE + 1] if other.pk != release.pk]:
            break
    return unit, others[:MORE]
