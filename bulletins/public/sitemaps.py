"""Sitemaps as XML (sitemaps.org 0.9, with Google's news and xhtml's alternates)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone
from django.utils.encoding import iri_to_uri

from bulletins.models import Release
from bulletins.public.rendering import HTML_LANGUAGE
from bulletins.public.site_map import Place

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OF_ADDRESSES = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
OF_NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)
OF_SITEMAPS = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
NEWS_LANGUAGE = "zh-cn"

Absolute = Callable[[str], str]


def absolute_below(base: str) -> Absolute:
    """Makes a path a whole address, percent signs and all."""
    return lambda path: iri_to_uri(base + path)


def index(addresses: Iterable[str]) -> str:
    lines = [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses]
    return "\n".join([HEAD + OF_SITEMAPS, *lines, "</sitemapindex>\n"])


def addresses(places: Iterable[Place], absolute: Absolute) -> str:
    """Each place once in every language, each time with all of them as alternates."""
    lines = []
    for place in places:
        ways = {code: absolute(path) for code, path in place.paths.items()}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{HTML_LANGUAGE[code]}" href={quoteattr(way)}/>'
            for code, way in ways.items()
        )
        changed = f"<lastmod>{_moment(place.changed)}</lastmod>" if place.changed else ""
        lines += [f"<url><loc>{escape(way)}</loc>{changed}{others}</url>" for way in ways.values()]
    return "\n".join([HEAD + OF_ADDRESSES, *lines, "</urlset>\n"])


def news(releases: Iterable[Release], absolute: Absolute, *, publication: str) -> str:
    lines = [
        f"<url><loc>{escape(absolute(release.get_absolute_url()))}</loc><news:news><news:publication>"
        f"<news:name>{_text(publication)}</news:name><news:language>{NEWS_LANGUAGE}</news:language>"
        f"</news:publication><news:publication_date>{_moment(release.published_at)}</news:publication_date>"
        f"<news:title>{_text(release.title)}</news:title></news:news></url>"
        for release in releases
    ]
    return "\n".join([HEAD + OF_NEWS, *lines, "</urlset>\n"])


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _text(text: str) -> str:
    """Without what XML cannot hold."""
    return escape("".join(letter for letter in text if letter.isprintable()))
