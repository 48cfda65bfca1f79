"""What readers see. Every view starts from `Release.objects.visible` and reads the public tables only."""

from bulletins.public.views.about import about
from bulletins.public.views.articles import article
from bulletins.public.views.campaigns import campaign, campaigns
from bulletins.public.views.columns import archive, kind, months, tag, tags
from bulletins.public.views.correspondents import correspondent, correspondents
from bulletins.public.views.errors import not_found, server_error
from bulletins.public.views.home import home
from bulletins.public.views.pages import newspaper_page, newspaper_pdf, pages
from bulletins.public.views.photos import photo
from bulletins.public.views.searching import search, suggest
from bulletins.public.views.site_map import site_map
from bulletins.public.views.units import unit, units

__all__ = [
    "about",
    "archive",
    "article",
    "campaign",
    "campaigns",
    "correspondent",
    "correspondents",
    "home",
    "kind",
    "months",
    "newspaper_page",
    "newspaper_pdf",
    "not_found",
    "pages",
    "photo",
    "search",
    "server_error",
    "site_map",
    "suggest",
    "tag",
    "tags",
    "unit",
    "units",
]
