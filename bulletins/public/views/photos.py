"""Pictures: only those that a visible release shows, and asked for anew each time."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from bulletins.models import Release, ReleasePhoto

CONTENT_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}


def photo(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    """The picture as pages show it. A withdrawn one is gone with the next request, whoever kept a copy."""
    visible = Release.objects.visible(at=timezone.now())
    web = ReleasePhoto.objects.filter(sha256=sha256, release__in=visible).values_list("web", flat=True).first()
    if not web or not web.endswith(f".{extension}") or extension not in CONTENT_TYPES:
        raise Http404
    etag = f'"{sha256}"'
    if known := get_conditional_response(request, etag=etag):
        return known
    try:
        response = FileResponse(default_storage.open(web), content_type=CONTENT_TYPES[extension])
    except FileNotFoundError:
        raise Http404 from None
    response.headers["ETag"] = etag
    return response
