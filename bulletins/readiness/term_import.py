"""A list of terms that is taken into the table: first what it would change, then that and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.readiness import office_terms
from bulletins.readiness.office_terms import Line
from bulletins.readiness.term_files import LeftOut, TermList
from bulletins.readiness.term_nesting import Nesting
from bulletins.readiness.terms import Term, plain

Key = tuple[str, date, date]


@dataclass
class Plan:
    """What a list would change. `removed` is empty unless it replaces the whole table."""

    added: list[Term] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)

    def carry_out(self, *, by: User | None, reason: str, seen: str | None = None) -> None:
        """If the table is still in the state that was `seen` before the planning; else `TableChanged`."""
        office_terms.change(
            add=self.added,
            update=self.changed,
            remove=(key for key, _term in self.removed),
            by=by,
            reason=reason,
            seen=seen,
        )


def plan(found: TermList, *, replaces: bool) -> Plan:
    """What taking in that list would change in the table as it is now."""
    there = {term.key: (key, term) for key, term in office_terms.lines()}
    taken, left_out = _not_crowded(found, {} if replaces else there)
    made = Plan(left_out=sorted([*found.left_out, *left_out], key=lambda left: left.line))
    for term in taken:
        line = there.pop(term.key, None)
        if line is None:
            made.added.append(term)
        elif line[1] == term:
            made.unchanged += 1
        else:
            made.changed.append((line[0], term))
    if replaces:
        made.removed = list(there.values())
    else:
        made.unchanged += len(there)
    return made


def _not_crowded(found: TermList, there: Mapping[Key, Line]) -> tuple[list[Term], list[LeftOut]]:
    """The terms of the list without those by which too many terms would stand in one of them or of the table."""
    listed = {term.key: term for term in found.terms}
    after = {key: term for key, (_row, term) in there.items()} | listed
    refused: dict[Key | str, Term] = {}
    for term, held in Nesting(after.values()).crowded().items():
        # A term of the table stays: what must not come in is what would be too much within it.
        refused |= dict.fromkeys([term.key] if term.key in listed else held, term)
    taken, left_out = [], []
    for line, term in zip(found.lines, found.terms, strict=True):
        crowded_one = refused.get(term.key) or (
            refused.get(plain(term.match)) if term.key not in there else None
        )
        if crowded_one is None:
            taken.append(term)
        else:
            left_out.append(LeftOut(line, too_crowded(crowded_one), term.match[:40]))
    return taken, left_out


def too_crowded(term: Term) -> Promise:
    return format_lazy(
        _("“{said}” would have more than 20 other terms in it, which makes checking slow."),
        said=term.match[:40],
    )
