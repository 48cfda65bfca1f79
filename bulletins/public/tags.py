"""Template tags of the public site."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bulletins.models import CreditRole, HeadlineJoin, Placement, Release
from bulletins.models.body import photo_references, with_photos
from bulletins.models.excerpt import excerpt_of
from bulletins.public import pictures, wording

register = template.Library()

_HEADING = re.compile(r"<(/?)h([23])>")


@register.inclusion_tag("public/_item.html")
def item(
    release: Release,
    level: int = 3,
    rank: str = "row",
    length: int = 90,
    place: str = pictures.FRONT,
    is_first: bool = False,
) -> dict[str, Any]:
    """A release in a list: kicker, headline, the beginning of its text, unit, kind and day.

    `rank` is how it is set (lead, second, row, line), `level` the level of its heading, `place` where it stands
    (`bulletins.public.pictures`). `is_first`: at the head of the page, where readers see its picture at once.
    """
    photo = next((photo for photo in release.content["photos"] if photo["sha256"]), None)
    return {
        "release": release,
        "level": level,
        "rank": rank,
        "excerpt": excerpt_of(release.content, length) if length else "",
        "picture": pictures.picture(photo, place, is_first=is_first) if photo and rank != "line" else None,
    }


@register.simple_tag
def headline(content: dict[str, Any]) -> SafeString:
    """The headline joined as stored; where it has to be broken, it breaks between its clauses first."""
    clauses = [clause for line in content["headline"] for clause in line.split()]
    if content["headline_join"] == HeadlineJoin.SPACE:
        return _clauses(clauses)
    return format_html_join("", '<span class="line">{}</span>', ((line,) for line in content["headline"]))


def _clauses(clauses: list[str]) -> SafeString:
    return format_html_join(" ", '<span class="line">{}</span>', ((clause,) for clause in clauses))


@register.simple_tag
def headline_lines(content: dict[str, Any]) -> SafeString:
    """The headline as it was set, a line a line; a line too long for the screen breaks between its clauses first."""
    lines = ((_clauses(line.split()),) for line in content["headline"])
    return format_html_join("", '<span class="set-line">{}</span>', lines)


@register.simple_tag
def byline(content: dict[str, Any]) -> list[SafeString]:
    """The byline in groups; names lead to the pages of those who are known."""
    return wording.byline(content["credits"], _linked_name)


@register.simple_tag
def plain_byline(content: dict[str, Any]) -> list[SafeString]:
    return wording.byline(content["credits"], lambda credit: credit["name"])


def _linked_name(credit: dict[str, Any]) -> SafeString | str:
    if not credit["correspondent"]:
        return format_html('<span lang="zh-Hans">{}</span>', credit["name"])
    url = reverse("public:correspondent", args=[credit["correspondent"]])
    return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, credit["name"])


@register.simple_tag
def body(content: dict[str, Any], heading: int = 2, place: str = pictures.STORY) -> SafeString:
    """The text (sanitised on its way into the database), its section headings beginning at level `heading`.

    `place`: where it stands, for the pictures in it.
    """
    photos = {photo["sha256"]: photo for photo in content["photos"] if photo["sha256"]}
    shifted = _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + heading - 2}>", content["body"])
    return mark_safe(
        with_photos(
            shifted, lambda sha256: figure(photos[sha256], content, place) if sha256 in photos else ""
        )
    )


@register.simple_tag
def figure(
    photo: dict[str, Any], content: dict[str, Any] | None = None, place: str = pictures.STORY
) -> SafeString:
    """One photo with its caption and credit, or a plainly labelled empty frame where the picture is missing.

    With the `content` whose byline stands nearby, a photographer named there as one is not named twice. `place`: one of
    those in `bulletins.public.pictures`.
    """
    credits = content["credits"] if content else []
    in_byline = {
        credit["name"] for credit in credits if credit["role"] in {CreditRole.PHOTO, CreditRole.PICTURE}
    }
    context = {"photo": photo, "taken_by": photo["credit"] if photo["credit"] not in in_byline else ""}
    if photo["sha256"]:
        is_first = place == pictures.STORY and photo["sha256"] == _first_shown(content)
        context["picture"] = pictures.picture(photo, place, is_first=is_first)
    return mark_safe(render_to_string("public/_photo.html", context))


def _first_shown(content: dict[str, Any] | None) -> str:
    """SHA-256 of the picture that stands highest in an article: those beside the text come before it."""
    if content is None:
        return ""
    beside = [photo["sha256"] for photo in loose_photos(content) if photo["sha256"]]
    return next(iter([*beside, *photo_references(content["body"])]), "")


@register.filter
def loose_photos(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Photos that do not stand in the text itself."""
    in_text = set(photo_references(content["body"]))
    return [photo for photo in content["photos"] if photo["sha256"] not in in_text]


@register.filter
def excerpt(release: Release, length: int) -> str:
    return excerpt_of(release.content, length)


@register.filter
def marks(pieces: list[tuple[str, bool]]) -> SafeString:
    """A text in pieces, those that were searched for marked."""
    return mark_safe(
        "".join(f"<mark>{escape(text)}</mark>" if is_word else escape(text) for text, is_word in pieces)
    )


@register.simple_tag
def day(moment: date | datetime, is_approximate: bool = False) -> SafeString:
    """A day as a `<time>` element."""
    the_day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    text = wording.day_text(the_day, is_approximate=is_approximate)
    return format_html('<time datetime="{}">{}</time>', the_day.isoformat(), text)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Day and time as a `<time>` element."""
    exact = timezone.localtime(at).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', exact, wording.moment_text(at))


register.filter("month", wording.month_text)
register.filter("year", wording.year_text)
register.filter("month_name", wording.month_name_text)
register.filter("weekday", wording.weekday_text)
register.filter("day_text", wording.day_text)
register.filter("day_of_month", wording.day_of_month_text)


@register.filter
def cells(placement: Placement) -> str:
    """Classes that put an item where it stood on paper; `placements.css` knows them."""
    return (
        f"c{placement.column} w{placement.width} r{placement.row} h{placement.height} "
        f"weight{placement.weight} text{placement.text_columns}"
    )


@register.filter
def month_address(release: Release) -> str:
    """Where everything of that month stands."""
    published = timezone.localdate(release.published_at)
    return reverse("public:archive", args=[published.year, published.month])


@register.filter
def local_month(moment: datetime) -> str:
    return wording.month_text(timezone.localdate(moment))
