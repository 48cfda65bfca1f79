"""What may stand in a public address. Anything else is no address of ours, and so a 404."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import register_converter
from django.urls.converters import StringConverter

from bulletins.models.article import Kind
from bulletins.models.renditions import LABEL, LARGE_JPEG, Rendition


class ChosenSlug(StringConverter):
    """A slug in any script. (A NUL, which PostgreSQL refuses, does not match.)"""

    regex = r"[-\w]{1,100}"


class ArticleNumber(StringConverter):
    regex = r"[A-Z]{1,6}-[0-9]{4}-[0-9]{6,9}"


class KindName(StringConverter):
    regex = "|".join(Kind.values)


class FeedFormat(StringConverter):
    regex = "atom|rss|json"


class Sha256(StringConverter):
    regex = r"[0-9a-f]{64}"


class PictureFile:
    """A file of a picture: HASH.jpg, the large JPEG, or HASH/960.avif."""

    regex = rf"{Sha256.regex}(?:\.jpg|/(?:{LABEL}))"

    def to_python(self, value: str) -> Rendition:
        sha256, rest = value[:64], value[64:]
        return Rendition(sha256) if rest == ".jpg" else Rendition(sha256, rest[1:])

    def to_url(self, value: Rendition) -> str:
        return f"{value.sha256}.jpg" if value.label == LARGE_JPEG else f"{value.sha256}/{value.label}"


class Day:
    """A day that is in the calendar, as 2021-12-31."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # its ValueError means: no such address

    def to_url(self, value: date) -> str:
        return value.isoformat()


class PageNumber:
    regex = r"[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Year(PageNumber):
    regex = r"[12][0-9]{3}"


class Month(PageNumber):
    regex = r"0[1-9]|1[0-2]"

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


def register() -> None:
    converters: dict[str, type[Any]] = {
        "chosen": ChosenSlug,
        "article": ArticleNumber,
        "kind": KindName,
        "feed": FeedFormat,
        "sha256": Sha256,
        "picture": PictureFile,
        "day": Day,
        "page": PageNumber,
        "year": Year,
        "month": Month,
    }
    for name, converter in converters.items():
        register_converter(converter, name)


# Once, whichever list of addresses comes first.
register()
