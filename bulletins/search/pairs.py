"""How a folded text is taken apart for the index: every two letters that stand side by side, and every letter.

A text holds a word if it holds the word's pairs one after the other. Chinese needs no dictionary for that, and Latin,
digits and punctuation are treated no differently. Tokens of different lengths and marks never meet:
a letter has one, a pair two; the same of a headline have a mark before them; shelves have many.
"""

from __future__ import annotations

from collections.abc import Iterable

# SQLite's tokeniser would end a token at these: they go in at full width, which no folded text holds.
_ASIDE = {ord(" "): "\u3000"} | {
    code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if not chr(code).isalnum()
}
# Before what stands in a headline: a full-width letter, which no folded text holds either.
HEAD = "\uff28"
# Between two lines: no word reaches over it.
BREAK = "\u00b6\u00b6\u00b6"


def tokens_of_word(word: str, *, head: bool = False) -> list[str]:
    """What to ask the index for, in this order; a word of one letter is asked for by that letter."""
    mark = HEAD if head else ""
    word = word.translate(_ASIDE)
    return [mark + word] if len(word) == 1 else _pairs(word, mark)


def token_of_shelf(shelf: str) -> str:
    return shelf.translate(_ASIDE)


def tokens_of(heads: Iterable[str], texts: Iterable[str], shelves: Iterable[str]) -> list[str]:
    """Everything that the index knows of an item: of its lines (folded), and of the shelves it stands on."""
    tokens: list[str] = []
    heads = list(heads)
    for mark, lines in (("", [*heads, *texts]), (HEAD, heads)):
        lines = [line.translate(_ASIDE) for line in lines]
        for line in lines:
            tokens += _pairs(line, mark)
            tokens.append(BREAK)
        tokens += [mark + letter for letter in dict.fromkeys("".join(lines))]
    return tokens + [token_of_shelf(shelf) for shelf in shelves]


def _pairs(line: str, mark: str) -> list[str]:
    return [mark + line[n : n + 2] for n in range(len(line) - 1)]
