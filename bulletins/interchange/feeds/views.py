"""How feeds are answered: conditionally, and asked for anew each time."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from bulletins.interchange.conditional import conditional
from bulletins.interchange.feeds import atom, json_feed, rss
from bulletins.interchange.feeds.gathering import (
    Column,
    Feed,
    everything,
    gather,
    gather_found,
    of_campaign,
    of_unit,
)
from bulletins.interchange.place import Site, find
from bulletins.models import Campaign, Unit
from bulletins.models.listing import Place, place_of
from bulletins.search import LONGEST, read_query

FORMATS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (atom.write, atom.CONTENT_TYPE),
    "rss": (rss.write, rss.CONTENT_TYPE),
    "json": (json_feed.write, json_feed.CONTENT_TYPE),
}


@require_safe
def of_site(request: HttpRequest, form: str) -> HttpResponseBase:
    return answer(request, everything(Site.of(request)), form)


@require_safe
def of_one_unit(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    unit, moved = find(request, Unit.objects.all(), slug)
    if unit is None:
        raise Http404
    return moved or answer(request, of_unit(unit, Site.of(request)), form)


@require_safe
def of_one_campaign(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    campaign, moved = find(request, Campaign.objects.public(), slug)
    if campaign is None:
        raise Http404
    return moved or answer(request, of_campaign(campaign, Site.of(request)), form)


@require_safe
def of_search(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest of what is found by `?q=`; without any word to look for it is no feed."""
    words = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    if not read_query(words):
        raise Http404
    address = request.build_absolute_uri(request.path)
    return said(request, gather_found(words, Site.of(request), address, at=timezone.now()), form)


def answer(request: HttpRequest, column: Column, form: str) -> HttpResponse:
    address = request.build_absolute_uri(request.path)
    feed = gather(column, Site.of(request), address, at=timezone.now(), before=_before(request))
    return said(request, feed, form)


def said(request: HttpRequest, feed: Feed, form: str) -> HttpResponse:
    write, content_type = FORMATS[form]
    response = HttpResponse(write(feed), content_type=content_type)
    links = [(feed.address, "self"), (feed.hub, "hub")]
    response.headers["Link"] = ", ".join(f'<{href}>; rel="{rel}"' for href, rel in links if href)
    return conditional(request, response, modified=feed.updated)


def _before(request: HttpRequest) -> Place | None:
    """The place that `?before=` names; a broken one is no address of ours, as on a page."""
    if "before" not in request.GET:
        return None
    try:
        return place_of(request.GET["before"])
    except ValueError:
        raise Http404 from None
