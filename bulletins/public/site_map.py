"""Every public address, for search engines: which months there are, and what stands in each sitemap.

Nothing here is counted or sorted: a month is one range of its shelf, and whether a month has anything is one look
into the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from taggit.models import Tag

from bulletins.models import Campaign, Correspondent, Kind, Page, Release, Unit
from bulletins.models.listing import ALL, kind_shelf, month_shelf

# Addresses in one sitemap, as the format allows; each story stands in it once in every language, and so does the month.
MOST_ADDRESSES = 50_000
MOST_STORIES = MOST_ADDRESSES // len(settings.LANGUAGES) - 1
# Of things other than stories: far more than any office has.
MOST_THINGS = 8_000
NEWS_DAYS = timedelta(days=2)
MOST_NEWS = 1_000

MENU = ("home", "units", "campaigns", "pages", "correspondents", "tags", "months", "about", "map")
_EVERY_NUMBER = "XX-0000-000000"
# The names of shelves, handed over as one JSON text, as rows.
_ASKED = {
    "sqlite": "json_each(%s) AS asked",
    "postgresql": "json_array_elements_text(%s::json) AS asked(value)",
}


@dataclass(frozen=True)
class Place:
    """One thing's paths in each language, and when what stands there was last released."""

    paths: dict[str, str]
    changed: datetime | None = None


def months(*, at: datetime) -> list[date]:
    """The months in which something public was published, oldest first. Three queries, however many there are."""
    visible = Release.objects.visible(at=at).filter(listings__shelf=ALL)
    ends: list[datetime] = []
    for order in ("listings__published_at", "-listings__published_at"):
        ends += visible.order_by(order).values_list("published_at", flat=True)[:1]
    if not ends:
        return []
    first, last = (timezone.localdate(end).replace(day=1) for end in ends)
    every = list(_months_between(first, last))
    there = that_hold_something([month_shelf(month.year, month.month) for month in every], at=at)
    return [month for month in every if month_shelf(month.year, month.month) in there]


def _months_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def that_hold_something(shelves: list[str], *, at: datetime) -> set[str]:
    """Those of the shelves on which something visible stands: one look into the index for each, in one query."""
    standing = Release.objects.on_shelf(RawSQL("asked.value", []), at=at)
    # The newest one, not just any: asked for any, SQLite walks through all releases and looks whether they stand there.
    sql, parameters = standing.values("pk")[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT asked.value FROM {_ASKED[connection.vendor]} WHERE ({sql}) IS NOT NULL",
            [json.dumps(shelves), *parameters],
        )
        return {shelf for (shelf,) in cursor.fetchall()}


def all_of(month: date, *, at: datetime) -> list[Place]:
    """The page of a month, and its stories, newest first; nothing where it has none. One query."""
    shelf = Release.objects.on_shelf(month_shelf(month.year, month.month), at=at)
    ways = _in_every_language("article", _EVERY_NUMBER)
    stories = [
        Place({code: way.replace(_EVERY_NUMBER, number) for code, way in ways.items()}, public_from)
        for number, public_from in shelf.values_list("number", "public_from")[:MOST_STORIES]
    ]
    if not stories:
        return []
    changed = max(story.changed for story in stories if story.changed)
    return [Place(_in_every_language("archive", month.year, month.month), changed), *stories]


def news(*, at: datetime) -> list[Release]:
    """What was published in the last two days, newest first. One query."""
    newest = Release.objects.visible(at=at).filter(
        listings__shelf=ALL, listings__published_at__gte=at - NEWS_DAYS
    )
    return list(newest.order_by("-listings__published_at", "-listings__release_id")[:MOST_NEWS])


def things(*, at: datetime) -> list[Place]:
    """The lists of the menu, and every other page that is no story and has something on it. Six queries."""
    tags = list(Tag.objects.order_by("pk").values_list("pk", "slug")[:MOST_THINGS])
    people = list(Correspondent.objects.order_by("pk").values_list("pk", "slug")[:MOST_THINGS])
    shelves = {
        **{kind_shelf(kind): ("kind", kind) for kind in Kind.values},
        **{f"tag/{pk}": ("tag", slug) for pk, slug in tags},
        **{f"person/{pk}": ("correspondent", slug) for pk, slug in people},
    }
    there = that_hold_something(list(shelves), at=at)
    found: list[tuple[Any, ...]] = [(name,) for name in MENU]
    found += [("unit", slug) for slug in _slugs(Unit.objects.all())]
    found += [("campaign", slug) for slug in _slugs(Campaign.objects.public())]
    found += [address for shelf, address in shelves.items() if shelf in there]
    papers = Page.objects.filter(is_public=True).order_by("-date", "number")
    found += [("page", *paper) for paper in papers.values_list("date", "number")[:MOST_THINGS]]
    return [Place(_in_every_language(view, *args)) for view, *args in found[:MOST_STORIES]]


def _slugs(things: QuerySet[Any]) -> list[str]:
    return list(things.order_by("position", "pk").values_list("slug", flat=True)[:MOST_THINGS])


def _in_every_language(view: str, *args: Any) -> dict[str, str]:
    ways = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            ways[code] = reverse(f"public:{view}", args=args)
    return ways
