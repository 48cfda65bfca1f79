"""RSS 2.0, with the full text, the names and the pictures in the modules that readers of it know."""

from __future__ import annotations

from django.utils.feedgenerator import rfc2822_date, rfc3339_date

from bulletins.interchange.feeds.atom import links_of
from bulletins.interchange.feeds.gathering import Feed
from bulletins.interchange.feeds.markup import Writer
from bulletins.interchange.story import PICTURE_TYPE, Picture, Story

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed) -> bytes:
    xml = Writer()
    with xml.inside("rss", version="2.0", **NAMESPACES), xml.inside("channel"):
        xml.leaf("title", feed.title)
        xml.leaf("link", feed.home)
        xml.leaf("description", feed.description)
        xml.leaf("language", "zh-cn")
        xml.leaf("lastBuildDate", rfc2822_date(feed.updated))
        for rel, href in links_of(feed):
            if rel != "alternate":  # which is what `link` says
                xml.leaf("atom:link", rel=rel, href=href)
        for story in feed.stories:
            with xml.inside("item"):
                _item(xml, story)
    return xml.finished()


def _item(xml: Writer, story: Story) -> None:
    xml.leaf("title", story.title)
    xml.leaf("link", story.url)
    xml.leaf("description", story.summary or story.excerpt or story.title)
    for name in story.authors:
        xml.leaf("dc:creator", name)
    for name in story.contributors:
        xml.leaf("dc:contributor", name)
    for term in [*story.campaigns, *story.tags]:
        xml.leaf("category", term)
    xml.leaf("guid", story.identity, isPermaLink="false")
    xml.leaf("pubDate", rfc2822_date(story.published))
    if story.updated != story.published:
        xml.leaf("atom:updated", rfc3339_date(story.updated))
    xml.leaf("content:encoded", story.html)
    for picture in story.pictures:
        _media(xml, picture)


def _media(xml: Writer, picture: Picture) -> None:
    size = {"width": str(picture.width), "height": str(picture.height)}
    with xml.inside("media:content", url=picture.url, type=PICTURE_TYPE, medium="image", **size):
        if picture.caption or picture.alt:
            xml.leaf("media:description", picture.caption or picture.alt, type="plain")
        if picture.credit:
            xml.leaf("media:credit", picture.credit, role="photographer")
