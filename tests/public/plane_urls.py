"""Addresses of a process for readers alone: BULLETINS_PLANE=public."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from bulletins.interchange import urls as interchange
from bulletins.public import urls as public

urlpatterns = [
    *public.at_the_root,
    *interchange.urlpatterns,
    *i18n_patterns(
        *interchange.for_people, path("", include("bulletins.public.urls")), prefix_default_language=False
    ),
    *interchange.for_the_rest,
]
handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
