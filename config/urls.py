"""Which plane answers which address. The public site speaks Chinese; English stands under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
if settings.HAS_DESK:
    urlpatterns += [path("desk/", admin.site.urls)]
if settings.HAS_PUBLIC:
    from bulletins.interchange import urls as interchange
    from bulletins.public import urls as public

    urlpatterns += public.at_the_root
    urlpatterns += interchange.urlpatterns
    urlpatterns += i18n_patterns(
        *interchange.for_people, path("", include("bulletins.public.urls")), prefix_default_language=False
    )
    urlpatterns += interchange.for_the_rest
    handler400 = "config.errors.bad_request"
    handler404 = "config.errors.not_found"
    handler500 = "config.errors.server_error"
