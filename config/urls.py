"""Minimal first addresses; the house's own follow."""
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = []
if settings.PLANE != "public":
    urlpatterns += [path("desk/", admin.site.urls)]
if settings.PLANE != "desk":
    urlpatterns += i18n_patterns(path("", include("bulletins.public.urls")), prefix_default_language=False)
