"""Finding what an address leads to, and the way on from an address that was renamed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from units.addresses import AddressedQuerySet


def find(
    things: AddressedQuerySet, slug: str, *, request: HttpRequest, view: str
) -> tuple[Any, HttpResponsePermanentRedirect | None]:
    """The thing at this address, and a redirect where the address is a former one. Raises Http404 for neither."""
    thing, is_present = things.at_address(slug)
    if thing is None:
        raise Http404
    if is_present:
        return thing, None
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return thing, HttpResponsePermanentRedirect(reverse(f"public:{view}", args=[thing.slug]) + query)
