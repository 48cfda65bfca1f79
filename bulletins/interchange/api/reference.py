"""The page on which people read what the interface offers: no script, nothing from elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bulletins.interchange.api.asking import LARGEST_PAGE, PAGE_SIZE
from bulletins.interchange.api.endpoints import ENDPOINTS
from bulletins.interchange.api.problems import KINDS
from bulletins.interchange.conditional import conditional
from bulletins.interchange.place import Site
from bulletins.models import Kind, Release, SiteProfile
from bulletins.models.listing import ALL

LANGUAGES = {"zh-hans": ("zh-Hans", "中文"), "en": ("en", "English")}


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Two queries: the name of the site, and a story that is there to be asked for."""
    here = request.get_full_path()
    code = get_language() or settings.LANGUAGE_CODE
    context = {
        "site": SiteProfile.objects.current(),
        "root": Site.of(request).root,
        "language": LANGUAGES[code][0],
        "versions": [
            {"lang": lang, "name": name, "url": translate_url(here, other)}
            for other, (lang, name) in LANGUAGES.items()
            if other != code
        ],
        "endpoints": ENDPOINTS,
        "problems": KINDS.items(),
        "example": Release.objects.on_shelf(ALL, at=timezone.now()).first(),
        "page_size": PAGE_SIZE,
        "largest_page": LARGEST_PAGE,
        "per_minute": settings.API_PER_MINUTE,
        "kinds": Kind.choices,
    }
    return conditional(request, HttpResponse(render_to_string("interchange/api.html", context)))
