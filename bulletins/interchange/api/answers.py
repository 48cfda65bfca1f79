"""What each question is answered with. Everything starts from `Release.objects.visible` and reads the public tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from bulletins.interchange.api import forms
from bulletins.interchange.api.answering import Asked, said
from bulletins.interchange.api.lists import page_of
from bulletins.interchange.api.ninjs import CONTENT_TYPE as NINJS
from bulletins.interchange.api.ninjs import ninjs
from bulletins.interchange.api.problems import Problem, not_found
from bulletins.interchange.place import find
from bulletins.models import Campaign, Correspondent, Page, Release, Unit
from bulletins.models.newest import shelf_named, with_newest
from bulletins.models.placing import has_pdf, placed

Json = dict[str, Any]
# The name of the address that takes whatever no other took.
NOTHING = "nothing"


def article(asked: Asked, number: str) -> HttpResponse:
    """In the form that the question prefers, ninjs only where it is named."""
    release = public_release(asked, number)
    if wants_ninjs(asked.request):
        response = said(ninjs(release, asked.site), NINJS)
    else:
        response = said(forms.articles([release], asked.site)[0])
    patch_vary_headers(response, ["Accept"])
    return response


def article_ninjs(asked: Asked, number: str) -> HttpResponse:
    return said(ninjs(public_release(asked, number), asked.site), NINJS)


def wants_ninjs(request: HttpRequest) -> bool:
    return request.get_preferred_type(["application/json", NINJS]) == NINJS


def public_release(asked: Asked, number: str) -> Release:
    versions = Release.objects.filter(number=number)
    release = versions.visible(at=asked.at).select_related("unit").first()
    if release is not None:
        return release
    gone = versions.withdrawn(at=asked.at).order_by("-withdrawn_at", "-sequence").first()
    if gone is None or gone.withdrawn_at is None:
        raise not_found(number)
    raise Problem("withdrawn", gone.notice, number=number, withdrawn=forms.instant(gone.withdrawn_at))


def units(asked: Asked) -> Json:
    known = Unit.objects.select_related("parent").filter(after(asked)).order_by("pk")
    return page_of(asked, known, lambda unit: forms.unit(unit, asked.site), id_of)


def unit(asked: Asked, slug: str) -> HttpResponse | Json:
    unit, moved = found(asked, Unit.objects.select_related("parent"), slug)
    if moved:
        return moved
    below = unit.children.order_by("position", "name")
    return forms.unit(unit, asked.site) | {
        "above": [forms.unit_reference(upper, asked.site) for upper in unit.lineage()[:-1]],
        "below": [forms.unit_reference(lower, asked.site) for lower in below],
    }


def campaigns(asked: Asked) -> Json:
    known = Campaign.objects.public().select_related("lead_unit").filter(after(asked)).order_by("pk")
    return page_of(asked, known, campaign_form(asked), id_of)


def campaign(asked: Asked, slug: str) -> HttpResponse | Json:
    campaign, moved = found(asked, Campaign.objects.public().select_related("lead_unit"), slug)
    return moved or campaign_form(asked)(campaign)


def campaign_form(asked: Asked) -> Callable[[Campaign], Json]:
    day = timezone.localdate(asked.at)
    return lambda campaign: forms.campaign(campaign, asked.site, on=day)


def correspondents(asked: Asked) -> Json:
    known = credited(asked).filter(after(asked)).order_by("pk")
    return page_of(asked, known, lambda person: forms.correspondent(person, asked.site), id_of)


def correspondent(asked: Asked, slug: str) -> HttpResponse | Json:
    person, moved = found(asked, credited(asked), slug)
    return moved or forms.correspondent(person, asked.site)


def credited(asked: Asked) -> Any:
    """Those of whom something is public; whoever only drafts so far is nobody's business."""
    known = with_newest(Correspondent.objects.select_related("unit"), shelf_named("person"), at=asked.at)
    return known.filter(newest_id__isnull=False)


def pages(asked: Asked) -> Json:
    """Newest day first, and by number within a day."""
    known = Page.objects.filter(is_public=True).order_by("-date", "number")
    if "cursor" in asked.values:
        day, number = asked.values["cursor"]
        known = known.filter(Q(date__lt=day) | Q(date=day, number__gt=number))
    return page_of(
        asked,
        known,
        lambda paper: forms.page(paper, asked.site),
        lambda paper: f"{paper.date.toordinal()}.{paper.number}",
    )


def page(asked: Asked, date: date, number: int) -> Json:
    paper = Page.objects.filter(date=date, number=number, is_public=True).first()
    if paper is None:
        raise not_found(f"{date.isoformat()} {number}")
    standing = placed(paper.placements.order_by("position", "pk"), at=asked.at)
    pdf = asked.site.at("public_root:page_pdf", date, number) if has_pdf(standing) else None
    return forms.page(paper, asked.site) | {"pdf": pdf, "items": forms.placements(standing, asked.site)}


def nothing(asked: Asked) -> HttpResponse:
    """Any address of the interface that is none; one that lacks its last slash leads to the one that has it."""
    address = asked.request.path_info
    if not address.endswith("/") and resolve(f"{address}/").url_name != NOTHING:
        query = asked.request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(iri_to_uri(f"{address}/") + (f"?{query}" if query else ""))
    raise Problem("not-found", _("The addresses that there are stand in /api/v1/openapi.json."))


def after(asked: Asked) -> Q:
    return Q(pk__gt=asked.values["cursor"]) if "cursor" in asked.values else Q()


def id_of(thing: Any) -> str:
    return str(thing.pk)


def found(asked: Asked, things: Any, slug: str) -> tuple[Any, HttpResponse | None]:
    """The thing at this address, and the way on from a former one. Raises Problem where there is none."""
    thing, moved = find(asked.request, things, slug)
    if thing is None:
        raise not_found(slug)
    return thing, moved
