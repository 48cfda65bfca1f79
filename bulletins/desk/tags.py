"""Template tags of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.encoding import uri_to_iri
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bulletins import workflow
from bulletins.desk.photos import address_of, read_token
from bulletins.desk.proofs import FAULTS
from bulletins.desk.queue import length_of
from bulletins.desk.remarked import Remarked
from bulletins.models import Article, Capacity, CreditRole, Kind, ReleaseState, Stage
from bulletins.models.body import photo_references, with_photos
from bulletins.models.release import headline_of
from bulletins.models.revision import Content

register = template.Library()
register.filter("length_of", length_of)
register.filter("headline_of", headline_of)


@register.filter
def age(moment: datetime) -> str:
    """How long ago, in its largest unit alone."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("less than a minute")
    return str(timesince(moment, depth=1))


@register.filter
def moment(when: datetime) -> str:
    """Day and time as the desk says them; the year only if it is another one."""
    local = timezone.localtime(when)
    if local.year == timezone.localdate().year:
        return date_format(local, pgettext("format of a moment this year", "j M, H:i"))
    return date_format(local, pgettext("format of a moment", "j F Y, H:i"))


@register.filter
def stage_badge(stage: str) -> SafeString:
    """The name of a stage, or of a release's state, in its colour; the word says all, the colour only helps."""
    return format_html('<span class="stage stage-{}">{}</span>', stage, stage_label(stage))


@register.filter
def stage_label(stage: str) -> str:
    labels: dict[str, Any] = dict(Stage.choices) | dict(ReleaseState.choices)
    return str(labels.get(stage, stage))


@register.filter
def verb_label(verb: str) -> str:
    return str(workflow.LABELS.get(verb, verb))


@register.filter
def iri(path: str) -> str:
    """An address as people read it, Chinese and all."""
    return uri_to_iri(path)


@register.filter
def fault_label(fault: str) -> str:
    """Why an address gave no answer."""
    return str(FAULTS.get(fault, fault))


@register.filter
def kind_label(kind: str) -> str:
    return str(dict(Kind.choices).get(kind, kind))


@register.filter
def byline(content: Content) -> SafeString:
    """The credits as they are printed: one part after the other, its names in order."""
    roles, capacities = dict(CreditRole.choices), dict(Capacity.choices)
    parts: dict[tuple[str, str], list[str]] = {}
    for credit in content["credits"]:
        parts.setdefault((credit["role"], credit["capacity"]), []).append(credit["name"])
    return format_html_join(
        " ",
        '<span class="byline-part"><span class="byline-role">{}</span> {}</span>',
        (
            (" · ".join(str(t) for t in (roles.get(role), capacities.get(capacity)) if t), "、".join(names))
            for (role, capacity), names in parts.items()
        ),
    )


def _figure(photo: dict[str, Any], article: Article) -> SafeString:
    if photo["is_missing"]:
        picture = format_html('<div class="photo-missing">{}</div>', _("The picture itself is missing."))
    else:
        picture = format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            reverse("admin:article_picture", args=[article.number, photo["sha256"]]),
            photo["alt"],
            photo["width"],
            photo["height"],
        )
    words = " ".join(
        part for part in (photo["caption"], photo["credit"] and f"（{photo['credit']}）") if part
    )
    return format_html("<figure>{}<figcaption>{}</figcaption></figure>", picture, words)


@register.simple_tag
def body_of(content: Content, article: Article, markup: str | None = None) -> SafeString:
    """The body with its pictures, or what of its `markup` was made for this page. It was sanitised on the way into the
    database.
    """
    known = {photo["sha256"]: photo for photo in content["photos"] if photo["sha256"]}

    def show(sha256: str) -> str:
        if photo := known.get(sha256):
            return str(_figure(photo, article))
        return str(format_html('<p class="photo-missing">{}</p>', _("A photo stood here that is gone.")))

    return mark_safe(with_photos(content["body"] if markup is None else markup, show))


@register.simple_tag
def photos_beside(content: Content, article: Article) -> SafeString:
    """The photos that do not stand in the text."""
    placed = set(photo_references(content["body"]))
    loose = (photo for photo in content["photos"] if photo["sha256"] not in placed)
    return format_html_join("", "{}", ((_figure(photo, article),) for photo in loose))


@register.simple_tag
def photo_address(token: str) -> str:
    """Where the picture of a row in the form can be looked at."""
    return address_of(token or "")


@register.simple_tag
def photo_sha(token: str) -> str:
    return (read_token(token or "") or {}).get("sha256", "")


@register.simple_tag
def said_of(content: Content, name: str, remarked: Remarked | None = None) -> SafeString:
    """A field above the body, with the passages marked that have remarks."""
    return remarked.marked(name) if remarked else conditional_escape(content[name])


@register.simple_tag
def headline_lines(content: Content, remarked: Remarked | None = None) -> list[SafeString]:
    """The lines of the headline, marked likewise."""
    if not remarked:
        return [conditional_escape(line) for line in content["headline"]]
    return [mark_safe(line) for line in remarked.marked("headline").split("\n")]


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key)


@register.filter
def broken(text: str) -> str:
    """The end of a paragraph that was added or taken out is a sign that one can see."""
    return text.replace("\n", "¶\n")
