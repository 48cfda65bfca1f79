"""Sitemaps, robots.txt, security.txt, the manifest and the mark."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from bulletins.models import SiteProfile
from tests.public.world import ADDRESSES, FOR_MACHINES

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def xml(reader: Client, address: str) -> ElementTree.Element:
    answer = reader.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def locations(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{MAP}loc")]


@pytest.mark.parametrize("name", sorted(FOR_MACHINES))
def test_it_may_be_kept_and_is_asked_for_anew(public: dict[str, str], reader: Client, name: str) -> None:
    answer = reader.get(FOR_MACHINES[name])
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    assert reader.get(FOR_MACHINES[name], headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert reader.post(FOR_MACHINES[name]).status_code == 405


def test_lists_are_in_the_sitemap_and_lead_somewhere(public: dict[str, str], reader: Client) -> None:
    found = [
        address.removeprefix("http://testserver") for address in locations(xml(reader, "/sitemaps/lists.xml"))
    ]
    assert len(found) == len(set(found))
    assert {
        "/",
        "/en/",
        "/units/hubin/",
        "/campaigns/winter/",
        "/kinds/news/",
        "/pages/2021-12-31/1/",
    } <= set(found)
    assert "/kinds/review/" not in found
    for address in found:
        assert reader.get(address).status_code == 200, address


def test_robots_are_led_to_the_sitemap(public: dict[str, str], reader: Client) -> None:
    SiteProfile.objects.create(address="https://www.jnga.example")
    text = reader.get("/robots.txt").content.decode()
    assert "Disallow: /search/\nDisallow: /en/search/\n" in text
    assert "Sitemap: https://www.jnga.example/sitemap.xml\n" in text
    assert locations(xml(reader, "/sitemap.xml"))[0].startswith("https://www.jnga.example/sitemaps/")


def test_security_txt_is_there_only_while_it_holds(public: dict[str, str], reader: Client) -> None:
    address = "/.well-known/security.txt"
    assert reader.get(address).status_code == 404
    site = SiteProfile.objects.create(security_contact="mailto:security@jnga.example")
    assert reader.get(address).status_code == 404
    site.security_expires = date(2022, 1, 10)
    site.save()
    answer = reader.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "Contact: mailto:security@jnga.example\nExpires: 2022-01-10T15:59:59Z\nPreferred-Languages: zh, en\n"
        "Canonical: http://testserver/.well-known/security.txt\n"
    )
    site.security_expires = date(2022, 1, 9)
    site.save()
    assert reader.get(address).status_code == 404


def test_the_manifest_has_icons_that_are_there(public: dict[str, str], reader: Client) -> None:
    SiteProfile.objects.create(name="济宁公安新闻网")
    answer = reader.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert told["name"] == "济宁公安新闻网"
    for icon in told["icons"][:2]:
        data = (Path(settings.BASE_DIR) / icon["src"].lstrip("/")).read_bytes()
        width, height = Image.open(BytesIO(data)).size
        assert icon["sizes"] == f"{width}x{height}"
        assert len(data) < 6_000


def test_a_program_that_knows_only_favicon_ico_is_led_to_it(public: dict[str, str], reader: Client) -> None:
    answer = reader.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/public/favicon.ico")
    mark = (Path(settings.BASE_DIR) / "static/public/favicon.ico").read_bytes()
    assert Image.open(BytesIO(mark)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_foot_says_what_is_set_and_nothing_else(public: dict[str, str], reader: Client) -> None:
    bare = reader.get("/about/").content.decode()
    assert "beian" not in bare
    assert 'href="/map/"' in bare
    SiteProfile.objects.create(
        organiser="济宁市公安局",
        site_id_code="3708000001",
        icp_number="鲁ICP备00000000号",
        police_record_number="鲁公网安备 37080002000001号",
        accessibility_statement="/about/",
    )
    text = reader.get("/about/").content.decode()
    for said in (
        "济宁市公安局",
        "3708000001",
        '<a href="https://beian.miit.gov.cn/" rel="external nofollow">鲁ICP备00000000号</a>',
        '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=37080002000001" rel="external nofollow">',
        '<a href="/about/">无障碍声明</a>',
    ):
        assert said in text, said
    SiteProfile.objects.update(police_record_number="备案中")
    assert "<span>备案中</span>" in reader.get("/about/").content.decode()


def test_every_kind_of_page_is_on_the_map_for_people(public: dict[str, str], reader: Client) -> None:
    text = reader.get(ADDRESSES["map"]).content.decode()
    for name in ("home", "units", "unit", "unit_above", "campaigns", "campaign", "kind", "tags", "correspondents",
                 "pages", "archive", "about", "search"):  # fmt: skip
        assert f'href="{ADDRESSES[name].partition("?")[0]}"' in text, name
