"""Atom (RFC 4287), with tombstones (RFC 6721) for what was withdrawn."""

from __future__ import annotations

from django.utils.feedgenerator import rfc3339_date

from bulletins.interchange.feeds.gathering import Feed, Gone
from bulletins.interchange.feeds.markup import Writer
from bulletins.interchange.story import PICTURE_TYPE, Story

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}
LINKED = {"self": "application/atom+xml", "alternate": "text/html", "next": "application/atom+xml"}


def write(feed: Feed) -> bytes:
    xml = Writer()
    with xml.inside("feed", **NAMESPACES, **{"xml:lang": "zh-Hans"}):
        xml.leaf("id", feed.address)
        xml.leaf("title", feed.title)
        xml.leaf("subtitle", feed.description)
        xml.leaf("updated", rfc3339_date(feed.updated))
        _person(xml, "author", feed.publisher)
        for rel, href in links_of(feed):
            xml.leaf("link", rel=rel, href=href, **({"type": LINKED[rel]} if rel in LINKED else {}))
        for story in feed.stories:
            with xml.inside("entry"):
                _entry(xml, story)
        for gone in feed.gone:
            with xml.inside("at:deleted-entry", ref=gone.identity, when=rfc3339_date(gone.at)):
                _tombstone(xml, gone)
    return xml.finished()


def links_of(feed: Feed) -> list[tuple[str, str]]:
    """The feed's links, the empty ones left out."""
    links = [("self", feed.address), ("alternate", feed.home), ("next", feed.next), ("hub", feed.hub)]
    return [(rel, href) for rel, href in links if href]


def _person(xml: Writer, part: str, name: str) -> None:
    with xml.inside(part):
        xml.leaf("name", name)


def _entry(xml: Writer, story: Story) -> None:
    xml.leaf("id", story.identity)
    xml.leaf("title", story.title)
    xml.leaf("published", rfc3339_date(story.published))
    xml.leaf("updated", rfc3339_date(story.updated))
    for name in story.authors:
        _person(xml, "author", name)
    for name in story.contributors:
        _person(xml, "contributor", name)
    xml.leaf("link", rel="alternate", href=story.url, type="text/html")
    for picture in story.pictures:
        caption = {"title": picture.caption} if picture.caption else {}
        xml.leaf("link", rel="enclosure", href=picture.url, type=PICTURE_TYPE, **caption)
    for term in [*story.campaigns, *story.tags]:
        xml.leaf("category", term=term)
    if story.summary:
        xml.leaf("summary", story.summary)
    xml.leaf("content", story.html, type="html")


def _tombstone(xml: Writer, gone: Gone) -> None:
    xml.leaf("link", rel="alternate", href=gone.url, type="text/html")
    if gone.notice:
        xml.leaf("at:comment", gone.notice)
