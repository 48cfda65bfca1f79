"""What checks need from outside, gathered from the database and handed to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bulletins.models import Article, Campaign, Photo
from bulletins.models.revision import Content
from bulletins.readiness import alike
from bulletins.readiness.link_answers import links
from bulletins.readiness.office_terms import terms
from bulletins.readiness.released_pictures import pictures
from bulletins.readiness.subject import Around


def campaigns(content: Content) -> dict[str, tuple[date | None, date | None]]:
    """When the campaigns that the content names begin and end, by their slugs."""
    slugs = [campaign["slug"] for campaign in content["campaigns"]]
    rows = Campaign.objects.filter(slug__in=slugs) if slugs else Campaign.objects.none()
    return {slug: (starts, ends) for slug, starts, ends in rows.values_list("slug", "starts_on", "ends_on")}


def around(
    content: Content, *, article: Article | None, day: date, photos: Iterable[Photo] | None = None
) -> Around:
    """Everything that the checks of this content ask for. `article`: whose it is, if it was begun; `day`: when a reader
    would read it; `photos`: those of a form that is not saved yet. Reads the database, never the network.
    """
    more: dict[str, Any] = {"campaigns": campaigns(content)}
    more["pictures"] = pictures(content, article=article, photos=photos)
    more["links"] = links(content)
    more["alike"] = alike.candidates(content, article)
    return Around(day=day, terms=terms(), more=more)
