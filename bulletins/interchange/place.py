"""Where this site stands, and the absolute addresses of what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from units.addresses import AddressedQuerySet


@dataclass(frozen=True)
class Site:
    """The site as whoever asked reached it. `root` is as `https://news.example`, without a slash."""

    root: str
    host: str

    @classmethod
    def of(cls, request: HttpRequest) -> Site:
        root = request.build_absolute_uri("/").rstrip("/")
        return cls(root, urlsplit(root).hostname or "")

    def at(self, view: str, *args: Any) -> str:
        """The absolute address of a view, as `public:article`."""
        return self.root + reverse(view, args=args)

    def identity(self, number: str) -> str:
        """A tag URI (RFC 4151) that names the article for good, whatever becomes of its address or its text."""
        return f"tag:{self.host},{number.split('-')[1]}:{number}"


def find(
    request: HttpRequest, things: AddressedQuerySet, slug: str
) -> tuple[Any, HttpResponsePermanentRedirect | None]:
    """The thing at this address or None, and a redirect to the same view where the address is a former one."""
    thing, is_present = things.at_address(slug)
    if thing is None or is_present:
        return thing, None
    match = request.resolver_match
    assert match is not None  # the view was found by it
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    there = reverse(match.view_name, kwargs=match.kwargs | {"slug": thing.slug})
    return thing, HttpResponsePermanentRedirect(there + query)
