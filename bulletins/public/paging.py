"""Lists paged by position: a page keeps its meaning when something new is released, and none is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from bulletins.models import Release
from bulletins.models.listing import Place, place_of, place_token, rising, token_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class Slice:
    """One page of a list: what stands below the place `before`, or the newest.

    `earlier` is the token of the page after it, empty at the end; `newer` that of the page before it, empty where that
    is the beginning of the list. Every page has one address, from whichever side a reader comes to it.
    """

    items: list[Release]
    before: Place | None = None
    earlier: str = ""
    newer: str = ""

    @property
    def is_newest(self) -> bool:
        return self.before is None


def place_in(request: HttpRequest) -> Place | None:
    """The place that `?before=` names; a broken one is no address of ours."""
    token = request.GET.get("before")
    if token is None:
        return None
    try:
        return place_of(token)
    except ValueError:
        raise Http404 from None


def slice_of(shelf: str, *, at: datetime, before: Place | None, size: int = PAGE_SIZE) -> Slice:
    """The next `size` items of a list. One query; two below the beginning."""
    found = list(Release.objects.on_shelf(shelf, at=at, before=before).select_related("unit")[: size + 1])
    items = found[:size]
    earlier = token_of(items[-1]) if len(found) > size else ""
    newer = _newer(shelf, at, before, size) if before else ""
    return Slice(items, before, earlier, newer)


def _newer(shelf: str, at: datetime, before: Place, size: int) -> str:
    """A page of `size` ends with the item at `before`: it stands below the next one up, if there is one."""
    published_at, pk = before
    above = rising(shelf, at=at, above=(published_at, pk - 1))
    places = list(above.values_list("listings__published_at", "listings__release_id")[: size + 1])
    return place_token(places[size]) if len(places) > size else ""
