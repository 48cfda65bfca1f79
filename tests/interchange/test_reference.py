"""The page about the interface, and the document that is made from the same table."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bulletins.interchange.api.endpoints import ENDPOINTS
from bulletins.interchange.api.problems import KINDS
from bulletins.models import SiteProfile
from tests.public.test_answers import Outline
from tests.public.world import Site

pytestmark = pytest.mark.django_db
PAGES = {"/api/v1/": "zh-Hans", "/en/api/v1/": "en"}


@pytest.mark.parametrize("address", PAGES)
def test_the_page_tells_everything_that_can_be_asked(kept: Site, reader: Client, address: str) -> None:
    text = reader.get(address).content.decode()
    for endpoint in ENDPOINTS:
        assert f"GET {endpoint.template}" in text
        for parameter in endpoint.parameters:
            assert f">{parameter.name}</code>" in text
    for key in KINDS:
        assert f'id="{key}"' in text


@pytest.mark.parametrize(("address", "language"), PAGES.items())
def test_the_page_needs_no_script_and_nothing_from_elsewhere(
    kept: Site, reader: Client, address: str, language: str
) -> None:
    page = Outline(reader.get(address).content.decode())
    assert page.all("html")[0]["lang"] == language
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert page.all("a")[0]["href"] == "#main"
    assert not page.all("style") + page.all("form")
    # None but those of the reading bar, which the page does without.
    assert [each["type"] for each in page.all("script")] == ["module", "module"]
    assert not [attributes for _tag, attributes in page.tags if "style" in attributes]
    for name, tag in (("href", "link"), ("src", "img"), ("src", "script")):
        assert all(re.match("/[^/]", each[name] or "") for each in page.all(tag))
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_everything_that_the_page_leads_to_is_there(kept: Site, reader: Client, address: str) -> None:
    links = [link["href"] or "" for link in Outline(reader.get(address).content.decode()).all("a")]
    for link in links:
        assert link.startswith("#") or reader.get(link).status_code == 200, link


def test_the_document_names_only_shapes_that_it_has(kept: Site, reader: Client) -> None:
    answer = reader.get("/api/v1/openapi.json")
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://testserver"}]
    named = set(re.findall(r'"#/components/(\w+)/([\w-]+)"', answer.content.decode()))
    for part, name in named:
        assert name in document["components"][part], name
    assert {name for part, name in named if part == "schemas"} == set(document["components"]["schemas"])


def test_pages_lead_to_it_in_their_own_language(kept: Site, reader: Client) -> None:
    assert 'href="/api/v1/"' in reader.get("/").content.decode()
    assert 'href="/en/api/v1/"' in reader.get("/en/").content.decode()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("may", [True, False])
def test_a_site_that_is_not_to_be_listed_says_so_here_too(
    kept: Site, reader: Client, address: str, may: bool
) -> None:
    SiteProfile.objects.update_or_create(defaults={"may_be_indexed": may})
    page = Outline(reader.get(address).content.decode())
    said = [meta["content"] for meta in page.all("meta") if meta.get("name") == "robots"]
    assert said == ([] if may else ["noindex"])
