"""Pictures: only those that a visible release shows, and asked for anew each time."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from bulletins.models import Release, ReleasePhoto
from bulletins.models.renditions import LARGE_JPEG, Rendition, content_type


def photo(request: HttpRequest, file: Rendition) -> HttpResponseBase:
    """The picture as pages show it. A withdrawn one is gone with the next request, whoever kept a copy.

    One that was kept before there were renditions is answered as the large JPEG, whatever was asked for: a browser looks
    at what it gets. `manage.py make_renditions` makes what is missing.
    """
    visible = Release.objects.visible(at=timezone.now())
    shown = ReleasePhoto.objects.filter(sha256=file.sha256, release__in=visible)
    large = shown.values_list("web", flat=True).first()
    if not large:
        raise Http404
    wanted = [large] if file.label == LARGE_JPEG else [file.file_name, large]
    for name in wanted:
        if answer := _answer(request, name):
            return answer
    raise Http404


def _answer(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """The file, or that it has not changed; nothing if there is none."""
    etag = f'"{PurePosixPath(name).name}"'
    # Whoever has it already gets no file read.
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        with default_storage.open(name) as kept:
            data = kept.read()
    except FileNotFoundError:
        return None
    return HttpResponse(data, content_type=content_type(name), headers={"ETag": etag})
