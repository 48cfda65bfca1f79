"""The newest visible release of each of many lists, in two queries however many lists and articles there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from bulletins.models.release import Release


def shelf_named(prefix: str) -> Concat:
    """The name of the shelf that belongs to a row, as `unit/7`."""
    return Concat(Value(f"{prefix}/"), Cast("pk", CharField()), output_field=CharField())


def with_newest(things: QuerySet[Any], shelf: Any, *, at: datetime) -> QuerySet[Any]:
    """Each thing with `newest_id`: the newest visible release on its shelf, an expression such as `shelf_named`."""
    on_its_shelf = Release.objects.visible(at=at).filter(listings__shelf=OuterRef("shelf"))
    newest = on_its_shelf.order_by("-listings__published_at", "-listings__release_id").values("pk")[:1]
    return things.annotate(shelf=shelf, newest_id=Subquery(newest))


def attach_newest(things: Iterable[Any], *, at: datetime) -> list[Any]:
    """Put the releases that `newest_id` names on the things as `newest`. One query beside that for the things."""
    things = list(things)
    wanted = {thing.newest_id for thing in things if thing.newest_id}
    found = Release.objects.visible(at=at).select_related("unit").in_bulk(wanted) if wanted else {}
    for thing in things:
        thing.newest = found.get(thing.newest_id)
    return things
