"""Terms within terms: a word that holds dozens of others makes every text slow in which it stands."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from bulletins.readiness.terms import Term, plain

MOST_WITHIN = 20


class Nesting:
    """Built once from the terms of a table."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._automaton = ahocorasick.Automaton()
        for word in {plain(term.match) for term in self.terms}:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    def within(self, term: Term) -> set[str]:
        """The other terms that stand in that word of the term, its own or one of its exceptions, that holds most."""
        own = {plain(term.match)}
        words = (plain(word) for word in (term.match, *term.exceptions))
        held = ({word for _end, word in self._automaton.iter(word)} - own for word in words if word)
        return max(held, key=len, default=set())

    def crowded(self) -> dict[Term, set[str]]:
        """The terms that hold more than `MOST_WITHIN` others, and which these are."""
        found = {}
        for term in self.terms:
            longest = max(map(len, (term.match, *term.exceptions)))
            # So few letters have no more words in them.
            if longest * (longest + 1) // 2 > MOST_WITHIN and len(held := self.within(term)) > MOST_WITHIN:
                found[term] = held
        return found
