"""What is sent compressed: texts of the public plane, and nothing of the desk."""

from __future__ import annotations

import gzip

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.compression import CompressionMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.seen_once]
STORY = "/articles/JN-2021-000003/"
TAKES = {"Accept-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def sample_page(db: None) -> None:
    call_command("loaddata", "sample_page", verbosity=0)


@pytest.mark.parametrize(
    "address",
    [STORY, "/feeds/atom/", "/api/v1/articles/", "/sitemap.xml", "/articles/JN-2021-000003/code.svg"],
)
def test_the_same_text_arrives_and_caches_are_told_of_the_difference(client: Client, address: str) -> None:
    squeezed, plain = client.get(address, headers=TAKES), client.get(address)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (squeezed, plain))


def test_a_page_that_a_reader_has_is_not_sent_again_compressed_or_not(client: Client) -> None:
    for headers in ({}, TAKES):
        tag = client.get(STORY, headers=headers).headers["ETag"]
        again = client.get(STORY, headers={"If-None-Match": tag} | headers)
        assert (again.status_code, again.content) == (304, b"")


def test_the_desk_is_not_compressed(client: Client) -> None:
    assert "Content-Encoding" not in client.get("/desk/login/", headers=TAKES).headers


@pytest.mark.parametrize(
    ("kind", "is_squeezed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/problem+json", True),
        ("application/atom+xml", True),
        ("application/feed+json", True),
        ("image/jpeg", False),
        ("application/pdf", False),
        ("", False),
    ],
)
def test_only_texts_are(kind: str, is_squeezed: bool) -> None:
    def answer(request: object) -> HttpResponse:
        return HttpResponse("一" * 1000, headers={"Content-Type": kind})

    squeezed = CompressionMiddleware(answer)(RequestFactory().get("/", headers=TAKES))
    assert ("Content-Encoding" in squeezed.headers) is is_squeezed
