"""About this site, in the office's own words."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bulletins.public.about_page import Column, Crumb
from bulletins.public.rendering import page


def about(request: HttpRequest) -> HttpResponse:
    return page(request, "public/about.html", section="about", about=Column((Crumb(_("About")),)))
