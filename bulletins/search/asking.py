"""Asking the index of whichever database there is, for what readers may see, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from bulletins.models import Release
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


def ask(question: Question, *, at: datetime, below: int | None = None, most: int) -> list[Entry]:
    """The newest `most` entries that fit and are visible then; with `below`, of those below that place. One query."""
    statement = _sqlite if connection.vendor == "sqlite" else _postgresql
    sql, parameters = statement(question, _visible(at), below)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, most])
        return [Entry(*row) for row in cursor.fetchall()]


# A piece of SQL and its parameters.
Sql = tuple[str, list[Any]]


def _visible(at: datetime) -> Sql:
    """Whether readers may see the entry's release, in the words of the one definition that there is."""
    readable = Release.objects.visible(at=at).extra(where=["bulletins_release.id = entry.release_id"])
    sql, parameters = readable.order_by().values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", list(parameters)


def _sqlite(question: Question, visible: Sql, below: int | None) -> Sql:
    """FTS5 keeps the places of tokens: a word is a phrase of its pairs. It walks from the newest on, and stops early."""
    query = question.query
    wanted = [_phrase(tokens_of_word(word, head=question.part == HEAD)) for word in query.words]
    asked = _all_of([*wanted, *(_phrase([token_of_shelf(shelf)]) for shelf in question.shelves)])
    if question.part == REST:
        asked += f" NOT {_all_of([_phrase(tokens_of_word(word, head=True)) for word in query.words])}"
    for word in query.without:
        asked += f" NOT {_phrase(tokens_of_word(word))}"
    is_below, places = ("", []) if below is None else ("AND pairs.rowid < %s", [below])
    sql = f"""
        SELECT entry.place, entry.release_id, entry.shelves, entry.head
        FROM bulletins_searchpairs AS pairs CROSS JOIN bulletins_searchentry AS entry ON entry.place = pairs.rowid
        WHERE pairs.tokens MATCH %s {is_below} AND {visible[0]} ORDER BY pairs.rowid DESC LIMIT %s
    """
    return sql, [asked, *places, *visible[1]]


def _phrase(tokens: Iterable[str]) -> str:
    """No token holds a quotation mark or a blank."""
    return f'"{" ".join(tokens)}"'


def _all_of(phrases: list[str]) -> str:
    return f"({' AND '.join(phrases)})"


def _postgresql(question: Question, visible: Sql, below: int | None) -> Sql:
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
    read = [f"strpos({'entry.head' if in_head else 'entry.text'}, %s) > 0"] * len(long)
    read += ["strpos(entry.text, %s) = 0"] * len(without)
    sql = f"""
        WITH held AS MATERIALIZED (
            SELECT place FROM bulletins_searchentry WHERE {" AND ".join(held)} ORDER BY place + 0 DESC
        )
        SELECT found.* FROM held CROSS JOIN LATERAL (
            SELECT place, release_id, shelves, head FROM bulletins_searchentry AS entry
            WHERE {" AND ".join(["entry.place = held.place", *read, visible[0]])}
        ) AS found LIMIT %s
    """
    return sql, [*parameters, *long, *without, *visible[1]]
