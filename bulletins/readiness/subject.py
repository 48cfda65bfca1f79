"""What is checked: the passages of a text that a reader sees, and the same folded for looking things up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from bulletins.models.body import reader_text
from bulletins.models.revision import Content

# Letters that take no room: between the digits of a number they hide it from a search, not from a reader. Besides
# these, all letters of the category "format" (Cf): zero-width spaces and joiners, marks of direction, soft hyphens.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(
    chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)


# A letter that stands for more than these (ﷺ for eighteen) hides no number, and would make a text many times as long.
_MOST_PARTS = 4


def is_invisible(letter: str) -> bool:
    return not letter.isascii() and (letter in _FILLERS or unicodedata.category(letter) == "Cf")


@lru_cache(maxsize=1 << 14)
def _plain(letter: str) -> str:
    """What is looked up in place of one letter: NFKC makes widths, circled and mathematical digits plain; digits of
    other scripts are taken by their value, and an invisible letter is nothing.
    """
    if is_invisible(letter):
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    if plain.isdecimal() and not plain.isascii():
        plain = "".join(str(unicodedata.decimal(digit)) for digit in plain)
    return plain if len(plain) <= _MOST_PARTS else letter


@dataclass(frozen=True)
class Passage:
    """One field as a reader sees it. `name` is `body`, `headline`, `photos.0.caption` and so on; lines end with \\n."""

    name: str
    text: str

    @cached_property
    def folded(self) -> Folded:
        return Folded.of(self.text)

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What one check has worked out about the passage and another asks for again."""
        return {}

    def place(self, start: int, end: int) -> str:
        return self.text[start:end]


@dataclass(frozen=True)
class Folded:
    """The text with full-width letters and digits made plain and invisible letters left out.

    `at[i]` is where letter i stands in the original; `at[len(text)]` is the original's length.
    """

    text: str
    at: Sequence[int]

    @classmethod
    def of(cls, original: str) -> Folded:
        parts = {letter: _plain(letter) for letter in set(original)}
        text = "".join(map(parts.__getitem__, original))
        if all(len(plain) == 1 for plain in parts.values()):
            return cls(text, range(len(original) + 1))
        at = [index for index, letter in enumerate(original) for _part in parts[letter]]
        return cls(text, (*at, len(original)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `text[start:end]`, without invisible letters around it."""
        return self.at[start], (self.at[end - 1] + 1 if end > start else self.at[start])


@dataclass(frozen=True)
class Subject:
    """A text to be checked. `content` is its frozen content, None for bare text from a file."""

    passages: tuple[Passage, ...]
    content: Content | None = None

    @classmethod
    def of_text(cls, text: str) -> Subject:
        return cls((Passage("text", text),))

    @classmethod
    def of_content(cls, content: Content) -> Subject:
        """Every field of a revision's content that a reader sees."""
        fields: list[tuple[str, str]] = [
            ("kicker", content["kicker"]),
            ("headline", "\n".join(content["headline"])),
            ("subhead", content["subhead"]),
            ("summary", content["summary"]),
            ("body", reader_text(content["body"])),
            ("source", content["source"]),
            ("correction", content.get("correction", "")),
        ]
        fields += [(f"credits.{n}.name", credit["name"]) for n, credit in enumerate(content["credits"])]
        for n, photo in enumerate(content["photos"]):
            fields += [(f"photos.{n}.{name}", photo[name]) for name in ("caption", "alt", "credit")]
        fields.append(("tags", "\n".join(content["tags"])))
        return cls(tuple(Passage(name, text) for name, text in fields if text), content)


@dataclass(frozen=True)
class Around:
    """What checks need from outside, handed to them: they ask neither database nor clock.

    `terms` is a `bulletins.readiness.terms.Matcher` or None; `day` the day of publication as far as known.
    """

    day: date
    terms: Any = None
    more: Mapping[str, Any] = field(default_factory=dict)
