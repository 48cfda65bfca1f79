"""Newspaper pages with the releases that stand on them. An item that is not public leaves its place empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Subquery

from bulletins.models.page import Page, Placement
from bulletins.models.release import Release

# Characters with their markup, seven times the sample page. Beyond that readers print the page itself.
LONGEST_SET = 40_000


def placed(placements: Iterable[Placement], *, at: datetime) -> list[Placement]:
    """The placements whose article is public, in the order of reading, each with its `release`. One query."""
    placements = list(placements)
    articles = [placement.article_id for placement in placements]
    releases = Release.objects.visible(at=at).filter(article_id__in=articles).select_related("unit")
    by_article = {release.article_id: release for release in releases}
    for placement in placements:
        placement.release = by_article.get(placement.article_id)  # type: ignore[attr-defined]
    return [placement for placement in placements if placement.release]  # type: ignore[attr-defined]


def newest_page(*, at: datetime) -> list[Placement]:
    """What stands on the newest page, each item with its `page` and `release`. Two queries."""
    newest = Page.objects.filter(is_public=True).order_by("-date", "number").values("pk")[:1]
    on_it = Placement.objects.filter(page=Subquery(newest)).select_related("page").order_by("position", "pk")
    return placed(on_it, at=at)


def has_pdf(placements: list[Placement]) -> bool:
    """Whether a page with these items, each with its `release`, is offered as PDF."""
    length = sum(len(placement.release.content["body"]) for placement in placements)  # type: ignore[attr-defined]
    return bool(settings.MAKES_PDF and placements and length <= LONGEST_SET)
