"""The body of an article: what markup it may hold, and the text that a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import nh3
from django.db import models

TAGS = {
    "p", "h2", "h3", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
# What editors and office programs write for the same thing.
SYNONYMS = (("b", "strong"), ("i", "em"), ("h1", "h2"), ("h4", "h3"), ("div", "p"))
# A picture stands in the body as `<img src="photo:SHA256">`; no other picture may.
PHOTO = re.compile(r"photo:([0-9a-f]{64})")
BLOCKS = frozenset({"p", "h2", "h3", "li", "blockquote", "tr", "table", "ul", "ol", "hr"})

_NO_SOURCE = re.compile(r"<img(?![^>]*\bsrc=)[^>]*>")
_EMPTY = re.compile(r"<(p|h2|h3|strong|em|li|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if PHOTO.fullmatch(value) else None
    return value


def clean(html: str) -> str:
    """Sanitise by the allow-list: no script, style, event handler, frame, `javascript:` or foreign picture is left."""
    for old, new in SYNONYMS:
        html = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", html, flags=re.IGNORECASE)
    html = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "photo"},
        link_rel="noopener noreferrer",
    )
    html = _NO_SOURCE.sub("", html)
    before = None
    while before != html:  # an emptied element may leave its parent empty
        before, html = html, _EMPTY.sub("", html)
    return html.strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def reader_text(html: str) -> str:
    """The text that a reader sees, a line a paragraph, without empty lines."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def photo_references(html: str) -> list[str]:
    """SHA-256 of the photos that stand in the body, in order."""
    return PHOTO.findall(html)


_PICTURE = re.compile(r'(?:<p>\s*)?<img[^>]*\bsrc="photo:([0-9a-f]{64})"[^>]*>(?:\s*</p>)?')


def with_photos(html: str, show: Callable[[str], str]) -> str:
    """The markup with each picture replaced by what `show(sha256)` makes of it (safe markup of the caller's)."""
    return _PICTURE.sub(lambda match: show(match[1]), html)


class BodyField(models.TextField):
    """Markup that is sanitised on its way to the database, by whichever door it comes (form, fixture, import, update)."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) and value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str) and value:
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value
