"""What may be asked: each parameter with how it is read and how it is described."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.interchange.api.problems import Problem
from bulletins.models import Kind
from bulletins.models.listing import PLACE_TOKEN, place_of
from bulletins.search import LONGEST, Cursor, Query, cursor_of, read_query

PAGE_SIZE = 20
LARGEST_PAGE = 100
# Moments outside of these are moved to them: nothing was published before, and databases end somewhere.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(5000, 1, 1, tzinfo=UTC)
_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)([Zz]|[+-]\d\d:\d\d)?)?", re.ASCII
)


@dataclass(frozen=True)
class Parameter:
    """`read` makes a value of what stands in the address, and raises ValueError for what is none."""

    name: str
    read: Callable[[str], Any]
    schema: dict[str, Any]
    description: str | Promise
    is_needed: bool = False


def words(text: str) -> str:
    if not 1 <= len(text) <= 100:
        raise ValueError
    return text


def query(text: str) -> Query:
    if not 1 <= len(text) <= LONGEST:
        raise ValueError
    return read_query(text)


def order(text: str) -> str:
    if text != NEWEST:
        raise ValueError
    return text


def search_cursor(text: str) -> Cursor:
    if not re.fullmatch(SEARCH_CURSOR, text, re.ASCII):
        raise ValueError
    return cursor_of(text)


def kind(text: str) -> str:
    return Kind(text).value


def size(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII) or not 1 <= int(text) <= LARGEST_PAGE:
        raise ValueError
    return int(text)


def id_cursor(text: str) -> int:
    if not re.fullmatch(ID_CURSOR, text, re.ASCII):
        raise ValueError
    return int(text)


def page_cursor(text: str) -> tuple[date, int]:
    """A day, counted from the first of year 1, and the number of a page on it."""
    if not re.fullmatch(PAGE_CURSOR, text, re.ASCII):
        raise ValueError
    day, _dot, number = text.partition(".")
    return date.fromordinal(int(day)), int(number)


def begin(text: str) -> datetime:
    """A moment, or the beginning of a day."""
    return _moment(text, timedelta())


def end(text: str) -> datetime:
    """A moment, or the end of a day."""
    return _moment(text, timedelta(days=1))


def _moment(text: str, of_a_day: timedelta) -> datetime:
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise ValueError
    day, clock, zone = match.groups()
    the_day = date.fromisoformat(day)
    if not EARLIEST.year < the_day.year < LATEST.year:
        return EARLIEST if the_day.year <= EARLIEST.year else LATEST
    if clock is None:
        return timezone.make_aware(datetime.combine(the_day, time())) + of_a_day
    # A leap second is the last of its minute.
    moment = datetime.fromisoformat(f"{day}T{clock[:15].replace(':60', ':59')}{(zone or '').upper()}")
    return timezone.make_aware(moment) if zone is None else moment


NEWEST = "newest"
SEARCH_CURSOR = r"h?(0|-?[1-9][0-9]{0,17}|[1-8][0-9]{18})"
ID_CURSOR = r"[1-9][0-9]{0,17}"
PAGE_CURSOR = r"[1-9][0-9]{5}\.[1-9][0-9]{0,3}"
_WORDS = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^\\u0000]+$"}
_MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}

UNIT = Parameter(
    "unit", words, _WORDS, gettext_lazy("Slug of a unit: what it and everything below it released.")
)
CAMPAIGN = Parameter("campaign", words, _WORDS, gettext_lazy("Slug of a campaign."))
KIND = Parameter("kind", kind, {"type": "string", "enum": Kind.values}, gettext_lazy("Kind of story."))
TAG = Parameter("tag", words, _WORDS, gettext_lazy("Name or slug of a tag."))
SINCE = Parameter(
    "since", begin, _MOMENT, gettext_lazy("Published at this moment or later; a day alone means all of it.")
)
UNTIL = Parameter(
    "until", end, _MOMENT, gettext_lazy("Published before this moment; a day alone means all of it.")
)
LIMIT = Parameter(
    "limit",
    size,
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
    gettext_lazy("How many items at most."),
)


QUERY = Parameter(
    "q",
    query,
    _WORDS | {"maxLength": LONGEST},
    gettext_lazy(
        "What to look for: all words, “quoted” side by side, without those that have a - before them."
    ),
    is_needed=True,
)
ORDER = Parameter(
    "order",
    order,
    {"type": "string", "enum": [NEWEST]},
    gettext_lazy("Newest first, instead of those first that have the words in their headline."),
)


def cursor(read: Callable[[str], Any], pattern: str) -> Parameter:
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return Parameter(
        "cursor",
        read,
        schema,
        gettext_lazy("Where to go on: as it stands in the address of next, never made up."),
    )


FOUND_CURSOR = cursor(search_cursor, SEARCH_CURSOR)
ARTICLE_CURSOR = cursor(place_of, PLACE_TOKEN)


def read(request: HttpRequest, parameters: tuple[Parameter, ...]) -> Mapping[str, Any]:
    """The values of the parameters that were given. Raises Problem, which names every one that was not understood.

    A parameter that is not known is refused as well: a mistyped filter must not quietly mean none.
    """
    refuse_broken_text(request)
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {}
    errors = []
    for name, given in request.GET.lists():
        try:
            if name not in known or len(given) != 1 or "\0" in given[0]:
                raise ValueError
            values[name] = known[name].read(given[0])
        except ValueError:
            errors.append({"parameter": name, "detail": _sentence(name, known)})
    missing = [name for name, parameter in known.items() if parameter.is_needed and name not in request.GET]
    errors += [{"parameter": name, "detail": _sentence(name, known)} for name in missing]
    if errors:
        raise Problem("bad-request", _("Some parameters were not understood."), errors=errors)
    return values


def refuse_broken_text(request: HttpRequest) -> None:
    """Django would put a sign of replacement where the query is no UTF-8, as for half of a surrogate pair."""
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        raise Problem("bad-request", _("The query is not text in UTF-8.")) from None


def _sentence(name: str, known: Mapping[str, Parameter]) -> str:
    if name not in known:
        return _("There is no such parameter here. There is: %(names)s.") % {"names": ", ".join(known) or "—"}
    return _("It is to be given once, as: %(description)s") % {"description": known[name].description}
