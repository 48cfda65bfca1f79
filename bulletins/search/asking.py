"""Asking the index of whichever database there is, for what readers may see, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from bulletins.models import Release
from bulletins.models.search import ERA, ERA_BITS
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
    sql, parameters = statement(question, at, below)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, most])
        return [Entry(*row) for row in cursor.fetchall()]


# A piece of SQL and its parameters.
Sql = tuple[str, list[Any]]


def _visible(at: datetime) -> Sql:
    """The entry's release if readers may see it, in the words of the one definition that there is."""
    readable = Release.objects.visible(at=at).extra(where=["bulletins_release.id = entry.release_id"])
    sql, parameters = readable.order_by().values("pk").query.sql_with_params()
    return sql, list(parameters)


def _sqlite(question: Question, at: datetime, below: int | None) -> Sql:
    """FTS5 keeps the places of tokens: a word is a phrase of its pairs. It walks from the newest on, and stops early."""
    visible, visible_parameters = _visible(at)
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
        WHERE pairs.tokens MATCH %s {is_below} AND EXISTS ({visible}) ORDER BY pairs.rowid DESC LIMIT %s
    """
    return sql, [asked, *places, *visible_parameters]


def _phrase(tokens: Iterable[str]) -> str:
    """No token holds a quotation mark or a blank."""
    return f'"{" ".join(tokens)}"'


def _all_of(phrases: list[str]) -> str:
    return f"({' AND '.join(phrases)})"


def _postgresql(question: Question, at: datetime, below: int | None) -> Sql:
    """GIN says which entries hold all the pairs; whether they stand one after the other, the text says.

    The newest eras are asked for one by one, then all the rest at once, until there are enough: a common word is found
    without fetching and sorting every entry that has it, a rare one without asking era by era. Texts are read from the
    newest on, in a query of their own each. (Were the bare key sorted or compared, the planner might walk the whole
    table along it; were releases or texts joined, it might read them all.)
    """
    words, without, in_head = question.query.words, question.query.without, question.part == HEAD
    visible, visible_parameters = _visible(at)
    tokens = [token for word in words for token in tokens_of_word(word, head=in_head)]
    tokens += [token_of_shelf(shelf) for shelf in question.shelves]
    # A single letter and a single pair are tokens themselves: there the index has said it all.
    long = [word for word in words if len(word) > 2]
    in_row = ["strpos(head, %s) > 0"] * len(long) if in_head else []
    in_text = [] if in_head else ["strpos(text, %s) > 0"] * len(long)
    in_text += ["strpos(text, %s) = 0"] * len(without)
    in_row_parameters = [*long] if in_head else []
    if question.part == REST:
        in_row.append(f"NOT ({' AND '.join(['strpos(head, %s) > 0'] * len(words))})")
        in_row_parameters += words
    read = f"(SELECT {' AND '.join(in_text)} FROM bulletins_searchentry WHERE place = entry.place)"
    sql = f"""
        SELECT entry.* FROM (
            SELECT least(max(place), %s::bigint) >> {ERA_BITS} AS era FROM bulletins_searchentry
        ) AS newest CROSS JOIN generate_series(0, {APART}) AS back CROSS JOIN LATERAL (
            SELECT place, release_id, shelves, head FROM bulletins_searchentry
            WHERE tokens @> (%s::text[] || CASE WHEN back < {APART} THEN ARRAY[%s || (era - back)] ELSE '{{}}' END)
            AND place + 0 < CASE WHEN back < {APART} THEN %s::bigint ELSE (era - {APART - 1}) << {ERA_BITS} END
            {"".join(f"AND {each} " for each in in_row)} ORDER BY place + 0 DESC
        ) AS entry WHERE {f"{read} AND" if in_text else ""} ({visible}) IS NOT NULL LIMIT %s
    """
    top = _HIGHEST if below is None else below
    parameters = [top, tokens, token_of_shelf(ERA), top, *in_row_parameters]
    return sql, [*parameters, *([] if in_head else long), *without, *visible_parameters]


# Eras that PostgreSQL is asked for one by one, and what no place reaches.
APART = 2
_HIGHEST = (1 << 63) - 1
