"""Every old address there is, and whether another may stand beside them: none leads in a circle or on and on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bulletins.models import OldAddress
from bulletins.models.address_language import Address, meets

# So many may have to be looked at for one address that is not found.
MOST_PATTERNS = 1000


class Fault(ValueError):
    """Why an entry may not stand there: `reason` is the sentence, `field` where it is to be mended."""

    def __init__(self, reason: str | Promise, field: str = "target") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


_Shelves = defaultdict[str, dict[str, OldAddress]]


class _Side:
    """Entries by one of their two addresses, so that those that could meet another one are found quickly."""

    def __init__(self) -> None:
        # Each shelf by the key of the entry that stands there, since that is known when it has to go.
        self.exact: _Shelves = defaultdict(dict)
        self.exact_by_lead: _Shelves = defaultdict(dict)
        self.patterns_by_lead: _Shelves = defaultdict(dict)

    def _shelves(self, address: Address) -> list[dict[str, OldAddress]]:
        if address.is_pattern:
            return [self.patterns_by_lead[address.lead]]
        return [self.exact_by_lead[address.lead], self.exact[address.path_key]]

    def add(self, entry: OldAddress, address: Address) -> None:
        for shelf in self._shelves(address):
            shelf[entry.key] = entry

    def remove(self, entry: OldAddress, address: Address) -> None:
        for shelf in self._shelves(address):
            del shelf[entry.key]

    def near(self, address: Address) -> Iterator[OldAddress]:
        """Every entry whose address could meet that one, and some that do not."""
        patterns, exact = self.patterns_by_lead, self.exact_by_lead
        if not address.is_pattern:
            chosen = [patterns[""], patterns[address.lead], self.exact[address.path_key]]
        elif address.lead:
            chosen = [patterns[""], patterns[address.lead], exact[address.lead]]
        else:
            chosen = [*patterns.values(), *exact.values()]
        return chain.from_iterable(shelf.values() for shelf in chosen)


class Book:
    def __init__(self, entries: Iterable[OldAddress] = ()) -> None:
        self.by_key: dict[str, OldAddress] = {}
        self._old, self._goals = _Side(), _Side()
        self.patterns = 0
        for entry in entries:
            self._enter(entry)

    @classmethod
    def of_the_table(cls) -> Book:
        return cls(OldAddress.objects.order_by("pk").iterator(chunk_size=2000))

    def add(self, entry: OldAddress) -> None:
        """Enter it beside the others, in the place of the one it stands for (the same row, if it has a key).

        Raises `Fault`, and then nothing is changed. `entry.prepare()` was called before.
        """
        former = None
        if entry.pk:  # else a long list would go through the whole table for each of its lines
            former = next((one for one in self.by_key.values() if one.pk == entry.pk), None)
        if former:
            self._strike(former)
        try:
            self._examine(entry)
        except Fault:
            if former:
                self._enter(former)
            raise
        self._enter(entry)

    def replace(self, former: OldAddress, entry: OldAddress) -> None:
        """As `add`, where the one whose place it takes is known."""
        self._strike(former)
        try:
            self._examine(entry)
        except Fault:
            self._enter(former)
            raise
        self._enter(entry)

    def _enter(self, entry: OldAddress) -> None:
        self.by_key[entry.key] = entry
        self._old.add(entry, entry.address)
        self._goals.add(entry, entry.goal)
        self.patterns += entry.is_pattern

    def _strike(self, entry: OldAddress) -> None:
        del self.by_key[entry.key]
        self._old.remove(entry, entry.address)
        self._goals.remove(entry, entry.goal)
        self.patterns -= entry.is_pattern

    def _examine(self, entry: OldAddress) -> None:
        address, goal = entry.address, entry.goal
        if entry.key in self.by_key:
            raise Fault(_("This old address stands in the table already."), "old")
        if entry.is_pattern and self.patterns >= MOST_PATTERNS:
            raise Fault(
                _("There are 1,000 patterns already; more would make every wrong address slow."), "old"
            )
        if leads_on(goal, address):
            raise Fault(_("It would lead back to itself."))
        for other in self._old.near(goal):
            if leads_on(goal, other.address):
                raise Fault(_onward(entry, other))
        for other in self._goals.near(address):
            if leads_on(other.goal, address):
                raise Fault(
                    format_lazy(
                        _("“{old}” leads here already. Let it lead to “{target}” first."),
                        old=other.old,
                        target=entry.target,
                    ),
                    "old",
                )


def leads_on(goal: Address, old: Address) -> bool:
    """Whether somebody who was led to `goal` would be led on by `old`. From the home page nobody is."""
    return bool(goal.path or goal.is_open) and meets(goal, old)


def _onward(entry: OldAddress, other: OldAddress) -> Promise:
    if leads_on(other.goal, entry.address):
        sentence = _("It would lead in a circle: “{old}” leads back to this one.")
    else:
        sentence = _("“{old}” is an old address itself and leads on to “{target}”. Lead there at once.")
    return format_lazy(sentence, old=other.old, target=other.target)
