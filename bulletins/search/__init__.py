"""Finding what is public by any words of it, on SQLite and PostgreSQL.

Every two letters that stand side by side are a token of the index (`pairs`), so a word is found wherever a text holds
it: no dictionary knows the names of people and places. Releases are entered by `index`, in the transaction in which
they are released or withdrawn; `read_query` understands what was typed, `find` answers with what readers may see.
"""

from bulletins.search import index
from bulletins.search.asking import Question
from bulletins.search.finding import PAGE_SIZE, SAMPLE, BrokenCursor, Cursor, Found, cursor_of, find
from bulletins.search.marking import Marked, Shown, marked, shown
from bulletins.search.query import LONGEST, Query, read_query

__all__ = [
    "LONGEST",
    "PAGE_SIZE",
    "SAMPLE",
    "BrokenCursor",
    "Cursor",
    "Found",
    "Marked",
    "Query",
    "Question",
    "Shown",
    "cursor_of",
    "find",
    "index",
    "marked",
    "read_query",
    "shown",
]
