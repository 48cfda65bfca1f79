"""Stories straight into the tables and lists, where the way they came does not matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bulletins.models import Article, Campaign, Listing, Release, Revision
from bulletins.search import index
from tests.public.world import NOW, THEN, Site
from units.models import Unit


class Shelf:
    """Makes releases after the model of one that went the usual way and was withdrawn since."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.model = site.released(at=THEN)
        self.revision = Revision.objects.get(pk=self.model.revision_id)
        site.withdraw(self.model)
        self.count = 0

    def add(
        self,
        at: datetime,
        headline: str = "",
        *,
        unit: Unit | None = None,
        campaigns: list[Campaign] | None = None,
        **content: Any,
    ) -> Release:
        """A story published at that moment; `content` takes the place of what the model says."""
        self.count += 1
        unit = unit or self.site.station
        number = f"XX-2021-{self.count:06d}"
        named = [{"slug": campaign.slug, "name": campaign.name} for campaign in campaigns or []]
        said = {"headline": [headline or f"第{self.count}篇"], "campaigns": named, "tags": []}
        article = Article.objects.create(
            number=number, unit=unit, author=self.site.correspondent, stage="settled"
        )
        release = Release.objects.create(
            article=article,
            revision=self.revision,
            number=number,
            sequence=1,
            kind=self.model.kind,
            unit=unit,
            content=self.model.content | said | content,
            content_hash=self.model.content_hash,
            published_at=at,
            public_from=at,
        )
        Listing.objects.put_up(release)
        index.complete(at=NOW)
        return release
