"""A newspaper page as a PDF with real text, set by `typesetting.py` in a process of its own.

Finished files are kept under a hash of all that they were made from, so that one with another text, or without a story
that was withdrawn, is another file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from urllib.parse import urljoin

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from bulletins.models import Page, Placement, SiteProfile
from bulletins.public.head import base_address

TYPESETTER = Path(__file__).with_name("typesetting.py")
STYLES = ("tokens.css", "public/placements.css", "public/sheet.css")
# In seconds. What could not be made is not tried again at once.
TIME_LIMIT, KEPT, REST = 60, 3600, 60
FAILED = b""

logger = logging.getLogger("bulletins.public")
_one_at_a_time = Lock()


class CannotSet(Exception):
    """There is no PDF of this page just now."""


@once
def _styles() -> list[str]:
    return [Path(str(finders.find(name))).read_text() for name in STYLES]


def _kept(name: str) -> bytes | None:
    try:
        pdf: bytes | None = cache.get(name)
    except Exception:
        logger.warning("The cache keeps no PDF.", exc_info=True)
        return None
    return pdf


def _keep(name: str, pdf: bytes) -> None:
    """A cache that is away, or belongs to a role that may not write to it, costs time only."""
    try:
        cache.set(name, pdf, timeout=KEPT if pdf else REST)
    except Exception:
        logger.warning("The cache keeps no PDF.", exc_info=True)


@dataclass(frozen=True)
class Sheet:
    """What a PDF is made from; `key` names it all."""

    html: str
    base: str
    key: str

    @classmethod
    def of(cls, request: HttpRequest, paper: Page, placements: list[Placement]) -> Sheet:
        """One query."""
        site = SiteProfile.objects.current()
        html = render_to_string("public/sheet.html", {"paper": paper, "placements": placements, "site": site})
        base = base_address(request, site)
        parts = [html, base, *_styles(), TYPESETTER.read_text(), version("weasyprint")]
        return cls(html, base, hashlib.sha256(json.dumps(parts).encode()).hexdigest())

    @property
    def etag(self) -> str:
        return f'"{self.key}"'

    def pdf(self) -> bytes:
        """The file. Raises CannotSet."""
        name = f"sheet/{self.key}"
        pdf = _kept(name)
        if pdf is None:
            with _one_at_a_time:  # those who waited for the same page find it finished
                pdf = _kept(name)
                if pdf is None:
                    pdf = self._set()
                    _keep(name, pdf)
        if pdf == FAILED:
            raise CannotSet
        return pdf

    def _set(self) -> bytes:
        pictures = {url: base64.b64encode(data).decode() for url, data in self._pictures().items()}
        given = {"html": self.html, "base": self.base, "styles": _styles(), "pictures": pictures}
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(TYPESETTER)],
                input=json.dumps(given).encode(),
                capture_output=True,
                timeout=TIME_LIMIT,
                check=True,
            )
        except subprocess.TimeoutExpired:
            logger.error("A newspaper page was not set as PDF within %s seconds.", TIME_LIMIT)
            return FAILED
        except subprocess.CalledProcessError as broken:
            logger.error(
                "A newspaper page was not set as PDF: %s", broken.stderr.decode(errors="replace")[-2000:]
            )
            return FAILED
        return done.stdout

    def _pictures(self) -> dict[str, bytes]:
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
