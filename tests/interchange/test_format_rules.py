"""Atom by the rules of RFC 4287 and RSS by those of version 2.0: what must be there, what only once, and in which form."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from bulletins.models import SiteProfile
from tests.interchange.world import FEEDS, SEARCHES, full_story
from tests.public.world import Site

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = FEEDS | SEARCHES
# By RFC 4287, 4.1.1 and 4.1.2: what must stand once, what may, and what as often as it likes.
FEED = ({"id", "title", "updated"}, {"generator", "icon", "logo", "rights", "subtitle"})
ENTRY = ({"id", "title", "updated"}, {"published", "rights", "source", "content", "summary"})
OFTEN = {"author", "contributor", "category", "link"}
# By the specification of RSS 2.0. Whatever else there is belongs to a namespace of its own.
CHANNEL = ({"title", "link", "description"}, {"language", "lastBuildDate", "pubDate", "generator", "ttl"})
ITEM = ({"title", "link", "description", "guid", "pubDate"}, {"author", "comments", "source"})

pytestmark = [pytest.mark.django_db, pytest.mark.seen_once]


@pytest.fixture
def told(site: Site, settings: Any) -> Site:
    """A story with everything, a plain one, a corrected one, a withdrawn one, and a hub."""
    SiteProfile.objects.create(address="https://news.example")
    full_story(site)
    site.published("公开之")
    site.release(site.revised(site.published("先前的"), "更正的"))
    site.withdraw(site.published("撤下的"))
    settings.WEBSUB_HUB = "https://hub.example/"
    return site


def read(reader: Client, address: str) -> Element:
    answer = reader.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def hold(element: Element, rules: tuple[set[str], set[str]], often: set[str], namespace: str = "") -> None:
    needed, allowed = rules
    names = Counter(
        child.tag.removeprefix(namespace) for child in element if "{" not in child.tag.removeprefix(namespace)
    )
    assert needed <= set(names) <= needed | allowed | often
    assert not [name for name in needed | allowed if names[name] > 1]


def is_absolute(address: str | None) -> bool:
    return bool(address and urlsplit(address).scheme)


@pytest.mark.parametrize("name", [name for name in sorted(ADDRESSES) if name.endswith("atom")])
def test_atom_keeps_its_rules(told: Site, reader: Client, name: str) -> None:
    feed = read(reader, ADDRESSES[name])
    assert feed.tag == f"{ATOM}feed"
    hold(feed, FEED, OFTEN | {"entry"}, ATOM)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        hold(entry, ENTRY, OFTEN, ATOM)
        assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    for place in [feed, *entries]:
        assert is_absolute(place.findtext(f"{ATOM}id"))
        assert place.findtext(f"{ATOM}title")
        links = [
            (link.get("rel"), link.get("type"), link.get("hreflang"))
            for link in place.iterfind(f"{ATOM}link")
        ]
        assert not [link for link, number in Counter(links).items() if link[0] == "alternate" and number > 1]
    for link in feed.iter(f"{ATOM}link"):
        assert is_absolute(link.get("href"))
    for date in [*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")]:
        assert "T" in str(date.text) and datetime.fromisoformat(str(date.text)).tzinfo
    assert feed.find(f"{ATOM}author") is not None  # or every entry would need one
    for person in [*feed.iter(f"{ATOM}author"), *feed.iter(f"{ATOM}contributor")]:
        assert [child.tag for child in person] == [f"{ATOM}name"]
        assert person[0].text
    assert all(category.get("term") for category in feed.iter(f"{ATOM}category"))


@pytest.mark.parametrize("name", [name for name in sorted(ADDRESSES) if name.endswith("rss")])
def test_rss_keeps_its_rules(told: Site, reader: Client, name: str) -> None:
    rss = read(reader, ADDRESSES[name])
    assert (rss.tag, rss.get("version"), [child.tag for child in rss]) == ("rss", "2.0", ["channel"])
    channel = rss[0]
    hold(channel, CHANNEL, {"item", "category"})
    items = channel.findall("item")
    assert len(items) == 3
    for item in items:
        hold(item, ITEM, {"category", "enclosure"})
        assert is_absolute(item.findtext("link"))
        assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]
    assert len({item.findtext("guid") for item in items}) == len(items)
    assert is_absolute(channel.findtext("link"))
    for date in [*channel.iter("pubDate"), *channel.iter("lastBuildDate")]:
        assert parsedate_to_datetime(str(date.text)).tzinfo
