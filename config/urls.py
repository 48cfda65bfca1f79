"""Which plane answers which address."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
if settings.HAS_DESK:
    urlpatterns += [path("desk/", admin.site.urls)]
if settings.HAS_PUBLIC:
    from config import readers_urls

    urlpatterns += readers_urls.urlpatterns
    handler400 = "config.errors.bad_request"
    handler404 = "config.errors.not_found"
    handler500 = "config.errors.server_error"
