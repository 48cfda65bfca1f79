"""Answers that whoever has them already gets as 304."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags

# An answer may be kept, but has to be asked for again: what was withdrawn is gone with the next request.
CACHE_CONTROL = "public, no-cache"


def conditional(
    request: HttpRequest, response: HttpResponse, *, modified: datetime | None = None
) -> HttpResponse:
    """The response with a strong ETag (and Last-Modified), or 304.

    A date alone is compared for being the same, not for being later: what is restored or called back makes the newest
    date of a list an older one.
    """
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    return _not_modified(response) if _is_known(request, response) else response


def _is_known(request: HttpRequest, response: HttpResponse) -> bool:
    if "If-None-Match" in request.headers:
        # A proxy that compresses marks the tag as weak; it is still that of these words.
        known = {tag.removeprefix("W/") for tag in parse_etags(request.headers["If-None-Match"])}
        return bool(known & {"*", response.headers["ETag"]})
    return request.headers.get("If-Modified-Since", "") == response.headers.get("Last-Modified")


def _not_modified(response: HttpResponse) -> HttpResponse:
    kept = HttpResponse(status=304)
    for name in ("Cache-Control", "ETag", "Last-Modified", "Link", "Vary"):
        if name in response.headers:
            kept.headers[name] = response.headers[name]
    return kept
