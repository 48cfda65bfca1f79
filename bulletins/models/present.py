"""What a text names, as it is now: for the page of a story, and for whoever looks at it before readers do."""

from __future__ import annotations

from typing import Any

from taggit.models import Tag

from bulletins.models.campaign import Campaign
from bulletins.models.page import Placement
from bulletins.models.release import Release


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
