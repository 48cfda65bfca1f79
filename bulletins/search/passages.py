"""Where in a release a search looks: its lines, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletins.models.body import reader_text
from bulletins.models.release import headline_of
from units.models import Unit


def head_lines(content: dict[str, Any]) -> list[str]:
    """Headline, kicker and subhead: what a match stands out by."""
    return _there([headline_of(content), content["kicker"], content["subhead"]])


def text_lines(content: dict[str, Any]) -> list[str]:
    """Summary, corrections, paragraphs of the body, captions."""
    photos = [line for photo in content["photos"] for line in (photo["caption"], photo["alt"])]
    corrections = [
        content.get("correction", ""),
        *(e["text"] for e in content.get("earlier_corrections", ())),
    ]
    return _there([content["summary"], *corrections, *reader_text(content["body"]).split("\n"), *photos])


def name_lines(content: dict[str, Any], unit: Unit) -> list[str]:
    """Whoever is credited, the unit by all its names, campaigns, tags, source."""
    return _there(_names(content, unit))


def _names(content: dict[str, Any], unit: Unit) -> Iterator[str]:
    for credit in content["credits"]:
        yield credit["name"]
        yield credit["unit"]
    yield from (photo["credit"] for photo in content["photos"])
    yield content["unit"]["name"]
    yield from (unit.name, unit.short_name, *unit.aliases)
    yield from (campaign["name"] for campaign in content["campaigns"])
    yield from content["tags"]
    yield content["source"]


def _there(lines: list[str] | Iterator[str]) -> list[str]:
    """What is not empty, each once: photos and credits often say the same."""
    return list(dict.fromkeys(line for line in lines if line))
