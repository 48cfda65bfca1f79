"""Pages for when there is nothing to show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from bulletins.public.former import way_on
from bulletins.public.rendering import CACHE_CONTROL, page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the former site had leads on; anything else is no address of ours."""
    response = way_on(request) or page(request, "public/not_found.html", status=404)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, perhaps the database: this asks nothing of it, nor of anything else."""
    response = HttpResponse(render_to_string("public/server_error.html"), status=500)
    response.headers["Cache-Control"] = "no-store"
    return response
