"""The lists and the article page with 1,000 stories and with 100,000: the same time, and every query a range of an index.

python -m benchmarks.lists                                    on SQLite
python bin/with-postgres python -m benchmarks.lists           on PostgreSQL
Each makes a database of its own, gone afterwards.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from benchmarks.measure import median_ms, verdict, with_django
from benchmarks.search import empty_database, settle

if TYPE_CHECKING:
    from bulletins.models import Release
    from tests.search.stock import Stock

FEW, MANY = 1_000, 100_000
# A hundred times the stories may take so much longer, and a fraction of a millisecond for what is cold.
MOST_TIMES, SLACK_MS = 1.5, 3.0
# Tables that grow with the stories: to read one from end to end is what no page may do.
GROWING = r"bulletins_(?:release|listing|searchentry)\b"
SCANS = {
    # In a query within a query a table goes by a short name.
    "sqlite": re.compile(rf"SCAN (?:{GROWING}|U\d\b)"),
    "postgresql": re.compile(rf"Seq Scan on {GROWING}"),
}


def stock() -> Stock:
    from tests.factories import Newsroom, make_campaign, make_correspondent
    from tests.search.stock import Stock

    class Lists(Stock):
        """On two campaigns, three tags and by one person as well; in the search no more than the headline."""

        def __init__(self) -> None:
            from taggit.models import Tag

            newsroom = Newsroom()
            super().__init__(newsroom)
            self.campaigns = [
                make_campaign("夏季行动", slug="summer", starts_on="2019-01-10", ends_on="2030-01-01"),
                make_campaign("冬季行动", slug="winter"),
            ]
            self.tags = [Tag.objects.create(name=name, slug=name) for name in ("平安", "反诈", "校园")]
            self.person = make_correspondent("张三丰", newsroom.station, slug="zhangsan")

        def content(self, n: int) -> dict[str, Any]:
            campaign = self.campaigns[n % 2]
            return {
                "campaigns": [{"slug": campaign.slug, "name": campaign.name}],
                "tags": [self.tags[n % 3].name],
                "credits": [],
            }

        def shelves(self, n: int, release: Release) -> list[str]:
            from bulletins.models.listing import campaign_shelf, correspondent_shelf, tag_shelf

            return [
                *self._shelves(release),
                campaign_shelf(self.campaigns[n % 2]),
                tag_shelf(self.tags[n % 3]),
                correspondent_shelf(self.person),
            ]

        def add(self, articles: Iterable[Any], **content: Any) -> list[Release]:
            from bulletins.models import Listing, Release, SearchEntry
            from bulletins.models.search import place_in_time
            from bulletins.search.folding import fold

            waiting = iter(articles)
            while batch := list(islice(waiting, 1000)):
                made = []
                for article in batch:
                    n = next(self.made)
                    made.append((n, self._release(article, self.content(n))))
                releases = Release.objects.bulk_create(release for _n, release in made)
                Listing.objects.bulk_create(
                    (
                        Listing(shelf=shelf, release=release, published_at=release.published_at)
                        for (n, _release), release in zip(made, releases, strict=True)
                        for shelf in self.shelves(n, release)
                    ),
                    batch_size=2000,
                )
                SearchEntry.objects.bulk_create(
                    SearchEntry(
                        place=place_in_time(release),
                        release=release,
                        entered_at=release.published_at,
                        shelves="",
                        head=fold(release.headline),
                        text="",
                        tokens=[],
                    )
                    for release in releases
                )
            return []

        made = count()

    return Lists()


def addresses() -> dict[str, str]:
    """Every list at its beginning and in the middle of the thousand that are there from the first on; and an article."""
    from bulletins.models import Release
    from bulletins.models.listing import token_of

    middle = Release.objects.get(number=f"XX-2019-{FEW // 2:06d}")
    lists = {
        "all": "/",
        "unit": "/units/{unit}/",
        "campaign": "/campaigns/summer/",
        "kind": "/kinds/news/",
        "tag": "/tags/平安/",
        "correspondent": "/correspondents/zhangsan/",
        "month": "/archive/2019/01/",
    }
    found = {"months": "/archive/", "article": f"/articles/{middle.number}/"}
    for name, path in lists.items():
        found[name] = path.format(unit=middle.unit.slug)
        found[f"{name}, in the middle"] = f"{found[name]}?before={token_of(middle)}"
    return found


def times() -> dict[str, float]:
    from django.test import Client

    client = Client()

    def get(address: str) -> None:
        assert client.get(address).status_code == 200, address

    return {name: median_ms(lambda a=address: get(a), runs=15)[0] for name, address in addresses().items()}  # type: ignore[misc]


def scans() -> Iterator[tuple[str, str]]:
    """Queries that read a growing table from end to end, by the page that asks."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    for name, address in addresses().items():
        with CaptureQueriesContext(connection) as asked:
            Client().get(address)
        for query in asked.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {query['sql']}".replace("%", "%%"), [])
                plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            if SCANS[connection.vendor].search(plan):
                yield name, f"{query['sql']}\n{plan}"


def measured() -> bool:
    from django.db import connection
    from django.test import override_settings

    from tests.search.generated import Maker

    maker = Maker()
    some = [maker.article() for _ in range(200)]
    made = stock()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        made.add(some[n % len(some)] for n in range(FEW))
        settle()
        few = times()
        made.add(some[n % len(some)] for n in range(MANY - FEW))
        settle()
        many = times()
        found = list(scans())
    print(f"{connection.vendor}: {FEW:,} stories and {MANY:,}")
    kept = True
    for name, value in many.items():
        kept &= verdict(f"  {name} ({few[name]:.1f} ms of {FEW:,})", value, few[name] * MOST_TIMES + SLACK_MS)
    for name, plan in found:
        print(f"  {name} reads too much:\n{plan}")
    return kept and not found


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bulletins-lists-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/lists.sqlite3")
        with_django()
        with empty_database():
            return 0 if measured() else 1


if __name__ == "__main__":
    sys.exit(main())
