"""Many releases at once, straight into the tables: what the workflow would take hours for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from bulletins.models import Article, Kind, Listing, Release, Revision
from bulletins.models.listing import kind_shelf, month_shelf, unit_shelf
from bulletins.search import index
from tests.factories import Newsroom
from tests.search.generated import Made

FIRST = datetime(2019, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=25)
KINDS = [Kind.NEWS, Kind.BRIEF, Kind.CASE]


class Stock:
    """Releases of a bureau and its stations, one every `APART` from `FIRST` on."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.units = [newsroom.station, newsroom.other_station]
        self.model = newsroom.released(at=FIRST)
        self.revision = Revision.objects.get(pk=self.model.revision_id)
        self.article = Article.objects.get(pk=self.model.article_id)
        self.serial = count(1)

    def add(self, articles: Iterable[Made], **content: Any) -> list[Release]:
        """Released and entered in the index, in the order in which they are given."""
        made: list[Release] = []
        waiting = iter(articles)
        while batch := list(islice(waiting, 500)):
            releases = Release.objects.bulk_create(self._release(article, content) for article in batch)
            Listing.objects.bulk_create(
                Listing(shelf=shelf, release=release, published_at=release.published_at)
                for release in releases
                for shelf in self._shelves(release)
            )
            made += releases
        index.complete(at=FIRST + APART * len(made) * 2)
        return made

    def _release(self, made: Made, content: dict[str, Any]) -> Release:
        n = next(self.serial)
        moment = FIRST + APART * n
        said = {"headline": [made.headline], "kicker": made.kicker, "body": made.body}
        return Release(
            article=self.article,
            revision=self.revision,
            number=f"XX-2019-{n:06d}",
            sequence=1,
            kind=KINDS[n % len(KINDS)],
            unit=self.units[n % len(self.units)],
            content=self.model.content | said | content,
            content_hash="0" * 64,
            published_at=moment,
            public_from=moment,
        )

    @staticmethod
    def _shelves(release: Release) -> list[str]:
        unit, published = release.unit, release.published_at
        above = [unit_shelf(upper) for upper in (unit, unit.parent) if upper]
        return ["all", *above, kind_shelf(release.kind), month_shelf(published.year, published.month)]
