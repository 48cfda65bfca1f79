"""What may stand in a public address. Anything else is no address of ours, and so a 404."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import register_converter
from django.urls.converters import StringConverter

from bulletins.models.article import Kind


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
        "day": Day,
        "page": PageNumber,
        "year": Year,
        "month": Month,
    }
    for name, converter in converters.items():
        register_converter(converter, name)


# Once, whichever list of addresses comes first.
register()
