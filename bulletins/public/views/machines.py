"""What machines ask of a site before they read it: sitemaps, robots.txt, security.txt, the manifest."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Release, SiteProfile
from bulletins.models.listing import ALL
from bulletins.public import site_map, sitemaps
from bulletins.public.head import base_address

# The paper and the blue of static/tokens.css.
PAPER, BLUE = "#faf8f3", "#17407f"
ICONS = (("public/icon-192.png", 192), ("public/icon-512.png", 512))


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemap of lists, one a month, and that of the last two days if there is anything in it. Five queries."""
    at = timezone.now()
    absolute = _absolute(request)
    paths = [reverse("public_root:sitemap_of_lists")]
    newest = Release.objects.on_shelf(ALL, at=at).values_list("published_at", flat=True).first()
    if newest and newest >= at - site_map.NEWS_DAYS:
        paths.append(reverse("public_root:sitemap_of_news"))
    paths += [
        reverse("public_root:sitemap_of_month", args=[month.year, month.month])
        for month in reversed(site_map.months(at=at))
    ]
    return _xml(sitemaps.index(absolute(path) for path in paths))


def sitemap_of_lists(request: HttpRequest) -> HttpResponse:
    """Seven queries."""
    return _xml(sitemaps.addresses(site_map.things(at=timezone.now()), _absolute(request)))


def sitemap_of_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    places = site_map.all_of(date(year, month, 1), at=timezone.now())
    if not places:
        raise Http404
    return _xml(sitemaps.addresses(places, _absolute(request)))


def sitemap_of_news(request: HttpRequest) -> HttpResponse:
    site = SiteProfile.objects.current()
    absolute = sitemaps.absolute_below(base_address(request, site))
    return _xml(sitemaps.news(site_map.news(at=timezone.now()), absolute, publication=site.name))


def _absolute(request: HttpRequest) -> sitemaps.Absolute:
    return sitemaps.absolute_below(base_address(request, SiteProfile.objects.current()))


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """What may be read by whom reads everything. Results of searches without end are nobody's way in."""
    site = SiteProfile.objects.current()
    if not site.may_be_indexed:
        return _plain("User-agent: *\nDisallow: /\n")
    search = reverse("public:search")
    map_address = base_address(request, site) + reverse("public_root:sitemap_index")
    return _plain(f"User-agent: *\nDisallow: {search}\nDisallow: /en{search}\n\nSitemap: {map_address}\n")


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact or a day, or after that day, there is none."""
    site = SiteProfile.objects.current()
    day = site.security_expires
    if not site.security_contact or day is None or day < timezone.localdate():
        raise Http404
    until = timezone.make_aware(datetime.combine(day, time(23, 59, 59))).astimezone(UTC)
    own = base_address(request, site) + reverse("public_root:security")
    lines = [
        f"Contact: {site.security_contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {own}",
    ]
    return _plain("\n".join(lines) + "\n")


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def manifest(request: HttpRequest) -> HttpResponse:
    """By which a phone puts the site among its programs, under its name and with its mark."""
    site = SiteProfile.objects.current()
    icons = [
        {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for path, size in ICONS
    ]
    icons.append({"src": static("public/mark.svg"), "sizes": "any", "type": "image/svg+xml"})
    told = {
        "id": "/",
        "name": site.name,
        "short_name": site.name[:12],
        "description": site.tagline,
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": reverse("public:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": BLUE,
        "icons": icons,
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask here without reading a page first."""
    return HttpResponse(status=302, headers={"Location": static("public/favicon.ico")})
