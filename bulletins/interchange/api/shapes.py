"""The shapes of what is answered, as JSON Schema for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from bulletins.models import Capacity, CreditRole, Kind
from units.models import UnitKind

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer"}
YES_OR_NO: Shape = {"type": "boolean"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
DAY: Shape = {"type": "string", "format": "date"}


def named(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**properties: Shape) -> Shape:
    """An object that always has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(shape: Shape) -> Shape:
    return {"type": "array", "items": shape}


def or_none(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def listed(name: str) -> Shape:
    return thing(items=many(named(name)), next=or_none(ADDRESS))


FEEDS = thing(atom=ADDRESS, rss=ADDRESS, json=ADDRESS)
UNIT = {
    "slug": TEXT,
    "name": TEXT,
    "self": ADDRESS,
    "url": ADDRESS,
    "short_name": TEXT,
    "aliases": many(TEXT),
    "code": or_none(TEXT),
    "kind": {"type": "string", "enum": UnitKind.values},
    "parent": or_none(TEXT),
    "opened": or_none(DAY),
    "closed": or_none(DAY),
    "address": TEXT,
    "phone": TEXT,
    "feeds": FEEDS,
}
PAGE = {
    "date": DAY,
    "date_is_approximate": YES_OR_NO,
    "number": NUMBER,
    "publication": TEXT,
    "title": TEXT,
    "note": TEXT,
    "url": ADDRESS,
    "self": ADDRESS,
}

SHAPES: dict[str, Shape] = {
    "Article": thing(
        number=TEXT,
        id=ADDRESS,
        url=ADDRESS,
        self=ADDRESS,
        ninjs=ADDRESS,
        version=NUMBER,
        kind={"type": "string", "enum": Kind.values},
        unit=named("UnitReference"),
        kicker=TEXT,
        headline=TEXT,
        headline_lines=many(TEXT),
        subhead=TEXT,
        summary=TEXT,
        title=TEXT,
        html=TEXT,
        text=TEXT,
        source=TEXT,
        credits=many(named("Credit")),
        campaigns=many(thing(slug=or_none(TEXT), name=TEXT)),
        tags=many(TEXT),
        photos=many(named("Photo")),
        published=MOMENT,
        date_is_approximate=YES_OR_NO,
        updated=or_none(MOMENT),
        corrections=many(thing(text=TEXT, date=MOMENT)),
    ),
    "ArticleReference": thing(number=TEXT, title=TEXT, url=ADDRESS, self=ADDRESS),
    "Credit": thing(
        name=TEXT,
        role={"type": "string", "enum": CreditRole.values},
        capacity={"type": "string", "enum": [*Capacity.values, ""]},
        unit=TEXT,
        correspondent=or_none(TEXT),
    ),
    "Photo": thing(
        url=ADDRESS,
        width=NUMBER,
        height=NUMBER,
        caption=TEXT,
        alt=TEXT,
        credit=TEXT,
        files=many(named("PictureFile")),
    ),
    "PictureFile": thing(url=ADDRESS, content_type=TEXT, width=NUMBER, height=NUMBER),
    "UnitReference": thing(slug=TEXT, name=TEXT, self=ADDRESS),
    "Unit": thing(**UNIT),
    "UnitWithNeighbours": thing(
        **UNIT, above=many(named("UnitReference")), below=many(named("UnitReference"))
    ),
    "Campaign": thing(
        slug=TEXT,
        name=TEXT,
        url=ADDRESS,
        self=ADDRESS,
        description=TEXT,
        lead_unit=or_none(named("UnitReference")),
        starts=or_none(DAY),
        ends=or_none(DAY),
        state={"type": "string", "enum": ["standing", "coming", "running", "ended"]},
        feeds=FEEDS,
    ),
    "Correspondent": thing(
        slug=TEXT, name=TEXT, url=ADDRESS, self=ADDRESS, unit=or_none(named("UnitReference"))
    ),
    "Page": thing(**PAGE),
    "PageWithArticles": thing(**PAGE, pdf=or_none(ADDRESS), items=many(named("Placement"))),
    "Placement": thing(
        article=named("ArticleReference"),
        column=NUMBER,
        row=NUMBER,
        width=NUMBER,
        height=NUMBER,
        weight=NUMBER,
        text_columns=NUMBER,
    ),
    "Ninjs": {
        "type": "object",
        "required": ["uri", "standard"],
        "properties": {"uri": ADDRESS},
        "externalDocs": {"url": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"},
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "errors": many(thing(parameter=TEXT, detail=TEXT)),
            "number": TEXT,
            "withdrawn": MOMENT,
        },
    },
} | {f"{name}List": listed(name) for name in ("Article", "Unit", "Campaign", "Correspondent", "Page")}
