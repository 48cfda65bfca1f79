"""The QR code of a story: the one address of its page, for whoever may read it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import segno
from django.test import Client

from bulletins.models import SiteProfile
from tests.public.world import HIDDEN, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site()


def code(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )  # fmt: skip
    return drawn.getvalue()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_holds_the_address_of_the_page_in_its_language(site: Site, reader: Client, prefix: str) -> None:
    number = site.published("公开之").number
    answer = reader.get(f"{prefix}/articles/{number}/code.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content == code(f"http://testserver{prefix}/articles/{number}/")
    assert b"style=" not in answer.content and b"<script" not in answer.content


def test_it_is_the_address_under_which_the_office_wants_the_site_to_be_known(
    site: Site, reader: Client
) -> None:
    number = site.published("公开之").number
    SiteProfile.objects.create(address="https://news.example")
    assert reader.get(f"/articles/{number}/code.svg").content == code(
        f"https://news.example/articles/{number}/"
    )


@pytest.mark.parametrize("state", sorted(HIDDEN))
def test_a_story_that_is_not_public_has_none(site: Site, reader: Client, state: str) -> None:
    make, status = HIDDEN[state]
    number = make(site, "秘之").number
    assert reader.get(f"/articles/{number}/code.svg").status_code == (200 if status == 200 else 404)


def test_the_page_names_it(site: Site, reader: Client) -> None:
    number = site.published("公开之").number
    assert f'src="/articles/{number}/code.svg"' in reader.get(f"/articles/{number}/").content.decode()


def test_it_costs_two_questions(site: Site, reader: Client, django_assert_num_queries: Any) -> None:
    number = site.published("公开之").number
    with django_assert_num_queries(2):
        reader.get(f"/articles/{number}/code.svg")
