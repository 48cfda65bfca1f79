"""Pictures: only those that a visible release shows, and asked for anew each time."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from bulletins.models import Release, ReleasePhoto

CONTENT_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}


def photo(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    """The picture as pages show it. A withdrawn one is gone with the next request, whoever kept a copy."""
    visible = Release.objects.visible(at=timezone.now())
    web = (
        ReleasePhoto.objects.filter(sha256=sha256, release__in=visible).values_list("web", flat=True).first()
    )
    if not web or not web.endswith(f".{extension}") or extension not in CONTENT_TYPES:
        raise Http404
    etag = f'"{sha256}"'
    # Whoever has it already gets no file read.
    return get_conditional_response(request, etag=etag) or _picture(web, CONTENT_TYPES[extension], etag)


def _picture(name: str, content_type: str, etag: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(data, content_type=content_type, headers={"ETag": etag})
