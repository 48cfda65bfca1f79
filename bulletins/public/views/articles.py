"""One article, as it was released; or word that it was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from bulletins.models import Campaign, Placement, Release
from bulletins.models.listing import campaign_shelf, tag_shelf
from bulletins.public.about_page import Crumb, Story, through_units
from bulletins.public.nearby import nearby
from bulletins.public.rendering import page


def article(request: HttpRequest, number: str) -> HttpResponse:
    at = timezone.now()
    versions = Release.objects.filter(number=number)
    release = versions.visible(at=at).select_related("unit").first()
    if release is None:
        return withdrawn(request, versions, at)
    lineage = release.unit.lineage()
    campaigns, tags = campaigns_of(release.content), tags_of(release.content)
    subjects = [campaign_shelf(campaign) for _name, campaign in campaigns if campaign]
    subjects += [tag_shelf(tag) for _name, tag in tags if tag]
    return page(
        request,
        "public/article.html",
        about=Story((*through_units(lineage), Crumb(_("Text"))), release=release, unit=release.unit),
        release=release,
        campaigns=campaigns,
        tags=tags,
        placement=placement_of(release),
        nearby=nearby(release, lineage, subjects, at=at),
    )


def withdrawn(request: HttpRequest, versions: Any, at: datetime) -> HttpResponse:
    """Say that it is gone, if it ever was there. Of the text nothing is repeated."""
    gone = versions.withdrawn(at=at).order_by("-withdrawn_at", "-sequence").first()
    if gone is None:
        raise Http404
    return page(request, "public/gone.html", status=410, release=gone)


def campaigns_of(content: dict[str, Any]) -> list[tuple[str, Campaign | None]]:
    """Each campaign by its name then, and as it is now; none where readers have no page of it. At most one query."""
    named = content["campaigns"]
    present = Campaign.objects.public().present(named)
    return [(campaign["name"], present.get(campaign["slug"])) for campaign in named]


def tags_of(content: dict[str, Any]) -> list[tuple[str, Tag | None]]:
    """Each tag by its name, and itself; none where it is no longer kept. At most one query."""
    names = content["tags"]
    if not names:
        return []
    kept = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    return [(name, kept.get(name)) for name in names]


def placement_of(release: Release) -> Placement | None:
    """Where it stood in the newspaper, if it did."""
    on_paper = Placement.objects.filter(article_id=release.article_id, page__is_public=True)
    return on_paper.select_related("page").order_by("-page__date", "page__number").first()
