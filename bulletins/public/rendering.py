"""How every public page is answered: with the site's profile, without a session, and asked anew each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from bulletins.models import Kind, SiteProfile
from bulletins.public.about_page import About
from bulletins.public.head import Head, base_address, canonical_query

# A finished page may be kept, but has to be asked for again: what was withdrawn is gone with the next request.
CACHE_CONTROL = "public, no-cache"
# What `lang` says of each language; the texts themselves are always Chinese.
HTML_LANGUAGE = {"zh-hans": "zh-Hans", "en": "en"}
OWN_NAMES = {"zh-hans": "中文", "en": "English"}

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """A view for readers: answers GET and HEAD, and 304 to whoever has the same page already."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    guarded = require_safe(conditional_page(answer))
    # A form sent here is refused as any other method, not by the desk's page for forms that lost their token.
    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def page(
    request: HttpRequest,
    template: str,
    *,
    status: int = 200,
    section: str = "",
    about: About | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a page with the site around it. `section` is the entry of the menu that the reader is in. One query.

    Without `about` nothing is said to machines but that the page is not to be listed. The template sees no request,
    hence no user, session or nonce: a finished page is the same for everybody.
    """
    site = SiteProfile.objects.current()
    base = base_address(request, site)
    spoken = languages(request, base, canonical_query(request, about) if about else "")
    surroundings = {"site": site, "section": section, "kinds": Kind.choices, **spoken}
    if about:
        [here] = (version["path"] for version in spoken["versions"] if version["is_current"])
        surroundings |= {
            "head": Head(about, site, base, here, spoken["language"]),
            "crumbs": about.crumbs,
        }
    return HttpResponse(render_to_string(template, surroundings | context), status=status)


def languages(request: HttpRequest, base: str, query: str) -> dict[str, Any]:
    """The page's own language, and where the same page stands in each.

    `url` keeps all that was asked for, `canonical` (below `base`) only the `query` that says which page it is.
    """
    # The query as it was understood: a client that did not encode it is led on all the same.
    here = request.path + (f"?{request.GET.urlencode()}" if request.GET else "")
    code = get_language() or settings.LANGUAGE_CODE
    versions = []
    for other, _name in settings.LANGUAGES:
        url = translate_url(here, other)
        path = url.partition("?")[0] + query
        versions.append(
            {
                "lang": HTML_LANGUAGE[other],
                "name": OWN_NAMES[other],
                "url": url,
                "path": path,
                "canonical": iri_to_uri(base + path),
                "is_current": other == code,
            }
        )
    return {"language": HTML_LANGUAGE[code], "versions": versions}
