"""Queries for generated articles, and the plain truth: which texts hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bulletins import search
from bulletins.search.folding import fold
from bulletins.search.query import Query
from tests.search.generated import Made, Maker

# How many characters each kind of query has; a name has two or three, a phrase more.
KINDS = {"one": (1,), "two": (2,), "three": (3,), "phrase": range(4, 12)}


def queries(maker: Maker, articles: list[Made], number: int) -> list[tuple[str, str]]:
    """So many of each kind: taken out of the texts, and as many again made up, most of which stand in none."""
    asked = []
    for kind, lengths in KINDS.items():
        for n in range(number):
            length = maker.chance.choice(lengths)
            line = maker.chance.choice(maker.chance.choice(articles).lines)
            start = maker.chance.randrange(max(1, len(line) - length))
            made_up = "".join(maker.chance.choices(maker.letters, k=length))
            asked.append((kind, made_up if n % 4 == 3 else line[start : start + length]))
    asked += [("name", maker.name()) for _ in range(number)]
    return [(kind, text) for kind, text in asked if fold(text)]


def everything_found(text: str, *, at: datetime, newest_first: bool = False) -> list[int]:
    """The releases on all pages of the answer, in its order; the whole text is one word."""
    question = search.Question(Query((fold(text),)))
    keys: list[int] = []
    after = None
    for _page in count():
        found = search.find(question, at=at, newest_first=newest_first, after=after)
        keys += [release.pk for release in found.releases]
        if not (after := found.further):
            return keys
    raise AssertionError


@dataclass
class Truth:
    """What a plain look at every text says."""

    texts: dict[int, list[str]] = field(default_factory=dict)

    def enter(self, key: int, lines: list[str]) -> None:
        self.texts[key] = [fold(line) for line in lines]

    def holding(self, text: str) -> set[int]:
        word = fold(text)
        return {key for key, lines in self.texts.items() if any(word in line for line in lines)}
