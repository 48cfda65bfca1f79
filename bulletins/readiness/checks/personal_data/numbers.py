"""Numbers as a reader puts them together: digits in a row, whatever stands between them to hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from bulletins.readiness.subject import Passage

# What may stand between the digits of one number. No tab, which parts the cells of a table; no comma or colon,
# which part thousands and hours; no asterisk or ×, by which a number is masked.
_BETWEEN = (
    r"[ \n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u20e3\-\u2010-\u2015\u2212\u30fb~.。·•・‧∙⋅_/\\|()]"
)
_RUN = re.compile(rf"\d+(?:{_BETWEEN}{{1,3}}\d+)*")
_DIGITS = re.compile(r"\d+")
# 一三八幺二三四…: seven numerals or more in a row are read out digit by digit, not counted.
_NUMERAL = "[0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_READ_OUT = re.compile(rf"{_NUMERAL}(?:{_BETWEEN}{{0,2}}{_NUMERAL}){{6,}}")
_VALUES = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789")
# 138,1234,5678: no thousands, no hours, no mask, but a mobile number that somebody parted as they are parted.
_ODDLY_PARTED = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)([,:+*'’])(\d{4})\2(\d{4})(?!\d)")
# What a digit counts for where the rule of check digits doubles it.
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
# Letters that are put for the X at the end of an identity number.
_X = re.compile(rf"{_BETWEEN}{{0,3}}([XxХхΧχ×✕✖])(?![A-Za-z])")


@dataclass(frozen=True)
class Run:
    """Digits with little between them. `at[i]` is the place of digit i in the folded text.

    A number starts where a group of digits starts (`starts`) and ends where one ends (`ends`): the middle of a long
    number is no number of its own.
    """

    digits: str
    at: tuple[int, ...]
    starts: frozenset[int]
    ends: frozenset[int]
    # Where the X after the last digit stands.
    x: int | None

    def is_whole(self, start: int, end: int) -> bool:
        return start in self.starts and end in self.ends

    def groups(self, start: int, end: int) -> list[str]:
        cuts = [cut for cut in range(start, end) if cut in self.starts or cut == start] + [end]
        return [self.digits[a:b] for a, b in pairwise(cuts)]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `digits[start:end]` stands in the folded text."""
        return self.at[start], self.at[end - 1] + 1

    def is_even(self, start: int, end: int) -> bool:
        """Whether it is written as one group, or parted the way a person parts a long number."""
        if len(self.starts) == len(self.digits):
            return True
        groups = [len(group) for group in self.groups(start, end)]
        return len(groups) == 1 or (len(set(groups[:-1])) == 1 and groups[-1] <= max(groups[0], 4) <= 6)

    def holds_a_date(self, start: int, end: int) -> bool:
        groups = self.groups(start, end)
        return any(
            len(year) == 4
            and year[:2] in {"19", "20"}
            and len(month) <= 2
            and 1 <= int(month) <= 12
            and len(day) <= 2
            and 1 <= int(day) <= 31
            for year, month, day in zip(groups, groups[1:], groups[2:], strict=False)
        )

    @cached_property
    def luhn_sums(self) -> tuple[list[int], list[int]]:
        """Running sums with the digits at even places doubled, and with those at odd places doubled."""
        plain = list(map(int, self.digits))
        doubled = list(map(_DOUBLED.__getitem__, plain))
        sums = []
        for parity in (0, 1):
            mixed = plain.copy()
            mixed[parity::2] = doubled[parity::2]
            sums.append(list(accumulate(mixed, initial=0)))
        return sums[0], sums[1]

    def has_luhn(self, start: int, end: int) -> bool:
        sums = self.luhn_sums[end % 2]
        return (sums[end] - sums[start]) % 10 == 0


def runs(passage: Passage) -> Iterator[Run]:
    """All runs of at least seven digits, in the order of the text."""
    text = _READ_OUT.sub(lambda match: match.group().translate(_VALUES), passage.folded.text)
    text = _ODDLY_PARTED.sub(r"\1 \3 \4", text)
    for match in _RUN.finditer(text):
        if match.end() - match.start() < 7:
            continue
        at: list[int] = []
        starts: set[int] = set()
        ends: set[int] = set()
        for group in _DIGITS.finditer(text, match.start(), match.end()):
            first = len(at)
            at.extend(range(group.start(), group.end()))
            starts.add(first)
            ends.add(len(at))
            _part_bullets(passage, group, first, starts, ends)
        if len(at) < 7:
            continue
        x = _X.match(text, match.end())
        digits = "".join(text[index] for index in at)
        yield Run(digits, tuple(at), frozenset(starts), frozenset(ends), x.start(1) if x else None)


def _part_bullets(
    passage: Passage, group: re.Match[str], first: int, starts: set[int], ends: set[int]
) -> None:
    """①138… is a first item and a number, not the number 1138…: a circled digit is a group of its own."""
    at = passage.folded.at
    if passage.text[at[group.start()] : at[group.end() - 1] + 1].isascii():
        return
    plain = [passage.text[at[index]].isdecimal() for index in range(group.start(), group.end())]
    for offset in range(1, len(plain)):
        if plain[offset] != plain[offset - 1]:
            starts.add(first + offset)
            ends.add(first + offset)


def before(passage: Passage, start: int, letters: int) -> str:
    """What stands before a place of the folded text."""
    return passage.folded.text[max(0, start - letters) : start]


def after(passage: Passage, end: int, letters: int) -> str:
    return passage.folded.text[end : end + letters]
