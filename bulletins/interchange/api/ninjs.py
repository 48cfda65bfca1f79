"""An article as IPTC ninjs 3.0, the form in which news agencies exchange it."""

from __future__ import annotations

from typing import Any

from bulletins.interchange.api.forms import instant
from bulletins.interchange.place import Site
from bulletins.interchange.story import Picture, PictureFile, Story
from bulletins.models import CreditRole, Kind, Release

CONTENT_TYPE = "application/vnd.iptc.ninjs+json"
STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#",
}
# How those who are named had their part in it.
RELATIONS = {CreditRole.TEXT: "creator", CreditRole.PHOTO: "photographer", CreditRole.EDITOR: "editor"}


def ninjs(release: Release, site: Site) -> dict[str, Any]:
    content, story = release.content, Story.of(release, site)
    document: dict[str, Any] = {
        "uri": story.identity,
        "standard": STANDARD,
        "type": "picture" if release.kind == Kind.PHOTO and not release.text else "text",
        "representationType": "full",
        "version": str(release.sequence),
        "firstCreated": instant(story.published),
        "versionCreated": instant(story.updated),
        "pubStatus": "usable",
        "language": "zh-Hans",
        "title": story.title,
        "slugline": release.number,
        "headlines": headlines(release),
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": story.html},
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(story.text.replace("\n", "")),
                "value": story.text,
            },
        ],
        "people": [
            {"name": credit["name"], "rel": RELATIONS.get(credit["role"], credit["role"])}
            for credit in content["credits"]
        ],
        "organisations": [
            {
                "name": content["unit"]["name"],
                "rel": "publisher",
                "uri": site.at("public:unit", release.unit.slug),
            }
        ],
        "subjects": [
            *({"name": name, "rel": "campaign"} for name in story.campaigns),
            *({"name": name, "rel": "tag"} for name in story.tags),
        ],
        "genres": [{"name": str(release.get_kind_display()), "literal": release.kind}],
        "altIds": [{"role": "number", "value": release.number}, {"role": "page", "value": story.url}],
        "associations": [
            association(picture, f"{story.identity}:photo-{n}")
            for n, picture in enumerate(story.pictures, start=1)
        ],
    }
    if story.authors:
        document["by"] = " ".join(story.authors)
    if story.summary:
        document["descriptions"] = [{"role": "summary", "contentType": "text/plain", "value": story.summary}]
    if story.corrections:
        document["edNote"] = "\n".join(
            f"更正（{instant(each.at)}）：{each.text}" for each in story.corrections
        )
    if content["source"]:
        document["infoSources"] = [{"name": content["source"], "role": "source"}]
    return document


def headlines(release: Release) -> list[dict[str, str]]:
    content = release.content
    parts = [("kicker", content["kicker"]), ("main", release.headline), ("subhead", content["subhead"])]
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in parts if value]


def rendition(file: PictureFile, *, is_main: bool) -> dict[str, Any]:
    return {
        "name": "main" if is_main else f"{file.content_type.removeprefix('image/')}-{file.width}",
        "href": file.url,
        "contentType": file.content_type,
        "width": file.width,
        "height": file.height,
    }


def association(picture: Picture, identity: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "name": picture.caption or picture.alt or identity,
        "rel": "photo",
        "uri": identity,
        "type": "picture",
        "renditions": [rendition(file, is_main=file.url == picture.url) for file in reversed(picture.files)],
    }
    said = [("caption", picture.caption), ("alt", picture.alt)]
    if any(value for _role, value in said):
        document["descriptions"] = [{"role": role, "value": value} for role, value in said if value]
    if picture.credit:
        document["by"] = picture.credit
    return document
