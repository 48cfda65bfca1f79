"""The directory of units, and one unit's page: what it and everything below it released."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Unit
from bulletins.models.listing import unit_shelf
from bulletins.public.about_page import Column, Crumb, listed, through_units
from bulletins.public.addresses import find
from bulletins.public.paging import place_in, slice_of
from bulletins.public.rendering import page


def units(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "public/units.html",
        section="units",
        about=Column((Crumb(_("Units")),)),
        tree=nested(Unit.objects.with_tree_fields()),
        today=timezone.localdate(),
    )


def nested(units: object) -> list[Unit]:
    """The topmost units, each with the units right below it as `below`, in the order of the tree."""
    top: list[Unit] = []
    path: list[Unit] = []
    for unit in units:  # type: ignore[attr-defined]
        unit.below = []
        del path[unit.tree_depth :]
        (path[-1].below if path else top).append(unit)
        path.append(unit)
    return top


def unit(request: HttpRequest, slug: str) -> HttpResponse:
    at, before = timezone.now(), place_in(request)
    unit, moved = find(Unit.objects.all(), slug, request=request, view="unit")
    if moved:
        return moved
    own = request.GET.get("scope") == "own"
    above = unit.lineage()[:-1]
    return page(
        request,
        "public/unit.html",
        section="units",
        about=Column(
            (listed("units", _("Units")), *through_units(above), Crumb(unit.short_name, is_chinese=True)),
            told_by=("scope", "before") if own else ("before",),
            type=_("Units"),
            title=unit.name,
            keywords=tuple(dict.fromkeys((unit.short_name, *unit.aliases))),
        ),
        unit=unit,
        above=above,
        below=list(unit.children.order_by("position", "name")),
        own=own,
        today=timezone.localdate(at),
        stories=slice_of(unit_shelf(unit, own=own), at=at, before=before),
        keep="scope=own&" if own else "",
    )
