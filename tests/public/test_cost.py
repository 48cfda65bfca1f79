"""No page asks more than eight questions, none asks more when there are more stories, and none asks what is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bulletins.models import Article, Listing, Release, Revision, public_tables
from bulletins.models.listing import rising, shelves_of
from bulletins.search import index
from tests.kept import kept_for_a_module
from tests.public.world import ADDRESSES, FOR_MACHINES, NOW, THEN, Site

LIMIT = 8
NAMES = sorted(ADDRESSES) + [f"{name} en" for name in sorted(ADDRESSES)] + sorted(FOR_MACHINES)
# A function that gives rows is no table.
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)\b"?(?!\()', re.IGNORECASE)
# What queries along the tree of units call their own steps.
RECURSION = {"__tree", "__rank_table", "above"}
# Names of lists that are handed over as one text.
HANDED_OVER = {"json_each", "json_array_elements_text"}
# A plan by which a table that grows with the stories is read from end to end; within a query it goes by a short name.
GROWING = r"bulletins_(?:release|listing)\b"
READ_THROUGH = re.compile(rf"SCAN {GROWING}|Seq Scan on {GROWING}")
READ_THROUGH_WITHIN = re.compile(r"SCAN U\d\b")
# What the search goes through on its way: SQLite's index over its entries, PostgreSQL's own steps.
INDEX = {"bulletins_searchpairs", "held", "LATERAL"}


class Growing:
    """A site whose one story stands on every page, and more like it that came before."""

    def __init__(self) -> None:
        self.site = Site()
        self.release = self.site.published("公开之")
        self.revision = Revision.objects.get(pk=self.release.revision_id)
        self.count = 1

    def address(self, name: str) -> str:
        path = (ADDRESSES | FOR_MACHINES)[name.removesuffix(" en")].format(number=self.release.number)
        return f"/en{path}" if name.endswith(" en") else path

    def grow_to(self, count: int) -> None:
        """Stories on all the lists that the first one stands on, straight into the tables."""
        shelves = shelves_of(self.release)
        numbers = [f"XX-2021-{n:06d}" for n in range(self.count, count)]
        Article.objects.bulk_create(
            Article(number=number, unit=self.site.station, author=self.site.correspondent, stage="settled")
            for number in numbers
        )
        articles = Article.objects.in_bulk(numbers, field_name="number")
        releases = Release.objects.bulk_create(
            Release(
                article=articles[number],
                revision=self.revision,
                number=number,
                sequence=1,
                kind=self.release.kind,
                unit=self.site.station,
                content=self.release.content,
                content_hash=self.release.content_hash,
                published_at=THEN - timedelta(minutes=n + 1),
                public_from=THEN,
            )
            for n, number in enumerate(numbers)
        )
        Listing.objects.bulk_create(
            Listing(shelf=shelf, release=release, published_at=release.published_at)
            for release in releases
            for shelf in shelves
        )
        index.complete(at=NOW)
        if connection.vendor == "postgresql":
            # Or it plans by what earlier tests left behind, once for three minutes.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.count = count


def asked(address: str) -> list[str]:
    reader = Client()
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


@dataclass
class Asked:
    """What each page asked of the database when there were so many stories."""

    growing: Growing
    by_count: dict[int, dict[str, list[str]]]


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    with kept_for_a_module(django_db_blocker):
        growing = Growing()
        by_count = {}
        for count in (1, 10, 1000):
            growing.grow_to(count)
            by_count[count] = {name: asked(growing.address(name)) for name in NAMES}
        yield Asked(growing, by_count)


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_as_much_of_a_thousand_stories_as_of_ten(pages: Asked, name: str) -> None:
    # A search that finds more than it counts asks once more: which of all that fit have the words in their headline.
    more = 1 if name.removesuffix(" en") in {"search", "search_narrowed"} else 0
    assert len(pages.by_count[1000][name]) == len(pages.by_count[10][name]) + more


@pytest.mark.parametrize("count", [1, 10, 1000])
@pytest.mark.parametrize("name", NAMES)
def test_no_page_asks_more_than_eight_questions(pages: Asked, name: str, count: int) -> None:
    assert len(pages.by_count[count][name]) <= LIMIT, "\n".join(pages.by_count[count][name])


@pytest.mark.parametrize("name", NAMES)
def test_a_page_reads_public_tables_only(pages: Asked, name: str) -> None:
    read = {table for sql in pages.by_count[1000][name] for table in TABLE.findall(sql)}
    assert read
    assert read - RECURSION - INDEX - HANDED_OVER <= set(public_tables())


@pytest.mark.parametrize("name", NAMES)
def test_no_page_counts_or_skips(pages: Asked, name: str) -> None:
    for sql in pages.by_count[1000][name]:
        assert "COUNT(" not in sql.upper()
        assert "OFFSET" not in sql.upper()


@pytest.mark.parametrize("address", ["/nothing/", "/articles/JN-2021-999999/"])
def test_a_page_that_is_not_there_costs_little(pages: Asked, reader: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status_code == 404
    # Whether there is such a story, or was one; an old address; the site.
    assert len(queries) <= 4


def test_a_list_is_one_range_of_its_index(pages: Asked) -> None:
    """The database walks the index of the shelf and sorts nothing."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL plans by what it knows of the table
    plan = Release.objects.on_shelf("all", at=THEN, before=(THEN, 10**9))[:21].explain()
    assert "listing_of_shelf" in plan
    assert "TEMP B-TREE" not in plan.upper()
    assert "SORT" not in plan.upper()


@pytest.fixture
def as_with_many(pages: Asked) -> None:
    """PostgreSQL plans by what it knows of the table, and reads a small one from end to end: here it is not to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")


def plan_of(sql: str) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}".replace("%", "%%"), [])
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.usefixtures("as_with_many")
def test_a_list_is_walked_upwards_along_the_same_range() -> None:
    plan = rising("all", at=THEN, above=(THEN - timedelta(days=1), 0))[:21].explain()
    assert "listing_of_shelf" in plan
    assert "TEMP B-TREE" not in plan.upper()
    assert "SORT" not in plan.upper()


@pytest.mark.usefixtures("as_with_many")
@pytest.mark.parametrize("name", sorted(name for name in ADDRESSES if not name.startswith("search")))
def test_no_page_reads_through_what_grows_with_the_stories(pages: Asked, name: str) -> None:
    """Every look at a list goes along the list's own index, and every other is for a certain story."""
    for sql in asked(pages.growing.address(name)):
        plan = plan_of(sql)
        if "bulletins_listing" in sql:
            assert "listing_of_shelf" in plan, sql
            assert not READ_THROUGH_WITHIN.search(plan), sql
        assert "release_schedule" not in plan, sql
        assert not READ_THROUGH.search(plan), sql
