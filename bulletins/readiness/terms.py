"""Terms that are looked for in a text: any number of them in one pass over it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from bulletins.readiness.finding import Severity
from bulletins.readiness.subject import Folded, Passage

WORST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.INFO)


@dataclass(frozen=True)
class Term:
    """What must be looked at wherever it stands, except inside one of the longer words in `exceptions`.

    `suggestion` is the only thing that could stand there instead (empty: it depends), `note` the reason.
    It holds from `valid_from` to `valid_to`, both included.
    """

    match: str
    exceptions: tuple[str, ...] = ()
    severity: Severity = Severity.WARN
    suggestion: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Hit(NamedTuple):
    """A term at a place of the passage's own text, end excluded."""

    start: int
    end: int
    term: Term


class _Raw(NamedTuple):
    start: int
    end: int
    number: int


class Matcher:
    """Built once from a list of terms, asked for every text. Several threads may ask it at once.

    Of two terms with the same match the one given first speaks. Width and invisible letters do not matter, case does.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        # What to do where a word ends: the terms that it is, and the terms that it is an exception of.
        words: dict[str, tuple[list[int], list[int]]] = {}
        for number, term in enumerate(self.terms):
            match = _plain(term.match)
            if not match:
                continue
            words.setdefault(match, ([], []))[0].append(number)
            for exception in map(_plain, term.exceptions):
                if match in exception:
                    words.setdefault(exception, ([], []))[1].append(number)
        self._has_words = bool(words)
        self._automaton = ahocorasick.Automaton()
        for word, (hits, covers) in words.items():
            self._automaton.add_word(word, (len(word), tuple(hits), tuple(covers)))
        self._automaton.make_automaton()

    def hits(self, passage: Passage, day: date) -> Iterator[Hit]:
        """Every place where a term stands that holds on that day, in the order of the text."""
        if not self._has_words:
            return
        folded = passage.folded
        found, covers = self._look(folded.text, day)
        uncovered = [raw for raw in found if not covers[raw.number].over(raw)] if covers else found
        for raw in self._strongest(_apart(uncovered)):
            yield Hit(*folded.span(raw.start, raw.end), self.terms[raw.number])

    def _look(self, text: str, day: date) -> tuple[list[_Raw], _Covers]:
        found: list[_Raw] = []
        exceptions: dict[int, list[tuple[int, int]]] = {}
        holds: dict[int, bool] = {}
        for last, (length, terms, excepted) in self._automaton.iter(text):
            start, end = last + 1 - length, last + 1
            for number in terms:
                if number not in holds:
                    holds[number] = self.terms[number].holds_on(day)
                if holds[number]:
                    found.append(_Raw(start, end, number))
            for number in excepted:
                exceptions.setdefault(number, []).append((start, end))
        return found, _Covers(exceptions)

    def _strongest(self, found: Iterable[_Raw]) -> Iterator[_Raw]:
        """Without those inside a longer one that says as much or more, nor a second one for the same words."""
        reaches = dict.fromkeys(WORST_FIRST, 0)
        before: _Raw | None = None
        for raw in sorted(found, key=lambda raw: (raw.start, -raw.end, raw.number)):
            if before and (before.start, before.end) == (raw.start, raw.end):
                continue
            before = raw
            severity = self.terms[raw.number].severity
            at_least = WORST_FIRST[: WORST_FIRST.index(severity) + 1]
            if max(reaches[worse] for worse in at_least) < raw.end:
                yield raw
            reaches[severity] = max(reaches[severity], raw.end)


class _Covers(dict[int, "_Cover"]):
    """Where the exceptions of each term stand; nowhere for a term that has none."""

    def __init__(self, exceptions: dict[int, list[tuple[int, int]]]) -> None:
        super().__init__((number, _Cover(spans)) for number, spans in exceptions.items())

    def __missing__(self, number: int) -> _Cover:
        return _NOWHERE


class _Cover:
    """Spans, asked whether one of them covers a place: one step of halving, however many there are."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _end in spans]
        self._furthest = list(accumulate((end for _start, end in spans), max))

    def over(self, raw: _Raw) -> bool:
        begun = bisect_right(self._starts, raw.start)
        return begun > 0 and self._furthest[begun - 1] >= raw.end


_NOWHERE = _Cover([])


def _apart(found: list[_Raw]) -> Iterator[_Raw]:
    """哈哈 stands twice in 哈哈哈哈, not three times."""
    last_end: dict[int, int] = {}
    for raw in found:
        if last_end.get(raw.number, 0) <= raw.start:
            last_end[raw.number] = raw.end
            yield raw


def _plain(word: str) -> str:
    return Folded.of(word).text
