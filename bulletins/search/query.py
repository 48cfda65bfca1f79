"""What somebody typed into the search box, understood: words that must be there, and words that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletins.search.folding import fold

# A sentence copied from somewhere is still read; of a whole page only the beginning.
LONGEST, MOST_WORDS = 200, 16

# Quotation marks of any kind hold words together; one that is not closed holds them to the end.
_PART = re.compile(
    r"""
    (?P<minus>(?<!\S)[-－]+)?
    (?: ["“”„＂] (?P<quoted>[^"“”„＂]*) ["“”„＂]?
      | 「 (?P<corner>[^「」]*) 」?
      | 『 (?P<double>[^『』]*) 』?
      | (?P<plain>[^\s"“”„＂「」『』]+)
      | [」』]
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Query:
    """Folded words, in the order in which they were typed."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    # Whether more was typed than is asked for.
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for; “everything but” is not."""
        return bool(self.words)


def read_query(text: str) -> Query:
    """Words apart are all wanted; "in quotation marks" they stand side by side; with a - before it one is not wanted."""
    words: dict[str, None] = {}
    without: dict[str, None] = {}
    for match in _PART.finditer(text[:LONGEST]):
        plain = (match["plain"] or "").rstrip("-－") and match["plain"]  # a hyphen by itself is no word
        part = match["quoted"] or match["corner"] or match["double"] or plain or ""
        if word := fold(part):
            (without if match["minus"] else words)[word] = None
    is_cut = len(text) > LONGEST or len(words) > MOST_WORDS or len(without) > MOST_WORDS
    return Query(tuple(words)[:MOST_WORDS], tuple(without)[:MOST_WORDS], is_cut)
