"""How old addresses are written, and whether one is meant by an address that somebody asks for.

A small language instead of regular expressions, so that no pattern can run long: `{name}` stands for one or more
letters, digits, hyphens and underscores, and `*` as the last part of a path for everything that follows. Between two
names something has to stand. A text is gone through once, from left to right, and nothing is tried twice: the first
place where a literal stands is the right one, since a later one would only make the name before it longer, by
letters that the name after it may hold as well.

Capital and small letters are the same, and so are an address with and without its last slash. Parameters may stand in
any order, and an address that has more of them than were written down is meant all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes, urlsplit

from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext_lazy as _

LONGEST = 500
# Folding makes some letters two or three.
LONGEST_KEY = 600
MOSTNAMES = 8
# Of more parameters than these, an old address is found by all together or by one of them.
COMBINED = 6

NAME = re.compile(r"\{([a-z]{1,20})\}")
_WORD = re.compile(r"[-\w]")
_WORDS = re.compile(r"[-\w]+")
_BRACES = re.compile(r"[{}]")


class NoAddress(ValueError):
    """It cannot be read; the argument is a sentence that says why."""


@dataclass(frozen=True)
class Name:
    """A place that is held by one or more letters, digits, hyphens and underscores."""

    name: str


Part = tuple[str | Name, ...]


@dataclass(frozen=True)
class Address:
    """A path in parts, whether anything may follow it, and the parameters that must be there."""

    path: tuple[Part, ...]
    is_open: bool
    query: tuple[tuple[str, Part], ...]

    @property
    def names(self) -> list[str]:
        parts = [*self.path, *(part for _name, part in self.query)]
        return [piece.name for part in parts for piece in part if isinstance(piece, Name)]

    @property
    def is_pattern(self) -> bool:
        return self.is_open or bool(self.names)

    @property
    def lead(self) -> str:
        """The first part of the path as it must stand there; empty if anything may."""
        return _nameless(self.path[0]) if self.path and is_literal(self.path[0]) else ""

    @property
    def key(self) -> str:
        """The address as one text, by which the same one is known again however it was written."""
        path = "/" + "/".join([*map(_nameless, self.path), *(["*"] if self.is_open else [])])
        query = sorted(f"{name}={_nameless(part)}" for name, part in self.query)
        return f"{path}?{'&'.join(query)}" if query else path

    @property
    def path_key(self) -> str:
        """The path alone, as one text."""
        return self.key.partition("?")[0]

    @property
    def weight(self) -> int:
        """How exactly it says what is meant: the letters that must stand there."""
        parts = [*self.path, *(part for _name, part in self.query)]
        return sum(len(piece) for part in parts for piece in part if isinstance(piece, str)) + len(self.query)


def _nameless(part: Part) -> str:
    """What must stand there, and braces for each name: two patterns that differ in names alone are one."""
    return "".join(piece if isinstance(piece, str) else "{}" for piece in part)


def is_literal(part: Part) -> bool:
    return all(isinstance(piece, str) for piece in part)


# --- Reading -------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Percent signs read as letters, where they are some; other encodings stay as they are written."""
    data = unquote_to_bytes(text)
    return normalize("NFC", repercent_broken_unicode(data).decode())


def folded(text: str) -> str:
    return normalize("NFC", text.casefold())


def parts_of(path: str) -> list[str]:
    """The parts of a path whose percent signs were read already."""
    return [normalize("NFC", part) for part in path.strip("/").split("/")] if path.strip("/") else []


def pairs_of(query: str) -> list[tuple[str, str]]:
    """Names and values of the parameters, as they stand in an address. Never fails."""
    pairs = (piece.partition("=") for piece in query.split("&") if piece)
    return [(folded(plain(name)), plain(value.replace("+", " "))) for name, _sign, value in pairs]


def read(text: str) -> Address:
    """An old address as it was written down; that of a whole page, host included, is read as well."""
    text = text.strip()
    found = read_any(text)
    if not found.path and not found.is_open:
        raise NoAddress(_("This is the home page, which is always there; nobody would be led on."))
    return found


@lru_cache(maxsize=4096)
def read_any(text: str) -> Address:
    """As `read`, the home page included. Raises `NoAddress`."""
    if len(text) > LONGEST:
        raise NoAddress(_("It is longer than 500 characters."))
    try:
        whole = urlsplit(text if "://" in text else f"//host{text}")
    except ValueError as error:
        raise NoAddress(_("It is no address.")) from error
    if not ("://" in text or text.startswith("/")) or text.startswith("//"):
        raise NoAddress(_("It has to begin with a slash, as /news.asp?id=123."))
    if re.search(r"[\x00-\x1f\x7f]|%00", text):
        raise NoAddress(_("It is no address."))
    parts = [plain(part) for part in whole.path.strip("/").split("/")] if whole.path.strip("/") else []
    pairs = pairs_of(whole.query)
    is_open = bool(parts) and parts[-1] == "*"
    if any("*" in part for part in (parts[:-1] if is_open else parts)) or any("*" in v for _n, v in pairs):
        raise NoAddress(_("A * can only be the last part of the path, as /news/*."))
    found = Address(
        tuple(_part(part) for part in (parts[:-1] if is_open else parts)),
        is_open,
        tuple((name, _part(value)) for name, value in pairs),
    )
    if len(set(found.names)) != len(found.names) or len(found.names) > MOSTNAMES:
        raise NoAddress(_("Every name in braces can stand there once, and there can be eight of them."))
    if len({name for name, _part in found.query}) != len(found.query):
        raise NoAddress(_("A parameter stands there twice."))
    if len(found.key) > LONGEST_KEY:
        raise NoAddress(_("It is longer than 500 characters."))
    return found


def _part(text: str) -> Part:
    pieces = NAME.split(text)
    part: list[str | Name] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            part.append(Name(piece))
        elif piece:
            if _BRACES.search(piece):
                raise NoAddress(_("Names in braces have small letters only, as {id}."))
            part.append(folded(piece))
    if any(isinstance(one, Name) and isinstance(other, Name) for one, other in pairwise(part)):
        raise NoAddress(_("Between two names in braces something has to stand, as {year}-{id}."))
    return tuple(part)


# --- Finding -------------------------------------------------------------------------------------------------------


def keys(parts: list[str], pairs: list[tuple[str, str]]) -> list[str]:
    """The keys of every address without names that is meant; at most 65."""
    path = "/" + "/".join(folded(part) for part in parts)
    singles = sorted({f"{name}={folded(value)}" for name, value in pairs})
    some = singles[:COMBINED]
    chosen = {choice for size in range(len(some) + 1) for choice in combinations(some, size)}
    if len(singles) > COMBINED:
        chosen = {(), tuple(singles), *((single,) for single in singles[:62])}
    return [f"{path}?{'&'.join(choice)}" if choice else path for choice in chosen]


def match(address: Address, parts: list[str], pairs: list[tuple[str, str]]) -> dict[str, str] | None:
    """What stands for each name, `*` included; None if this address is not meant."""
    if len(parts) < len(address.path) or (len(parts) > len(address.path) and not address.is_open):
        return None
    found: dict[str, str] = {}
    given = dict(reversed(pairs))
    for part, text in zip(address.path, parts, strict=False):
        if not _match_part(part, text, found):
            return None
    for name, part in address.query:
        if name not in given or not _match_part(part, given[name], found):
            return None
    if address.is_open:
        found["*"] = "/".join(parts[len(address.path) :])
    return found


def _match_part(part: Part, text: str, found: dict[str, str]) -> bool:
    """Whether the text is that part; what stands for its names is put into `found`."""
    low = folded(text)
    if is_literal(part):
        return low == _nameless(part)
    # What stands for a name is given back as it was written, where folding left every letter in its place.
    source = text if len(low) == len(text) else low
    place = 0
    name: Name | None = None
    for index, piece in enumerate(part):
        if isinstance(piece, Name):
            name = piece
            continue
        is_last = index == len(part) - 1
        start = place if name is None else low.find(piece, place + 1)
        if is_last and name is not None:
            start = len(low) - len(piece)
        if start < place or not low.startswith(piece, start):
            return False
        if name is not None and not _take(name, source[place:start], found):
            return False
        place, name = start + len(piece), None
    return _take(name, source[place:], found) if name is not None else place == len(low)


def _take(name: Name, text: str, found: dict[str, str]) -> bool:
    found[name.name] = text
    return bool(_WORDS.fullmatch(text))


# --- What one leads to ---------------------------------------------------------------------------------------------


def filled(target: str, found: dict[str, str]) -> str:
    """The target with what stands for each name, each written so that it stays one part of an address."""
    place = NAME.sub(lambda name: quote(found[name[1]], safe=""), target)
    return place.replace("*", quote(found.get("*", ""), safe="/"))


def meets(one: Address, other: Address) -> bool:
    """Whether an address of the first kind can be meant by the second."""
    if len(one.path) < len(other.path) and not one.is_open:
        return False
    if len(one.path) > len(other.path) and not other.is_open:
        return False
    pairs = list(zip(one.path, other.path, strict=False))
    given = dict(one.query)
    for name, part in other.query:
        if name not in given:
            return False
        pairs.append((given[name], part))
    return all(_parts_meet(mine, theirs) for mine, theirs in pairs)


def _parts_meet(one: Part, other: Part) -> bool:
    """Whether one text can be both: every pair of places is looked at once."""
    mine, theirs = list(_places(one)), list(_places(other))
    waiting, seen = [(0, 0)], {(0, 0)}
    while waiting:
        i, j = waiting.pop()
        if i == len(mine) and j == len(theirs):
            return True
        for step in _steps(mine, theirs, i, j):
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


def _places(part: Part) -> Iterator[tuple[str | None, bool]]:
    """Each letter (None for any that a name may hold), and whether it may stand there any number of times."""
    for piece in part:
        if isinstance(piece, Name):
            yield None, False
            yield None, True
        else:
            yield from ((letter, False) for letter in piece)


def _steps(
    mine: list[tuple[str | None, bool]], theirs: list[tuple[str | None, bool]], i: int, j: int
) -> Iterator[tuple[int, int]]:
    if i < len(mine) and mine[i][1]:
        yield i + 1, j
    if j < len(theirs) and theirs[j][1]:
        yield i, j + 1
    if i < len(mine) and j < len(theirs) and _same(mine[i][0], theirs[j][0]):
        yield i + (not mine[i][1]), j + (not theirs[j][1])


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        letter = other if one is None else one
        return letter is None or bool(_WORD.fullmatch(letter))
    return one == other
