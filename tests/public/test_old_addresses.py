"""Whoever asks for a page of the former site is led on, and pages of this one pay nothing for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bulletins.models import OldAddress
from tests.public.test_answers import PUBLIC_MIDDLEWARE

pytestmark = pytest.mark.django_db

TABLE = {
    "/news.asp?id=123": "JN-2021-000123",
    "/news.asp": "/kinds/news/",
    "/unit/{name}.html": "/units/{name}/",
    "/{year}/{id}.shtml": "/archive/{year}/12/?old={id}",
    "/photos/old/*": "/kinds/photo/",
    "/docs/*": "/tags/*",
    "/新闻/index.htm": "/units/湖滨/",
    "/%D6%D0.htm": "/about/",
    "/everything/*": "/*",
}


@pytest.fixture(autouse=True)
def table() -> None:
    for old, target in TABLE.items():
        OldAddress.objects.create(old=old, target=target)


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/news.asp?id=123", "/articles/JN-2021-000123/"),
        ("/NEWS.asp?page=1&ID=123", "/articles/JN-2021-000123/"),
        ("/news.asp?id=9", "/kinds/news/"),
        ("/unit/hubin.html", "/units/hubin/"),
        ("/unit/%E6%B9%96%E6%BB%A8.html", "/units/%E6%B9%96%E6%BB%A8/"),
        ("/2021/5.shtml", "/archive/2021/12/?old=5"),
        ("/photos/old/a/b.jpg", "/kinds/photo/"),
        ("/docs/a%20b/c%3Fd", "/tags/a%20b/c%3Fd"),
        ("/%E6%96%B0%E9%97%BB/index.htm", "/units/%E6%B9%96%E6%BB%A8/"),
        ("/%D6%D0.htm", "/about/"),
        ("/everything/%5Cevil.example", "/%5Cevil.example"),  # still a path of this host
    ],
)
def test_an_old_address_leads_on(reader: Client, asked: str, to: str) -> None:
    answer = reader.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, to)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert reader.head(asked).status_code == 301


@pytest.mark.parametrize(
    "asked",
    [
        "/news.aspx?id=123", "/unit/a/b.html", "/everything//evil.example/x",
        "/unit/%00.html", "/x?id=%00", "/x?%ED%A0%80=1", "/x?" + "&".join(f"a{n}={n}" for n in range(900)),
        "/unit/" + "a-" * 3000, "/😀?q=😀",
    ],
)  # fmt: skip
def test_anything_else_is_still_not_found(reader: Client, asked: str) -> None:
    assert reader.get(asked).status_code == 404


def test_a_form_is_not_led_on(reader: Client) -> None:
    assert reader.post("/news.asp?id=123").status_code == 404


def test_a_page_of_this_site_is_never_led_away_and_asks_nothing_of_the_table(reader: Client) -> None:
    OldAddress.objects.create(old="/about", target="/units/")
    with CaptureQueriesContext(connection) as queries:
        assert reader.get("/about/").status_code == 200
    assert not [query for query in queries.captured_queries if "oldaddress" in query["sql"]]


def test_of_two_that_are_meant_the_more_exact_one_leads(reader: Client) -> None:
    OldAddress.objects.create(old="/unit/a{name}.html", target="/tags/{name}/")
    OldAddress.objects.create(old="/unit/abc.html", target="/about/")
    assert reader.get("/unit/abc.html").headers["Location"] == "/about/"
    assert reader.get("/unit/abd.html").headers["Location"] == "/tags/bd/"
    assert reader.get("/unit/zbd.html").headers["Location"] == "/units/zbd/"


def test_an_address_that_is_not_found_costs_two_questions_whatever_the_table_holds(reader: Client) -> None:
    OldAddress.objects.bulk_create(
        OldAddress(old=f"/n?id={n}", target="/units/", key=f"/n?id={n}", lead="n", weight=3)
        for n in range(1000)
    )
    with CaptureQueriesContext(connection) as queries:
        assert reader.get("/nothing/").status_code == 404
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        assert reader.get("/n?id=77").status_code == 301
    assert len(queries) == 1


@override_settings(ROOT_URLCONF="tests.public.plane_urls", MIDDLEWARE=PUBLIC_MIDDLEWARE)
def test_a_process_for_readers_leads_on_as_well() -> None:
    assert Client().get("/news.asp?id=123").headers["Location"] == "/articles/JN-2021-000123/"
