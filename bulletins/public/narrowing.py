"""By what a search is narrowed down, as it stands in its address, and by what it could be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.translation import pgettext

from bulletins.models import Campaign, Kind, Unit
from bulletins.models.listing import campaign_shelf, kind_shelf, unit_shelf
from bulletins.search import LONGEST
from bulletins.search.index import year_shelf

ADDRESSED: dict[str, type[Any]] = {"unit": Unit, "campaign": Campaign}
# Of a group so many are offered, those with most first.
OFFERED = 8


@dataclass(frozen=True)
class Choice:
    """One thing to narrow down to: its group, its value in the address, the name readers know it by, its shelf."""

    group: str
    value: str
    name: str
    shelf: str
    is_chinese: bool = True


@dataclass(frozen=True)
class Offer:
    """A choice, how many it would leave, and where it leads."""

    choice: Choice
    number: int
    address: str


class Narrowing:
    """The choices made in an address. Raises Http404 where one of them is none."""

    def __init__(self, asked: QueryDict, units: Iterable[Unit], campaigns: Iterable[Campaign]) -> None:
        self.text = "".join(letter for letter in asked.get("q", "")[:LONGEST] if letter.isprintable())
        self.is_newest_first = asked.get("order") == "newest"
        self.known = list(self._known(units, campaigns))
        self.chosen = [
            self._chosen(group, value)
            for group in ("unit", "campaign", "kind")
            if (value := asked.get(group))
        ]
        if year := asked.get("year"):
            self.chosen.append(self._year(year))

    @staticmethod
    def _known(units: Iterable[Unit], campaigns: Iterable[Campaign]) -> Iterator[Choice]:
        for unit in units:
            yield Choice("unit", unit.slug, unit.short_name, unit_shelf(unit))
        for campaign in campaigns:
            yield Choice("campaign", campaign.slug, campaign.name, campaign_shelf(campaign))
        for value, label in Kind.choices:
            yield Choice("kind", value, capfirst(str(label)), kind_shelf(value), is_chinese=False)

    def _chosen(self, group: str, value: str) -> Choice:
        for choice in self.known:
            if (choice.group, choice.value) == (group, value):
                return choice
        if group in ADDRESSED and re.fullmatch(r"[-\w]{1,100}", value):
            thing, _is_present = ADDRESSED[group].objects.at_address(value)
            for choice in self.known:  # an address that was renamed still leads there
                if thing and (choice.group, choice.value) == (group, thing.slug):
                    return choice
        raise Http404

    @staticmethod
    def _year(value: str) -> Choice:
        if not re.fullmatch("[12][0-9]{3}", value):
            raise Http404
        name = date_format(date(int(value), 1, 1), pgettext("format of a year", "Y"))
        return Choice("year", value, name, year_shelf(value), is_chinese=False)

    @property
    def shelves(self) -> tuple[str, ...]:
        return tuple(choice.shelf for choice in self.chosen)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a form keeps beside the words."""
        return [pair for pair in self._pairs() if pair[0] != "q"]

    def _pairs(self, **changed: str) -> list[tuple[str, str]]:
        """The address, with these parts changed and the empty ones left out."""
        parts = {"q": self.text} | {choice.group: choice.value for choice in self.chosen}
        parts["order"] = "newest" if self.is_newest_first else ""
        return [(name, value) for name, value in (parts | changed).items() if value]

    def address(self, **changed: str) -> str:
        return f"?{urlencode(self._pairs(**changed))}"

    @property
    def undone(self) -> list[tuple[Choice, str]]:
        """Each choice made, and the address without it."""
        return [(choice, self.address(**{choice.group: ""})) for choice in self.chosen]

    def offers(self, by_shelf: Counter[str], number: int) -> list[tuple[str, list[Offer]]]:
        """The choices that would leave fewer, by group; none in a group where one is made, except units below it."""
        years = [self._year(shelf[5:]) for shelf in by_shelf if shelf.startswith("year/")]
        made = {choice.group for choice in self.chosen} - {"unit"}
        offered: dict[str, list[Offer]] = {"unit": [], "campaign": [], "kind": [], "year": []}
        for choice in [*self.known, *sorted(years, key=lambda year: year.value, reverse=True)]:
            if choice.group not in made and 0 < by_shelf[choice.shelf] < number:
                address = self.address(**{choice.group: choice.value})
                offered[choice.group].append(Offer(choice, by_shelf[choice.shelf], address))
        for group in ("unit", "campaign", "kind"):
            offered[group].sort(key=lambda offer: -offer.number)
        return [(group, offers[:OFFERED]) for group, offers in offered.items() if offers]


def named(things: Iterable[Any], words: tuple[str, ...], names: Any) -> list[Any]:
    """Those of the things that have every word in one of their names; `names` gives the folded names of one."""
    return [
        thing
        for thing in things
        if words and any(all(word in name for word in words) for name in names(thing))
    ]
