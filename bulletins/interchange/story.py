"""What every format tells of a released article, with absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from bulletins.interchange.place import Site
from bulletins.models import CreditRole, Release
from bulletins.models.body import photo_references, reader_text, with_photos
from bulletins.models.correction import Correction
from bulletins.models.excerpt import excerpt_of
from bulletins.models.renditions import FORMS, Rendition, sizes_of

EXCERPT = 120
PICTURE_TYPE = "image/jpeg"
# What XML 1.0 cannot hold, not even escaped: control characters, halves of surrogate pairs, two non-characters.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


@dataclass(frozen=True)
class PictureFile:
    """One file of a picture, in pixels."""

    url: str
    content_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """`url`, `width` and `height` are those of the large JPEG, which everybody can show; `files` are all there are."""

    url: str
    width: int
    height: int
    caption: str
    alt: str
    credit: str
    files: list[PictureFile]


@dataclass(frozen=True)
class Story:
    """`title` is kicker and headline, since a headline's subject often stands in its kicker. `html` is the full text."""

    release: Release
    identity: str
    url: str
    title: str
    summary: str
    excerpt: str
    html: str
    text: str
    authors: list[str]
    contributors: list[str]
    campaigns: list[str]
    tags: list[str]
    pictures: list[Picture]
    corrections: list[Correction]
    published: datetime
    updated: datetime

    @classmethod
    def of(cls, release: Release, site: Site) -> Story:
        content = release.content
        authors, contributors = people(content["credits"])
        return cls(
            release=release,
            identity=site.identity(release.number),
            url=site.at("public:article", release.number),
            title=printable(f"{content['kicker']} {release.title}".strip()),
            summary=printable(content["summary"].strip()),
            excerpt=printable(excerpt_of(content, EXCERPT)),
            html=printable(markup(content, site, release.corrections)),
            text=printable(reader_text(content["body"])),
            authors=authors,
            contributors=contributors,
            campaigns=[printable(campaign["name"]) for campaign in content["campaigns"]],
            tags=[printable(tag) for tag in content["tags"]],
            pictures=[picture(photo, site) for photo in content["photos"] if photo["sha256"]],
            corrections=[Correction(printable(each.text), each.at) for each in release.corrections],
            published=release.published_at,
            updated=release.updated_at or release.published_at,
        )


def people(credits: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Who wrote it, or whoever made it where nobody wrote; and the others. Each once, in order."""
    names = list(dict.fromkeys(printable(credit["name"]) for credit in credits))
    wrote = {printable(credit["name"]) for credit in credits if credit["role"] == CreditRole.TEXT}
    authors = [name for name in names if name in wrote] or names
    return authors, [name for name in names if name not in authors]


def picture(photo: dict[str, Any], site: Site) -> Picture:
    shown = files(photo, site)
    large = shown[-1]
    caption, alt, credit = (printable(photo[name]) for name in ("caption", "alt", "credit"))
    return Picture(large.url, large.width, large.height, caption, alt, credit, shown)


def files(photo: dict[str, Any], site: Site) -> list[PictureFile]:
    """All that pages may show of it; the last is the large JPEG."""
    return [
        PictureFile(
            site.at("public:photo", Rendition(photo["sha256"], f"{size.name}.{extension}")),
            form.content_type,
            size.width,
            size.height,
        )
        for extension, form in FORMS.items()
        for size in sizes_of(photo["width"], photo["height"])
    ]


def markup(content: dict[str, Any], site: Site, corrections: Iterable[Correction] = ()) -> str:
    """Corrections, subhead, summary, pictures and body, as markup that stands on its own."""
    pictures = {photo["sha256"]: picture(photo, site) for photo in content["photos"] if photo["sha256"]}
    in_text = set(photo_references(content["body"]))
    before = [
        f"<p><strong>更正</strong>（{timezone.localtime(each.at):%Y-%m-%d}）：{escape(each.text)}</p>"
        for each in corrections
    ]
    before += [
        f"<p><strong>{escape(content[part])}</strong></p>" for part in ("subhead", "summary") if content[part]
    ]
    before += [_figure(each) for sha256, each in pictures.items() if sha256 not in in_text]
    body = with_photos(
        content["body"], lambda sha256: _figure(pictures[sha256]) if sha256 in pictures else ""
    )
    return "".join([*before, body])


def _figure(shown: Picture) -> SafeString:
    words = " ".join(part for part in (shown.caption, shown.credit) if part)
    caption = format_html("<figcaption>{}</figcaption>", words) if words else ""
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>',
        shown.url,
        shown.alt,
        shown.width,
        shown.height,
        caption,
    )
