"""Addresses of a process for readers alone: BULLETINS_PLANE=public."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from bulletins.public import urls as public

urlpatterns = [
    *public.at_the_root,
    *i18n_patterns(path("", include("bulletins.public.urls")), prefix_default_language=False),
]
handler404 = "bulletins.public.views.not_found"
handler500 = "bulletins.public.views.server_error"
