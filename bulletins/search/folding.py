"""What counts as the same letter: full and half width, upper and lower case, traditional and simplified."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

TRADITIONAL = Path(__file__).parent / "data" / "traditional.txt"
# Nothing that a reader could see: control signs, zero-width joiners, halves of a pair that lost the other.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def _simplified() -> dict[str, str]:
    lines = TRADITIONAL.read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] for line in lines if not line.startswith("#")}


class _Letters(dict[int, str]):
    """What each letter becomes, worked out when it is first met; `plain` are those met that become one letter each."""

    def __init__(self) -> None:
        self.simplified = _simplified()
        self.plain: set[str] = set()

    def __missing__(self, code: int) -> str:
        self[code] = letters = self._folded(chr(code))
        if len(letters) == 1 and letters != " ":
            self.plain.add(chr(code))
        return letters

    def _folded(self, letter: str) -> str:
        if letter.isspace():
            return " "
        if unicodedata.category(letter) in _UNSEEN:
            return ""
        plain = unicodedata.normalize("NFKC", letter).casefold()
        return "".join(" " if each.isspace() else self.simplified.get(each, each) for each in plain)


_LETTERS = _Letters()


def fold(text: str) -> str:
    """The text as it is compared, on one line, without blanks around it or two of them in a row."""
    return " ".join(text.translate(_LETTERS).split())


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its letters the place in `text` that it came from."""
    translated = text.translate(_LETTERS)
    if _LETTERS.plain.issuperset(text):  # as nearly every line is
        return translated, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in _LETTERS[ord(letter)]:
            if folded != " " or (letters and letters[-1] != " "):
                letters.append(folded)
                places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return "".join(letters), places
