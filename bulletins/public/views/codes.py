"""The QR code by which a story is read on, on a phone."""

from __future__ import annotations

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from bulletins.models import Release, SiteProfile
from bulletins.public.head import base_address


def article_code(request: HttpRequest, number: str) -> HttpResponse:
    """The one address of the story, in the language that its page was read in. Two queries."""
    if not Release.objects.filter(number=number).visible(at=timezone.now()).exists():
        raise Http404
    base = base_address(request, SiteProfile.objects.current())
    return HttpResponse(
        code_of(iri_to_uri(base + reverse("public:article", args=[number]))), content_type="image/svg+xml"
    )


def code_of(address: str) -> bytes:
    """An SVG with the quiet zone of four modules that the norm asks for (ISO/IEC 18004), black on white also at night."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True,
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return drawn.getvalue()
