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
    "*": set(),  # or the library lets `title` and `lang` through
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
# What editors, office programs and WeChat write for the same thing.
SYNONYMS = (
    ("b", "strong"), ("i", "em"), ("h1", "h2"), ("h4", "h3"), ("h5", "h3"), ("h6", "h3"),
    ("div", "p"), ("section", "p"), ("article", "p"), ("center", "p"), ("figcaption", "p"), ("pre", "p"),
)  # fmt: skip
# A picture stands in the body as `<img src="photo:SHA256">`; no other picture may.
PHOTO = re.compile(r"photo:([0-9a-f]{64})")
BLOCKS = frozenset({"p", "h2", "h3", "li", "blockquote", "tr", "table", "ul", "ol", "hr"})

# Removed where they hold nothing: a block with the white space in it, an inline element from around it.
_EMPTY_BLOCKS = frozenset({"p", "h2", "h3", "li", "blockquote", "ul", "ol"})
_EMPTY_INLINE = frozenset({"strong", "em", "a"})
_VOID = frozenset({"br", "hr", "img"})
# The page indents a paragraph itself; blanks that a typist put before it would indent it twice.
_TYPED_INDENT = re.compile(r"(<(?:p|h2|h3|li|blockquote)>(?:<(?:strong|em)>)*)(?:\s|&nbsp;)+")
# Markup settles in two or three passes; more than this no editor writes.
_PASSES = 10


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if PHOTO.fullmatch(value) else None
    return None if name == "href" and value.strip().lower().startswith("photo:") else value


class _Tidy(HTMLParser):
    """Takes empty elements and pictures without a source out of sanitised markup, in one pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        # For each open element: where its start tag stands in `parts`, and whether it holds anything.
        self.open: list[list[Any]] = [[0, True]]

    def _hold(self, part: str, *, is_something: bool = True) -> None:
        self.parts.append(part)
        self.open[-1][1] |= is_something

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        if tag not in _VOID:
            self.open.append([len(self.parts), False])
            self.parts.append(text)
        elif tag != "img" or "src" in dict(attrs):
            self._hold(text, is_something=tag != "br")

    def handle_endtag(self, tag: str) -> None:
        start, holds_something = self.open.pop()
        if holds_something or tag not in _EMPTY_BLOCKS | _EMPTY_INLINE:
            self._hold(f"</{tag}>")
        elif tag in _EMPTY_BLOCKS:
            del self.parts[start:]
        else:
            del self.parts[start]

    def handle_data(self, data: str) -> None:
        self._hold(data, is_something=bool(data.strip()))

    def handle_entityref(self, name: str) -> None:
        self._hold(f"&{name};", is_something=name != "nbsp")

    def handle_charref(self, name: str) -> None:
        self._hold(f"&#{name};")


def _clean_once(html: str) -> str:
    tidy = _Tidy()
    tidy.feed(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=_attribute,
            url_schemes={"http", "https", "mailto", "tel", "photo"},
            link_rel="noopener noreferrer",
        )
    )
    tidy.close()
    return _TYPED_INDENT.sub(r"\1", "".join(tidy.parts)).strip()


def clean(html: str) -> str:
    """Sanitise by the allow-list: no script, style, event handler, frame, `javascript:` or foreign picture is left.

    What was cleaned stays as it is when it is cleaned again, or its hash would change from one save to the next.
    """
    for old, new in SYNONYMS:
        html = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", html, flags=re.IGNORECASE)
    for _ in range(_PASSES):
        before, html = html, _clean_once(html)
        if before == html:
            break
    return html


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
