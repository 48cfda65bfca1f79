"""Addresses of the public site. They never change once they were public."""

from django.urls import URLPattern, URLResolver, include, path

from bulletins.models import converters  # noqa: F401  registers what the routes below name
from bulletins.public import views
from bulletins.public.rendering import View, public_page
from bulletins.public.views import machines


def address(route: str, view: View, name: str) -> URLPattern:
    return path(route, public_page(view), name=name)


app_name = "public"
urlpatterns = [
    address("", views.home, "home"),
    address("articles/<article:number>/", views.article, "article"),
    address("units/", views.units, "units"),
    address("units/<chosen:slug>/", views.unit, "unit"),
    address("campaigns/", views.campaigns, "campaigns"),
    address("campaigns/<chosen:slug>/", views.campaign, "campaign"),
    address("kinds/<kind:kind>/", views.kind, "kind"),
    address("tags/", views.tags, "tags"),
    address("tags/<chosen:slug>/", views.tag, "tag"),
    address("correspondents/", views.correspondents, "correspondents"),
    address("correspondents/<chosen:slug>/", views.correspondent, "correspondent"),
    address("pages/", views.pages, "pages"),
    address("pages/<day:date>/<page:number>/", views.newspaper_page, "page"),
    address("archive/", views.months, "months"),
    address("archive/<year:year>/<month:month>/", views.archive, "archive"),
    address("search/", views.search, "search"),
    address("search/suggest/", views.suggest, "suggest"),
    address("map/", views.site_map, "map"),
    address("about/", views.about, "about"),
    address("photos/<sha256:sha256>.<str:extension>", views.photo, "photo"),
]

# What machines know by heart, or is the same in every language, stands at the root.
ROOT = [
    address("sitemap.xml", machines.sitemap_index, "sitemap_index"),
    address("sitemaps/lists.xml", machines.sitemap_of_lists, "sitemap_of_lists"),
    address("sitemaps/news.xml", machines.sitemap_of_news, "sitemap_of_news"),
    address("sitemaps/<year:year>-<month:month>.xml", machines.sitemap_of_month, "sitemap_of_month"),
    address("robots.txt", machines.robots, "robots"),
    address(".well-known/security.txt", machines.security, "security"),
    address("manifest.webmanifest", machines.manifest, "manifest"),
    address("favicon.ico", machines.favicon, "favicon"),
    address("pages/<day:date>/<page:number>.pdf", views.newspaper_pdf, "page_pdf"),
]
at_the_root: list[URLPattern | URLResolver] = [path("", include((ROOT, "public_root")))]
