"""Lists paged by position: a page keeps its meaning when something new is released, and none is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from bulletins.models import Release
from bulletins.models.listing import Place, place_of, token_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class Slice:
    """One page of a list. `earlier` is the token of the next one, empty at the end."""

    items: list[Release]
    earlier: str
    is_newest: bool


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
    """The next `size` items of a list. One query."""
    found = list(Release.objects.on_shelf(shelf, at=at, before=before).select_related("unit")[: size + 1])
    items = found[:size]
    return Slice(items, token_of(items[-1]) if len(found) > size else "", before is None)
