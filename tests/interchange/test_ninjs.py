"""ninjs answers by the schema that IPTC published (`ninjs-schema_3.0.json` says where it is from)."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from PIL import Image
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bulletins.models import Kind
from tests.interchange.world import full_story
from tests.public.test_photos import picture, show
from tests.public.world import NOW, Site

NINJS = "application/vnd.iptc.ninjs+json"
SCHEMA = json.loads((Path(__file__).parent / "ninjs-schema_3.0.json").read_text(encoding="utf-8"))
# The schema of places names a schema of another house. No answer of ours has any, which is what `False` asks.
NO_PLACES = Resource(contents=False, specification=DRAFT202012)
VALIDATOR = Draft202012Validator(
    SCHEMA,
    registry=Registry().with_resource("https://geojson.org/schema/GeoJSON.json", NO_PLACES),
    format_checker=FormatChecker(),
)

pytestmark = pytest.mark.django_db


def asked(reader: Client, number: str) -> dict[str, Any]:
    answer = reader.get(f"/api/v1/articles/{number}/ninjs/")
    assert (answer.status_code, answer["Content-Type"]) == (200, NINJS)
    document: dict[str, Any] = answer.json()
    VALIDATOR.validate(document)
    return document


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"uri": 1},
        {"uri": "tag:x,2021:1", "unknown": 1},
        {"uri": "tag:x,2021:1", "type": "poem"},
        {"uri": "tag:x,2021:1", "bodies": [{"role": "main"}]},
        {"uri": "tag:x,2021:1", "associations": [{"uri": "tag:x,2021:2"}]},
        {"uri": "tag:x,2021:1", "associations": [{"uri": "tag:x,2021:2", "name": "a", "unknown": 1}]},
    ],
)
def test_the_schema_refuses_what_is_no_ninjs(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(broken)


def test_a_story_has_everything_that_readers_see(site: Site, reader: Client) -> None:
    release = full_story(site)
    document = asked(reader, release.number)
    assert document["uri"] == f"tag:testserver,2021:{release.number}"
    assert document["standard"]["version"] == "3.0"
    assert document["version"] == "1"
    assert document["pubStatus"] == "usable"
    assert document["language"] == "zh-Hans"
    assert [(each["role"], each["value"]) for each in document["headlines"]] == [
        ("kicker", "完整之眉题"),
        ("main", "完整之标题"),
        ("subhead", "副题"),
    ]
    markup, text = document["bodies"]
    assert "<p>完整之正文。</p>" in markup["value"]
    assert (text["value"], text["charCount"]) == ("完整之正文。", 6)
    assert document["by"] == "张三 张三丰"
    assert {"name": "卢飞", "rel": "photographer"} in document["people"]
    assert {"name": "冬季行动", "rel": "campaign"} in document["subjects"]
    assert {"name": "平安", "rel": "tag"} in document["subjects"]
    assert document["descriptions"][0]["value"] == "完整之提要"
    assert document["infoSources"] == [{"name": "本报", "role": "source"}]
    assert document["organisations"][0]["name"] == "湖滨派出所"
    assert document["firstCreated"] == document["versionCreated"] == "2021-12-31T00:30:00+08:00"
    [photo] = document["associations"]
    assert photo["type"] == "picture"
    assert (photo["by"], photo["name"]) == ("卢飞", "启动仪式现场")
    main, *others = photo["renditions"]
    assert (main["name"], main["contentType"]) == ("main", "image/jpeg")
    assert main["href"].startswith("http://testserver/photos/")
    assert len({each["name"] for each in photo["renditions"]}) == len(others) + 1 == 9
    for each in photo["renditions"]:
        answer = reader.get(each["href"])
        assert answer["Content-Type"] == each["contentType"]
        shown = Image.open(BytesIO(answer.content))
        assert shown.size == (each["width"], each["height"])


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_story_is_valid(site: Site, reader: Client, kind: str) -> None:
    bare = site.draft(at=NOW, kind=kind, headline="" if kind == Kind.PHOTO else "标题")
    if kind == Kind.PHOTO:
        show(bare, picture(), caption="", credit="")
    asked(reader, site.release(site.led(bare, "approved"), public_from=NOW).number)


def test_a_correction_is_the_same_item_in_a_later_version(site: Site, reader: Client) -> None:
    release = site.published("先前的")
    first = asked(reader, release.number)
    site.release(site.revised(release, "更正的"), public_from=NOW)
    second = asked(reader, release.number)
    assert second["uri"] == first["uri"]
    assert (first["version"], second["version"]) == ("1", "2")
    assert second["firstCreated"] == first["firstCreated"]
    assert second["versionCreated"] == "2022-01-10T10:00:00+08:00"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,*/*;q=0.8", "application/json"),
        ("application/json", "application/json"),
        (NINJS, NINJS),
        (f"{NINJS}, application/json;q=0.5", NINJS),
        (f"application/json, {NINJS};q=0.5", "application/json"),
    ],
)
def test_the_form_is_chosen_by_what_is_accepted(
    kept: Site, reader: Client, accept: str, content_type: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = reader.get(f"/api/v1/articles/{kept.story.number}/", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert "Accept" in answer["Vary"].split(", ")


def test_each_form_has_its_own_tag(kept: Site, reader: Client) -> None:
    address = f"/api/v1/articles/{kept.story.number}/"
    assert reader.get(address)["ETag"] != reader.get(address, headers={"Accept": NINJS})["ETag"]
