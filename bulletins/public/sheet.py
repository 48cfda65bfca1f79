"""A newspaper page as a PDF: of what is public and nothing else, on one sheet (`bulletins.typesetting`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from bulletins.models import Page, Placement, SiteProfile
from bulletins.public.head import base_address
from bulletins.typesetting import Manuscript

STYLES = ("tokens.css", "public/placements.css", "public/sheet.css")


@dataclass(frozen=True)
class Sheet(Manuscript):
    @classmethod
    def of(cls, request: HttpRequest, paper: Page, placements: list[Placement]) -> Sheet:
        """One query."""
        site = SiteProfile.objects.current()
        html = render_to_string("public/sheet.html", {"paper": paper, "placements": placements, "site": site})
        return cls(html, base_address(request, site), STYLES, fits=True)

    def pictures(self) -> dict[str, bytes]:
        """Whatever a reader's browser would be given at the addresses of the page's pictures."""
        found = {}
        for address in re.findall(r'<img\b[^>]*?\bsrc="(/[^"]+)"', self.html):
            request = HttpRequest()
            request.method, request.path = "GET", address
            try:
                view, arguments, options = resolve(address)
                found[urljoin(self.base, address)] = view(request, *arguments, **options).getvalue()
            except (Http404, Resolver404):
                continue
        return found
