"""Asking the index of whichever database there is. Newest first; what readers may see of it is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from bulletins.search.pairs import token_of_shelf, tokens_of_word
from bulletins.search.query import Query

# Which of those that fit: all of them, those that have every word in their headline, or the others.
ALL, HEAD, REST = "all", "head", "rest"


@dataclass(frozen=True)
class Question:
    """The words, the shelves that all must stand on, and which part of what fits is asked for."""

    query: Query
    shelves: tuple[str, ...] = ()
    part: str = ALL


class Entry(NamedTuple):
    place: int
    release_id: int
    shelves: str
    head: str

    def has_in_head(self, query: Query) -> bool:
        return all(word in self.head for word in query.words)


def ask(question: Question, *, below: int | None = None, most: int) -> list[Entry]:
    """The newest `most` entries that fit; with `below`, of those that stand below that place. One query."""
    statement = _sqlite if connection.vendor == "sqlite" else _postgresql
    sql, parameters = statement(question, below, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Entry(*row) for row in cursor.fetchall()]


def _sqlite(question: Question, below: int | None, most: int) -> tuple[str, list[Any]]:
    """FTS5 keeps the places of tokens: a word is a phrase of its pairs. It walks from the newest on, and stops early."""
    query = question.query
    wanted = [_phrase(tokens_of_word(word, head=question.part == HEAD)) for word in query.words]
    asked = _all_of([*wanted, *(_phrase([token_of_shelf(shelf)]) for shelf in question.shelves)])
    if question.part == REST:
        asked += f" NOT {_all_of([_phrase(tokens_of_word(word, head=True)) for word in query.words])}"
    for word in query.without:
        asked += f" NOT {_phrase(tokens_of_word(word))}"
    sql = """
        SELECT entry.place, entry.release_id, entry.shelves, entry.head
        FROM bulletins_searchpairs AS pairs CROSS JOIN bulletins_searchentry AS entry ON entry.place = pairs.rowid
        WHERE pairs.tokens MATCH %s {below} ORDER BY pairs.rowid DESC LIMIT %s
    """
    if below is None:
        return sql.format(below=""), [asked, most]
    return sql.format(below="AND pairs.rowid < %s"), [asked, below, most]


def _phrase(tokens: Iterable[str]) -> str:
    """No token holds a quotation mark or a blank."""
    return f'"{" ".join(tokens)}"'


def _all_of(phrases: list[str]) -> str:
    return f"({' AND '.join(phrases)})"


def _postgresql(question: Question, below: int | None, most: int) -> tuple[str, list[Any]]:
    """GIN says which entries hold all the pairs; whether they stand one after the other, the text says.

    Texts are read from the newest entry on until there are enough. (Sorted by the bare key, the planner may walk the
    whole table along it and open each entry.)
    """
    words, without, in_head = question.query.words, question.query.without, question.part == HEAD
    tokens = [token for word in words for token in tokens_of_word(word, head=in_head)]
    tokens += [token_of_shelf(shelf) for shelf in question.shelves]
    held = ["tokens @> %s::text[]"]
    parameters: list[Any] = [tokens]
    if below is not None:
        held.append("place < %s")
        parameters.append(below)
    if question.part == REST:
        held.append(f"NOT ({' AND '.join(['strpos(head, %s) > 0'] * len(words))})")
        parameters += words
    # A single letter and a single pair are tokens themselves: there the index has said it all.
    long = [word for word in words if len(word) > 2]
    read = [f"strpos({'found.head' if in_head else 'found.text'}, %s) > 0"] * len(long)
    read += ["strpos(found.text, %s) = 0"] * len(without)
    sql = f"""
        WITH held AS MATERIALIZED (
            SELECT place FROM bulletins_searchentry WHERE {" AND ".join(held)}
            ORDER BY place + 0 DESC {"" if read else "LIMIT %s"}
        )
        SELECT entry.* FROM held CROSS JOIN LATERAL (
            SELECT place, release_id, shelves, head FROM bulletins_searchentry AS found
            WHERE {" AND ".join(["found.place = held.place", *read])}
        ) AS entry {"LIMIT %s" if read else ""}
    """
    return sql, [*parameters, *long, *without, most]
