"""A story as the editor of WeChat's public platform takes it: four fields with their limits.

Limits and form are those of its drafts: title at most 32 characters, author 16, digest 128, content fewer than 20,000 with
its markup; inline styles only, no class and no script. Links to other sites are not shown there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from bulletins.models import CreditRole
from bulletins.models.body import photo_references, reader_text, with_photos
from bulletins.models.excerpt import excerpt_of
from bulletins.models.release import title_of
from bulletins.models.revision import Content

# In characters, each the most there may be.
LIMITS = {"title": 32, "author": 16, "digest": 128, "content": 19_999}
# A whole first sentence may be a fifth longer than this, and still fits.
DIGEST = 106

_PARAGRAPH = "margin:0 0 1em;font-size:17px;line-height:1.9;text-align:justify;"
_CAPTION = "margin:0 0 1.2em;font-size:14px;line-height:1.6;color:#737373;text-align:center;"
_CELL = "padding:6px 8px;border:1px solid #c8c8c8;font-size:15px;text-align:left;vertical-align:top;"
STYLES = {
    "p": _PARAGRAPH + "text-indent:2em;",
    "h2": "margin:1.8em 0 1em;font-size:20px;font-weight:bold;line-height:1.5;text-align:center;",
    "h3": "margin:1.4em 0 0.8em;font-size:18px;font-weight:bold;line-height:1.5;",
    "ul": "margin:0 0 1em;padding-left:2em;list-style-type:disc;",
    "ol": "margin:0 0 1em;padding-left:2em;list-style-type:decimal;",
    "li": "font-size:17px;line-height:1.9;",
    "blockquote": "margin:0 0 1em;padding-left:1em;border-left:3px solid #c8c8c8;",
    "strong": "font-weight:bold;",
    "em": "font-style:italic;",
    "hr": "margin:1.5em auto;width:6em;border:0;border-top:1px solid #737373;",
    "table": "margin:0 0 1em;width:100%;border-collapse:collapse;",
    "th": _CELL + "font-weight:bold;",
    "td": _CELL,
}
# A paragraph in one of these begins at its edge.
_SET_IN = frozenset({"li", "blockquote", "th", "td"})
_LEFT_OUT = frozenset({"a"})
_SPANS = frozenset({"colspan", "rowspan"})
_SPAN = re.compile("[1-9][0-9]{0,3}")

PictureAt = Callable[[str], str]


@dataclass(frozen=True)
class Draft:
    """The fields, as they are to be put in. `plain` is the content for where no markup can be put in."""

    title: str
    author: str
    digest: str
    content: str
    plain: str
    links: int
    """How many links were left out, their text kept."""
    pictures_to_add: int
    """How many places say which picture belongs there, since its file has no address that WeChat could read."""

    @property
    def too_long(self) -> list[tuple[str, int, int]]:
        """Field, its length and its limit, of each that has more characters than it may."""
        lengths = {name: len(getattr(self, name)) for name in LIMITS}
        return [(name, lengths[name], limit) for name, limit in LIMITS.items() if lengths[name] > limit]


def draft_of(content: Content, picture_at: PictureAt | None) -> Draft:
    """`picture_at` gives the public address of a picture by its SHA-256; None where none of them has one."""
    styler = _Styler(content, picture_at)
    styler.feed(_whole(content))
    styler.close()
    headline = title_of(content)
    with_kicker = f"{content['kicker']} {headline}".strip()
    return Draft(
        title=with_kicker if len(with_kicker) <= LIMITS["title"] else headline,
        author="、".join(_authors(content)),
        digest=excerpt_of(content, DIGEST),
        content="".join(styler.parts),
        plain="\n".join(part for part in (content["summary"], reader_text(content["body"])) if part),
        links=styler.links,
        pictures_to_add=styler.pictures_to_add,
    )


def _authors(content: Content) -> list[str]:
    wrote = [credit["name"] for credit in content["credits"] if credit["role"] == CreditRole.TEXT]
    return list(dict.fromkeys(wrote or [credit["name"] for credit in content["credits"]]))


def _whole(content: Content) -> str:
    """Subhead, summary, pictures, body and who signs, a picture as `<figure>` around its SHA-256 (no body has that)."""
    photos = [photo["sha256"] for photo in content["photos"] if photo["sha256"]]
    in_text = set(photo_references(content["body"]))
    before = [
        f"<p><strong>{escape(content[part])}</strong></p>" for part in ("subhead", "summary") if content[part]
    ]
    before += [_figure(sha256) for sha256 in photos if sha256 not in in_text]
    body = with_photos(content["body"], lambda sha256: _figure(sha256) if sha256 in photos else "")
    signed = " ".join([content["source"] or content["unit"]["name"], *_authors(content)])
    return f"{''.join(before)}{body}<p>（{escape(signed)}）</p>"


def _figure(sha256: str) -> str:
    return f"<figure>{sha256}</figure>"


class _Styler(HTMLParser):
    """Gives each element of a sanitised body its style and takes everything else off it."""

    def __init__(self, content: Content, picture_at: PictureAt | None) -> None:
        super().__init__(convert_charrefs=False)
        self.photos = {photo["sha256"]: photo for photo in content["photos"]}
        self.picture_at = picture_at
        self.parts: list[str] = []
        self.open: list[str] = []
        self.links = 0
        self.pictures_to_add = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += tag == "a"
        if tag not in {"br", "hr"}:
            self.open.append(tag)
        if tag in _LEFT_OUT or tag == "figure":
            return
        style = _PARAGRAPH if tag == "p" and _SET_IN.intersection(self.open) else STYLES.get(tag)
        spans = "".join(
            f' {name}="{value}"' for name, value in attrs if name in _SPANS and _SPAN.fullmatch(value or "")
        )
        self.parts.append(f"<{tag}{spans}" + (f' style="{style}">' if style else ">"))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()
        if tag not in _LEFT_OUT and tag != "figure":
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(self._picture(data) if self.open[-1:] == ["figure"] else data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def _picture(self, sha256: str) -> str:
        photo = self.photos[sha256]
        words = " ".join(part for part in (photo["caption"], photo["credit"]) if part)
        if self.picture_at is None:
            self.pictures_to_add += 1
            return format_html('<p style="{}">{}</p>', _CAPTION, _("[Picture: %(words)s]") % {"words": words})
        shown = format_html(
            '<p style="margin:0 0 0.4em;text-align:center;"><img src="{}" alt="{}" style="max-width:100%;"></p>',
            self.picture_at(sha256),
            photo["alt"] or photo["caption"],
        )
        return shown + (format_html('<p style="{}">{}</p>', _CAPTION, words) if words else "")
