"""Lists of the interface: one page each, and the address of the next; nothing is counted and nothing skipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from taggit.models import Tag

from bulletins.interchange.api import forms
from bulletins.interchange.api.answering import Asked
from bulletins.interchange.api.problems import not_found
from bulletins.models import Campaign, Listing, Release, Unit
from bulletins.models.listing import ALL, campaign_shelf, kind_shelf, tag_shelf, token_of, unit_shelf
from bulletins.search import Question, find


def page_of(
    asked: Asked, things: QuerySet[Any], form: Callable[[Any], Any], cursor: Callable[[Any], str]
) -> dict[str, Any]:
    """`form` makes JSON of one thing, `cursor` its place."""
    return _page(asked, list(things[: asked.size + 1]), lambda found: [form(each) for each in found], cursor)


def _page(
    asked: Asked, found: list[Any], all_forms: Callable[[list[Any]], list[Any]], cursor: Callable[[Any], str]
) -> dict[str, Any]:
    items = found[: asked.size]
    more = asked.next_after(cursor(items[-1])) if len(found) > asked.size else None
    return {"items": all_forms(items), "next": more}


def articles(asked: Asked) -> dict[str, Any]:
    """Newest first. At most seven queries."""
    values = asked.values
    shelf, *others = shelves(asked) or [ALL]
    found = Release.objects.on_shelf(
        shelf,
        at=asked.at,
        before=values.get("cursor"),
        since=values.get("since"),
        until=values.get("until"),
    ).select_related("unit")
    for other in others:
        found = found.filter(Exists(Listing.objects.filter(release=OuterRef("pk"), shelf=other)))
    releases = list(found[: asked.size + 1])
    return _page(asked, releases, lambda items: forms.articles(items, asked.site), token_of)


def search(asked: Asked) -> dict[str, Any]:
    """What was found, a page of the search's own size. At most eight queries."""
    values = asked.values
    question = Question(values["q"], tuple(shelves(asked)))
    newest_first = "order" in values
    found = find(question, at=asked.at, newest_first=newest_first, after=values.get("cursor"))
    return {
        "items": forms.articles(found.releases, asked.site),
        "next": asked.next_after(str(found.further)) if found.further else None,
    }


def shelves(asked: Asked) -> list[str]:
    """The lists in which an article must stand to be found, the shortest first as far as one can tell."""
    values = asked.values
    named = []
    if "campaign" in values:
        named.append(campaign_shelf(_known(Campaign.objects.public(), values["campaign"])))
    if "tag" in values:
        named.append(tag_shelf(_tag(asked, values["tag"])))
    if "unit" in values:
        named.append(unit_shelf(_known(Unit.objects.all(), values["unit"])))
    if "kind" in values:
        named.append(kind_shelf(values["kind"]))
    return named


def _known(things: Any, slug: str) -> Any:
    thing, _is_present = things.at_address(slug)
    if thing is None:
        raise not_found(slug)
    return thing


def _tag(asked: Asked, name: str) -> Tag:
    """A tag that stands on drafts only is not known here: it would tell what is in the making."""
    tag = Tag.objects.filter(Q(slug=name) | Q(name=name)).order_by("pk").first()
    if tag is None or not Release.objects.on_shelf(tag_shelf(tag), at=asked.at).exists():
        raise not_found(name)
    return tag
