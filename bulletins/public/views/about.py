"""About this site, in the office's own words."""

from django.http import HttpRequest, HttpResponse

from bulletins.public.rendering import page


def about(request: HttpRequest) -> HttpResponse:
    return page(request, "public/about.html", section="about")
