"""What gives a withdrawn story away in an answer: its number, words of its texts, the hashes of its pictures."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from bulletins import search
from bulletins.models import Release
from bulletins.models.body import reader_text
from bulletins.models.renditions import MIDDLE, Focus
from bulletins.models.revision import Content

# Shorter words stand in many a story.
SHORTEST, LONGEST = 6, 40
# So many passages of the body of each release are looked for, the longest ones.
PASSAGES = 3
_TAG = re.compile(r"<[^>]*>")
# Also at quotation marks, blanks and what nobody sees, which one place prints otherwise than another.
_CLAUSE = re.compile(
    """[\\s。！？；：，、“”‘’"'《》（）()<>&\\\\\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]"""
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TOMBSTONE = re.compile(r"<at:deleted-entry\b.*?</at:deleted-entry>", re.DOTALL)


def squeezed(text: str) -> str:
    return "".join(text.split())


def as_read(answer: str, content_type: str) -> str:
    """What a reader or a program gets to read of an answer, without markup and blanks."""
    if "json" in content_type:
        with suppress(ValueError):  # no JSON after all: read as it stands
            answer = json.dumps(json.loads(answer), ensure_ascii=False)
    for _layer in range(2):  # a feed has markup within its markup
        answer = html.unescape(_TAG.sub("", answer))
    return squeezed(answer)


def text_of(body: bytes, content_type: str) -> str:
    """An answer as text. Of a PDF, whose letters are drawn, at least where its links lead to."""
    if content_type.startswith("application/pdf"):
        body = b"\n".join(_inflated(body))
    return body.decode("utf-8", "replace")


def _inflated(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    for match in _STREAM.finditer(pdf):
        with suppress(zlib.error):
            yield zlib.decompress(match[1])


@dataclass(frozen=True)
class Traces:
    """`texts` are squeezed. `pictures`: by their hashes, each with the points it was cut around.

    `elsewhere`: texts and pictures that a story on show has as well, with its number: they give nothing away, and are not
    looked for.
    """

    number: str
    texts: tuple[str, ...]
    pictures: dict[str, frozenset[Focus]]
    elsewhere: dict[str, str]

    def named(self) -> list[str]:
        """All that is looked for, for the record."""
        return [self.number, *self.texts, *self.pictures]

    def found_in(self, answer: str, content_type: str, *, path: str, number: bool) -> list[str]:
        """Those that stand in the answer to `path`, which may repeat what it was asked for. `number`: whether the number
        itself gives it away; where a withdrawal is announced, it does not.
        """
        answer = _TOMBSTONE.sub("", answer)  # that it is withdrawn may be told
        read, asked = as_read(answer, content_type), squeezed(unquote_plus(path))
        named = [self.number] if number and re.search(rf"{self.number}(?![0-9])", answer) else []
        named += [text for text in self.texts if text in read]
        named += [sha256 for sha256 in self.pictures if sha256 in answer]
        return [trace for trace in named if trace not in asked]


def traces_of(releases: list[Release], *, at: datetime) -> Traces:
    """Of all texts that the article ever had in public, but for what the notice of its withdrawal repeats."""
    told = squeezed("".join(release.notice for release in releases))
    texts = dict.fromkeys(
        text for release in releases for text in _texts(release.content) if text not in told
    )
    pictures = _pictures(releases)
    elsewhere = {text: number for text in texts if (number := _said_by(text, at=at))}
    shown = Release.objects.visible(at=at).filter(photos__sha256__in=pictures)
    elsewhere |= dict(shown.order_by("pk").values_list("photos__sha256", "number"))
    return Traces(
        number=releases[0].number,
        texts=tuple(text for text in texts if text not in elsewhere),
        pictures={sha256: points for sha256, points in pictures.items() if sha256 not in elsewhere},
        elsewhere=elsewhere,
    )


def _texts(content: Content) -> Iterator[str]:
    yield from _longest([*content["headline"], content["subhead"]], 4)
    yield from _longest([content["summary"]], 1)
    yield from _longest([reader_text(content["body"])], PASSAGES)
    yield from _longest([content.get("correction", "")], 1)
    for photo in content["photos"]:
        yield from _longest([photo["caption"]], 1)


def _longest(lines: Iterable[str], most: int) -> list[str]:
    """The longest clauses: what no other story is likely to say in the same words."""
    clauses = [
        clause[:LONGEST] for line in lines for clause in _CLAUSE.split(line) if len(clause) >= SHORTEST
    ]
    return sorted(clauses, key=len, reverse=True)[:most]


def _said_by(text: str, *, at: datetime) -> str:
    """The number of a story on show that says the same."""
    found = search.find(search.Question(search.read_query(f"「{text}」")), at=at).releases
    same = (each.number for each in found if text in squeezed(json.dumps(each.content, ensure_ascii=False)))
    return next(same, "")


def _pictures(releases: list[Release]) -> dict[str, frozenset[Focus]]:
    found: dict[str, set[Focus]] = {}
    for release in releases:
        for photo in release.content["photos"]:
            if photo["sha256"]:
                points = found.setdefault(photo["sha256"], {MIDDLE})
                if point := photo.get("focus"):
                    points.add((point[0], point[1]))
    return {sha256: frozenset(points) for sha256, points in found.items()}
