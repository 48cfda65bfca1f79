"""How pages are answered: without a cookie or a session, to be asked for anew, in a shape that reading aids know."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.public.world import ADDRESSES

NOT_FOR_READERS = ("Session", "Auth", "Csrf", "Message", "accounts.", "simple_history")
PUBLIC_MIDDLEWARE = [
    name for name in settings.MIDDLEWARE if not any(word in name for word in NOT_FOR_READERS)
]

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_cookie_is_set_and_none_is_asked_for(public: dict[str, str], reader: Client, name: str) -> None:
    answer = reader.get(public[name])
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_page_may_be_kept_but_is_asked_for_anew(public: dict[str, str], reader: Client, name: str) -> None:
    answer = reader.get(public[name])
    assert answer["Cache-Control"] == "public, no-cache"
    assert reader.get(public[name], headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_process_without_sessions_serves_it(public: dict[str, str], reader: Client, name: str) -> None:
    with override_settings(ROOT_URLCONF="tests.public.plane_urls", MIDDLEWARE=PUBLIC_MIDDLEWARE):
        assert Client().get(public[name]).status_code == 200


@override_settings(ROOT_URLCONF="tests.public.plane_urls", MIDDLEWARE=PUBLIC_MIDDLEWARE)
def test_a_process_for_readers_knows_no_desk(public: dict[str, str]) -> None:
    assert Client().get("/desk/").status_code == 404


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_page_has_one_title_landmarks_and_a_way_past_the_menu(
    public: dict[str, str], reader: Client, name: str
) -> None:
    page = Outline(reader.get(public[name]).content.decode())
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == len(page.all("header")[:1]) == len(page.all("title")) == 1
    assert page.all("html")[0]["lang"] == "zh-Hans"
    assert page.all("a")[0]["href"] == "#main"
    assert page.all("main")[0]["id"] == "main"
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_level_of_headings_is_left_out(public: dict[str, str], reader: Client, name: str) -> None:
    page = Outline(reader.get(public[name]).content.decode())
    levels = [int(tag[1]) for tag, _attributes in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    public: dict[str, str], reader: Client, name: str
) -> None:
    answer = reader.get(public[name])
    page = Outline(answer.content.decode())
    assert "nonce" not in answer["Content-Security-Policy"]
    assert not page.all("style")
    # Data that nothing runs, and modules of ours: they hold nothing up.
    scripts = [script for script in page.all("script") if script["type"] != "application/ld+json"]
    assert "/static/public/suggest.js" in [script["src"] for script in scripts]
    for script in scripts:
        assert script["type"] == "module"
        assert (script["src"] or "").startswith("/static/")
    data = r'<script type="application/ld\+json">[^<]*</script>'
    assert "<script" not in re.sub(rf"<script [^>]*></script>|{data}", "", answer.content.decode())
    assert not [attributes for _tag, attributes in page.tags if "style" in attributes]
    assert all(re.match(r"/[^/]|\?|http://testserver/", link["href"] or "") for link in page.all("link"))
    assert all(picture["src"].startswith("/") for picture in page.all("img"))  # type: ignore[union-attr]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_only_read(public: dict[str, str], reader: Client, method: str) -> None:
    assert getattr(reader, method)(public["home"]).status_code == 405


def test_a_form_sent_to_a_public_page_is_not_answered_with_a_page_of_the_desk(public: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(public["home"], {"name": "x"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_page_can_be_asked_for_its_head(public: dict[str, str], reader: Client, name: str) -> None:
    answer = reader.head(public[name])
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_page_stands_in_english_as_well(public: dict[str, str], reader: Client, name: str) -> None:
    answer = reader.get(f"/en{public[name]}")
    text = answer.content.decode()
    page = Outline(text)
    assert answer.status_code == 200
    assert page.all("html")[0]["lang"] == "en"
    assert ">Campaigns</a>" in text
    own = [a["href"] for a in page.all("a") if a.get("href", "").startswith("/") and "hreflang" not in a]  # type: ignore[union-attr]
    assert own
    assert all(address.startswith("/en/") for address in own)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_each_language_leads_to_the_same_page_in_the_other(
    public: dict[str, str], reader: Client, name: str
) -> None:
    there = reader.get(public[name]).content.decode()
    [link] = [a for a in Outline(there).all("a") if a.get("lang") == a.get("hreflang") == "en"]
    back = reader.get(link["href"]).content.decode()  # type: ignore[arg-type]
    # Feeds are in Chinese too, but only the name of a language is written in that language.
    [link_back] = [a for a in Outline(back).all("a") if a.get("lang") == a.get("hreflang") == "zh-Hans"]
    assert reader.get(link_back["href"]).content.decode() == there  # type: ignore[arg-type]


def test_the_language_of_the_browser_changes_no_address(public: dict[str, str], reader: Client) -> None:
    answer = reader.get(public["home"], headers={"Accept-Language": "en"})
    assert Outline(answer.content.decode()).all("html")[0]["lang"] == "zh-Hans"
