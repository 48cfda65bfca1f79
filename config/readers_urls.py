"""Addresses for readers. The public site speaks Chinese; English stands under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from bulletins.interchange import urls as interchange
from bulletins.public import urls as public

urlpatterns: list[URLPattern | URLResolver] = [
    *public.at_the_root,
    *interchange.urlpatterns,
    *i18n_patterns(
        *interchange.for_people, path("", include("bulletins.public.urls")), prefix_default_language=False
    ),
    *interchange.for_the_rest,
]
