"""One article, as it was released; or word that it was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Release
from bulletins.models.listing import campaign_shelf, tag_shelf
from bulletins.models.present import campaigns_of, placement_of, tags_of
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
