"""The table of the interface: what can be asked where, and what is answered. Addresses and documents are made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bulletins.interchange.api import answers, asking, lists
from bulletins.interchange.api.answering import Answer, api_view
from bulletins.interchange.api.asking import Parameter
from bulletins.interchange.api.ninjs import CONTENT_TYPE as NINJS

JSON = "application/json"
ID_PAGED = (asking.LIMIT, asking.cursor(asking.id_cursor, asking.ID_CURSOR))
PAGE_PAGED = (asking.LIMIT, asking.cursor(asking.page_cursor, asking.PAGE_CURSOR))
# How each part of an address is described, by the name of its converter.
PATH_SHAPES: dict[str, dict[str, Any]] = {
    "article": {"type": "string", "pattern": "^[A-Z]{1,6}-[0-9]{4}-[0-9]{6,9}$"},
    "chosen": {"type": "string", "minLength": 1, "maxLength": 100},
    "day": {"type": "string", "format": "date"},
    "page": {"type": "integer", "minimum": 1, "maximum": 9999},
}
_PART = re.compile(r"<(\w+):(\w+)>")


@dataclass(frozen=True)
class Endpoint:
    """`route` stands below /api/v1/. `forms` has the shape of what is answered, by its media type."""

    name: str
    route: str
    answer: Answer
    summary: str | Promise
    forms: dict[str, str]
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The address as OpenAPI writes it."""
        return "/api/v1/" + _PART.sub(r"{\2}", self.route)

    @property
    def path_parameters(self) -> dict[str, dict[str, Any]]:
        return {name: PATH_SHAPES[converter] for converter, name in _PART.findall(self.route)}

    @property
    def address(self) -> URLPattern:
        return path(self.route, api_view(self.answer, self.parameters), name=self.name)


ENDPOINTS = (
    Endpoint(
        "articles",
        "articles/",
        lists.articles,
        _("Articles, newest first"),
        {JSON: "ArticleList"},
        (
            asking.UNIT,
            asking.CAMPAIGN,
            asking.KIND,
            asking.TAG,
            asking.SINCE,
            asking.UNTIL,
            asking.LIMIT,
            asking.ARTICLE_CURSOR,
        ),
        ("not-found",),
    ),
    Endpoint(
        "article",
        "articles/<article:number>/",
        answers.article,
        _("One article, by its number; as ninjs where the question accepts that"),
        {JSON: "Article", NINJS: "Ninjs"},
        (),
        ("not-found", "withdrawn"),
    ),
    Endpoint(
        "article-ninjs",
        "articles/<article:number>/ninjs/",
        answers.article_ninjs,
        _("One article as IPTC ninjs 3.0"),
        {NINJS: "Ninjs"},
        (),
        ("not-found", "withdrawn"),
    ),
    Endpoint(
        "search",
        "search/",
        lists.search,
        _("Articles that have the words, those with them in the headline first"),
        {JSON: "ArticleList"},
        (
            asking.QUERY,
            asking.ORDER,
            asking.UNIT,
            asking.CAMPAIGN,
            asking.KIND,
            asking.FOUND_CURSOR,
        ),
        ("not-found",),
    ),
    Endpoint("units", "units/", answers.units, _("All units"), {JSON: "UnitList"}, ID_PAGED),
    Endpoint(
        "unit",
        "units/<chosen:slug>/",
        answers.unit,
        _("One unit, with those above and right below it"),
        {JSON: "UnitWithNeighbours"},
        (),
        ("not-found",),
    ),
    Endpoint(
        "campaigns", "campaigns/", answers.campaigns, _("All campaigns"), {JSON: "CampaignList"}, ID_PAGED
    ),
    Endpoint(
        "campaign",
        "campaigns/<chosen:slug>/",
        answers.campaign,
        _("One campaign"),
        {JSON: "Campaign"},
        (),
        ("not-found",),
    ),
    Endpoint(
        "pages",
        "pages/",
        answers.pages,
        _("Newspaper pages, newest first"),
        {JSON: "PageList"},
        PAGE_PAGED,
    ),
    Endpoint(
        "page",
        "pages/<day:date>/<page:number>/",
        answers.page,
        _("One newspaper page, with what stands on it"),
        {JSON: "PageWithArticles"},
        (),
        ("not-found",),
    ),
    Endpoint(
        "correspondents",
        "correspondents/",
        answers.correspondents,
        _("Those who write, if something of theirs is public"),
        {JSON: "CorrespondentList"},
        ID_PAGED,
    ),
    Endpoint(
        "correspondent",
        "correspondents/<chosen:slug>/",
        answers.correspondent,
        _("One who writes"),
        {JSON: "Correspondent"},
        (),
        ("not-found",),
    ),
)
