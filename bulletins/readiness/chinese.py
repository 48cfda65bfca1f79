"""How Chinese text is cut up: its characters, its clauses and sentences."""

from __future__ import annotations

# For use inside a character class.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
SENTENCE_ENDS = "。！？!?\n"
CLAUSE_ENDS = "，；：,;:" + SENTENCE_ENDS


def is_han(letter: str) -> bool:
    """False for the empty string, so that a neighbour beyond the end of a text can be asked about."""
    return len(letter) == 1 and (
        "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf" or letter == "\u3007"
    )


def pieces(text: str, ends: str) -> list[tuple[int, int]]:
    """Start and end of each piece of the text between the given marks, in order, empty ones left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for index, letter in enumerate(text):
        if letter in ends:
            if index > start:
                found.append((start, index))
            start = index + 1
    if len(text) > start:
        found.append((start, len(text)))
    return found
