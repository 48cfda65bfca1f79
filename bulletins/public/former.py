"""The way on from an address of the former site, asked for only where there is no page of this one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from bulletins.models import OldAddress
from bulletins.models.address_language import pairs_of, parts_of
from bulletins.models.old_address import ARTICLE


def way_on(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """Where an old address leads now, or None. At most one query."""
    if request.method not in {"GET", "HEAD"}:
        return None
    parts, pairs = parts_of(request.path_info), pairs_of(request.META.get("QUERY_STRING", ""))
    found = OldAddress.objects.leading_on(parts, pairs)
    place = found[0].location(found[1]) if found else None
    if place is None:
        return None
    return HttpResponsePermanentRedirect(
        reverse("public:article", args=[place]) if ARTICLE.fullmatch(place) else place
    )
