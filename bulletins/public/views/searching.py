"""The search, and the units and campaigns it suggests."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bulletins import search as finder
from bulletins.models import Campaign, Kind, Release, Unit
from bulletins.models.release import headline_of
from bulletins.public.about_page import About, Crumb
from bulletins.public.narrowing import Narrowing, named
from bulletins.public.rendering import page
from bulletins.search.folding import fold

SUGGESTED = 8


def search(request: HttpRequest) -> HttpResponse:
    """What was found, how it can be narrowed down, and what else goes by that name. At most eight queries."""
    units, campaigns = known_units(), known_campaigns()
    narrowing = Narrowing(request.GET, units, campaigns)
    query = finder.read_query(request.GET.get("q", ""))
    after = cursor_in(request)
    question = finder.Question(query, narrowing.shelves)
    newest_first = narrowing.is_newest_first
    found = finder.find(question, at=timezone.now(), newest_first=newest_first, after=after)
    return page(
        request,
        "public/search.html",
        section="search",
        crumbs=About((Crumb(pgettext("noun", "Search")),)).crumbs,
        query=query,
        narrowing=narrowing,
        found=found,
        hits=hits(found.releases, query),
        is_first=after is None,
        further=narrowing.address(before=str(found.further)) if found.further else "",
        other_order=narrowing.address(order="" if newest_first else "newest"),
        offers=narrowing.offers(found.by_shelf, found.number),
        units=units_named(units, query.words)[:SUGGESTED],
        campaigns=campaigns_named(campaigns, query.words)[:SUGGESTED],
        one_word=query.words if len(query.words) > 1 else (),
    )


def hits(releases: list[Release], query: finder.Query) -> list[dict[str, Any]]:
    """Each release with its headline, its kicker and the passages that hold the words, marked, and where it belongs."""

    @cache
    def kind(value: str) -> tuple[str, str]:
        return capfirst(str(Kind(value).label)), reverse("public:kind", args=[value])

    @cache
    def unit(slug: str) -> str:
        return reverse("public:unit", args=[slug])

    return [
        {
            "release": release,
            "headline": finder.marked(headline_of(release.content), query.words),
            "kicker": finder.marked(release.content["kicker"], query.words),
            "shown": finder.shown(release, query),
            "kind": kind(release.kind),
            "unit": (release.unit.short_name, unit(release.unit.slug)),
        }
        for release in releases
    ]


def cursor_in(request: HttpRequest) -> finder.Cursor | None:
    """The place that `?before=` names; a broken one is no address of ours."""
    token = request.GET.get("before")
    try:
        return finder.cursor_of(token) if token is not None else None
    except finder.BrokenCursor:
        raise Http404 from None


def suggest(request: HttpRequest) -> HttpResponse:
    """Units and campaigns that have the words in a name, while somebody types. Two queries."""
    words = finder.read_query(request.GET.get("q", "")).words
    found = [
        {
            "name": unit.name,
            "note": capfirst(unit.get_kind_display()),
            "url": reverse("public:unit", args=[unit.slug]),
        }
        for unit in (units_named(known_units(), words) if words else [])
    ]
    found += [
        {
            "name": campaign.name,
            "note": _("Campaign"),
            "url": reverse("public:campaign", args=[campaign.slug]),
        }
        for campaign in (campaigns_named(known_campaigns(), words) if words else [])
    ]
    return JsonResponse({"found": found[:SUGGESTED]})


def known_units() -> list[Unit]:
    fields = ("slug", "name", "short_name", "aliases", "kind")
    return list(Unit.objects.only(*fields).order_by("position", "name"))


def known_campaigns() -> list[Campaign]:
    return list(Campaign.objects.public().only("slug", "name").order_by("position", "name"))


def units_named(units: list[Unit], words: tuple[str, ...]) -> list[Unit]:
    return named(units, words, lambda unit: map(fold, (unit.name, unit.short_name, *unit.aliases)))


def campaigns_named(campaigns: list[Campaign], words: tuple[str, ...]) -> list[Campaign]:
    return named(campaigns, words, lambda campaign: [fold(campaign.name)])
