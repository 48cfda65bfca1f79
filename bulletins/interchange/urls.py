"""Addresses of feeds and of the interface. They never change once they were public."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from bulletins.interchange.api.answering import api_view
from bulletins.interchange.api.answers import NOTHING, nothing
from bulletins.interchange.api.endpoints import ENDPOINTS
from bulletins.interchange.api.openapi import document
from bulletins.interchange.api.reference import reference
from bulletins.interchange.feeds import views as feeds
from bulletins.models import converters  # noqa: F401  registers what the routes below name

FEEDS = [
    path("feeds/<feed:form>/", feeds.of_site, name="site"),
    path("search/feeds/<feed:form>/", feeds.of_search, name="search"),
    path("units/<chosen:slug>/feeds/<feed:form>/", feeds.of_one_unit, name="unit"),
    path("campaigns/<chosen:slug>/feeds/<feed:form>/", feeds.of_one_campaign, name="campaign"),
]
API: list[URLPattern] = [
    *(endpoint.address for endpoint in ENDPOINTS),
    path("openapi.json", api_view(document), name="openapi"),
]

# One language: the texts are Chinese, and a machine reads the rest.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((FEEDS, "feeds"))),
    path("api/v1/", include((API, "api"))),
]
# The page about the interface is for people, and stands in every language.
for_people: list[URLPattern | URLResolver] = [
    path("api/v1/", include(([path("", reference, name="reference")], "interface"))),
]
# After everything else, so that what is wrong below /api/ is told as the interface tells it. (`.` is no line break.)
for_the_rest: list[URLPattern | URLResolver] = [
    re_path(r"^api/[\s\S]*$", api_view(nothing, parameters=None), name=NOTHING),
]
