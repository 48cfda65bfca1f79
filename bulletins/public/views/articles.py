"""One article, as it was released; or word that it was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from taggit.models import Tag

from bulletins.models import Campaign, FormerSlug, Placement, Release
from bulletins.models.listing import unit_shelf
from bulletins.public.rendering import page

MORE = 5


def article(request: HttpRequest, number: str) -> HttpResponse:
    at = timezone.now()
    versions = Release.objects.filter(number=number)
    release = versions.visible(at=at).select_related("unit").first()
    if release is None:
        return withdrawn(request, versions, at)
    return page(
        request,
        "public/article.html",
        release=release,
        lineage=release.unit.lineage(),
        campaigns=campaigns_of(release.content),
        tags=tags_of(release.content),
        placement=placement_of(release),
        more=more_from_unit(release, at),
    )


def withdrawn(request: HttpRequest, versions: Any, at: datetime) -> HttpResponse:
    """Say that it is gone, if it ever was there. Of the text nothing is repeated."""
    gone = versions.withdrawn(at=at).order_by("-withdrawn_at", "-sequence").first()
    if gone is None:
        raise Http404
    return page(request, "public/gone.html", status=410, release=gone)


def campaigns_of(content: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Name and slug of each campaign (a former slug redirects); no slug where readers have no page of it. At most two queries."""
    named = content["campaigns"]
    if not named:
        return []
    slugs = [campaign["slug"] for campaign in named]
    public = Campaign.objects.public()
    known = set(public.filter(slug__in=slugs).values_list("slug", flat=True))
    if renamed := set(slugs) - known:
        former = FormerSlug.objects.filter(kind=Campaign._meta.label_lower, slug__in=renamed)
        known |= set(former.filter(object_id__in=public.values("pk")).values_list("slug", flat=True))
    return [(each["name"], each["slug"] if each["slug"] in known else None) for each in named]


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


def more_from_unit(release: Release, at: datetime) -> list[Release]:
    shelf = Release.objects.on_shelf(unit_shelf(release.unit), at=at)
    found = shelf.select_related("unit")[: MORE + 1]
    return [other for other in found if other.pk != release.pk][:MORE]
