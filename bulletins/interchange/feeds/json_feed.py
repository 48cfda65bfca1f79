"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from bulletins.interchange.feeds.gathering import Feed
from bulletins.interchange.story import PICTURE_TYPE, Story

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    document: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.description,
        "language": "zh-Hans",
        "authors": [{"name": feed.publisher}],
    }
    if feed.next:
        document["next_url"] = feed.next
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    document["items"] = [_item(story) for story in feed.stories]
    return json.dumps(document, ensure_ascii=False).encode()


def _item(story: Story) -> dict[str, Any]:
    release = story.release
    item: dict[str, Any] = {
        "id": story.identity,
        "url": story.url,
        "title": story.title,
        "content_html": story.html,
        "content_text": story.text,
        "date_published": rfc3339_date(story.published),
        "date_modified": rfc3339_date(story.updated),
        "language": "zh-Hans",
        "tags": [*story.campaigns, *story.tags],
        "attachments": [
            {"url": picture.url, "mime_type": PICTURE_TYPE}
            | ({"title": picture.caption} if picture.caption else {})
            for picture in story.pictures
        ],
        # What a newsroom asks of a story and the format has no word for.
        "_bulletins": {
            "number": release.number,
            "kind": release.kind,
            "unit": release.unit.slug,
        },
    }
    if story.corrections:
        item["_bulletins"]["corrections"] = [
            {"text": each.text, "date": rfc3339_date(each.at)} for each in story.corrections
        ]
    if story.summary:
        item["summary"] = story.summary
    if story.pictures:
        item["image"] = story.pictures[0].url
    if story.authors:
        item["authors"] = [{"name": name} for name in [*story.authors, *story.contributors]]
    return item
