"""Terms that are looked for in a text: any number of them in one pass over it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from bulletins.readiness.finding import Severity
from bulletins.readiness.subject import Folded, Passage

PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]*")
WORST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.INFO)


@dataclass(frozen=True, slots=True)
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

    @property
    def key(self) -> tuple[str, date, date]:
        """What stands once in a table: the word and its period, an open one reaching as far as days go."""
        return self.match, self.valid_from or date.min, self.valid_to or date.max

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Hit(NamedTuple):
    """A term at a place of the passage's own text, end excluded."""

    start: int
    end: int
    term: Term


class TooManyPlaces(Exception):
    """Terms stand so closely in a passage that it was not gone through to its end."""


# More places than this have no place in a text that somebody means. It keeps a hostile one from being gone through for
# minutes, whatever is in the table.
LETTERS_A_PLACE = 5
ALWAYS_ALLOWED = 100

# A place in the folded text as (start, -end, number of the term): sorted as they are, the longer comes first, then the
# term that was given first.
_Raw = tuple[int, int, int]


class Matcher:
    """Built once from a list of terms, asked for every text. Several threads may ask it at once.

    Of two terms with the same match the one given first speaks. Width and invisible letters do not matter, case does.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        # What to do where a word ends: the terms that it is, and as ~number those that it is an exception of. All in one
        # list, since there are as many lists as words, and looking through them for garbage takes as long as making them.
        words: defaultdict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            match = plain(term.match)
            if not match:
                continue
            words[match].append(number)
            for exception in map(plain, term.exceptions):
                if match in exception:
                    words[exception].append(~number)
        self._has_words = bool(words)
        self._ranks = [WORST_FIRST.index(term.severity) for term in self.terms]
        self._dated = [n for n, term in enumerate(self.terms) if term.valid_from or term.valid_to]
        self._automaton = ahocorasick.Automaton()
        for word, numbers in words.items():
            self._automaton.add_word(word, (len(word), tuple(numbers)))
        self._automaton.make_automaton()

    def hits(self, passage: Passage, day: date) -> Iterator[Hit]:
        """Every place where a term stands that holds on that day, in the order of the text.

        Raises `TooManyPlaces` after those in its beginning if there are more than a fifth of its letters.
        """
        if not self._has_words:
            return
        folded = passage.folded
        found, is_whole = self._uncovered(folded.text, day)
        for start, minus_end, number in self._strongest(found):
            yield Hit(*folded.span(start, -minus_end), self.terms[number])
        if not is_whole:
            raise TooManyPlaces

    def _uncovered(self, text: str, day: date) -> tuple[list[_Raw], bool]:
        """Every place of every term, sorted, but for those inside an exception of that term; and whether these are all."""
        most = ALWAYS_ALLOWED + len(text) // LETTERS_A_PLACE
        is_whole = True
        found: list[_Raw] = []
        exceptions: dict[int, list[tuple[int, int]]] = {}
        silent = {number for number in self._dated if not self.terms[number].holds_on(day)}
        for number_of_place, (last, (length, numbers)) in enumerate(self._automaton.iter(text)):
            if number_of_place == most:
                is_whole = False
                break
            end = last + 1
            for number in numbers:
                if number < 0:
                    exceptions.setdefault(~number, []).append((end - length, end))
                elif number not in silent:
                    found.append((end - length, -end, number))
        if exceptions:
            covers = {number: _Cover(spans) for number, spans in exceptions.items()}
            found = [raw for raw in found if raw[2] not in covers or not covers[raw[2]].over(raw)]
        found.sort()
        return found, is_whole

    def _strongest(self, found: list[_Raw]) -> Iterator[_Raw]:
        """Without those inside a longer one that says as much or more, nor a second one for the same words."""
        reaches = [0] * len(WORST_FIRST)
        last_end: dict[int, int] = {}
        before = (-1, -1)
        for raw in found:
            start, minus_end, number = raw
            # 哈哈 stands twice in 哈哈哈哈, not three times.
            if (start, minus_end) == before or last_end.get(number, 0) > start:
                continue
            before, last_end[number] = (start, minus_end), -minus_end
            rank = self._ranks[number]
            if max(reaches[: rank + 1]) < -minus_end:
                yield raw
            reaches[rank] = max(reaches[rank], -minus_end)


class _Cover:
    """Spans, asked whether one of them covers a place: one step of halving, however many there are."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _end in spans]
        self._furthest = list(accumulate((end for _start, end in spans), max))

    def over(self, raw: _Raw) -> bool:
        begun = bisect_right(self._starts, raw[0])
        return begun > 0 and self._furthest[begun - 1] >= -raw[1]


def plain(word: str) -> str:
    # Nearly every word of a list is plain as it stands, and a list is long.
    return word if PLAIN.fullmatch(word) else Folded.of(word).text
