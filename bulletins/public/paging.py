"""Lists paged by position: a page keeps its meaning when something new is released, and none is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest

from bulletins.models import Release

PAGE_SIZE = 20
Place = tuple[datetime, int]

# Seventeen digits of microseconds reach into the year 5138, eighteen of an id into its column.
_TOKEN = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Slice:
    """One page of a list. `earlier` is the token of the next one, empty at the end."""

    items: list[Release]
    earlier: str
    is_newest: bool


def token_of(release: Release) -> str:
    """The release's place in every list, as it stands in an address."""
    microseconds = (release.published_at - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}-{release.pk}"


def place_in(request: HttpRequest) -> Place | None:
    """The place that `?before=` names; a broken one is no address of ours."""
    token = request.GET.get("before")
    if token is None:
        return None
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise Http404
    return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def slice_of(shelf: str, *, at: datetime, before: Place | None, size: int = PAGE_SIZE) -> Slice:
    """The next `size` items of a list. One query."""
    found = list(Release.objects.on_shelf(shelf, at=at, before=before).select_related("unit")[: size + 1])
    items = found[:size]
    return Slice(items, token_of(items[-1]) if len(found) > size else "", before is None)
