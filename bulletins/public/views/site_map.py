"""The site map: every list and every column on one page, for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Campaign, Unit
from bulletins.public.about_page import Column, Crumb
from bulletins.public.rendering import page
from bulletins.public.site_map import months
from bulletins.public.views.columns import by_year
from bulletins.public.views.units import nested


def site_map(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    return page(
        request,
        "public/site_map.html",
        about=Column((Crumb(_("Site map")),)),
        tree=nested(Unit.objects.with_tree_fields()),
        today=timezone.localdate(at),
        campaigns=list(Campaign.objects.public().order_by("position", "name")),
        years=by_year(months(at=at)),
    )
