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
    from bulletins.public import urls as public

    urlpatterns += public.at_the_root
    urlpatterns += i18n_patterns(path("", include("bulletins.public.urls")), prefix_default_language=False)
    handler404 = "bulletins.public.views.not_found"
    handler500 = "bulletins.public.views.server_error"
