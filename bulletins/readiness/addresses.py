"""Addresses that links lead to: where they stand in a text, which hosts they name, and which of them may be called."""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from bulletins.models.body import BLOCKS

# What an answer is kept under (`bulletins.models.checking.LinkAnswer`).
LONGEST = 500
PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# As browsers read them: a last part of digits, or hexadecimal, makes the whole a number.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that lead nowhere from outside a house.
_AT_HOME = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "home.arpa")
_OUTSIDE_ADDRESSES = re.compile(r"[\x00-\x20\x7f\\]")


class Link(NamedTuple):
    """A link of a body: its address, and where its text stands in the text a reader sees (`reader_text`)."""

    address: str
    start: int
    end: int


class _Reader(HTMLParser):
    """Reads a body as `reader_text` does, and notes at which letter each link begins and ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.links: list[tuple[str, int, int]] = []
        self._open: tuple[str, int] | None = None

    def _put(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self._put("\n")
        elif tag in {"td", "th"}:
            self._put("\t")
        elif tag == "a":
            self.close_link()
            address = dict(attrs).get("href")
            self._open = (address.strip(), self.length) if address else None

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._put("\n")
        elif tag == "a":
            self.close_link()

    def handle_data(self, data: str) -> None:
        self._put(data)

    def close_link(self) -> None:
        if self._open is not None:
            self.links.append((*self._open, self.length))
        self._open = None


def links_in(body: str) -> list[Link]:
    """The links of a body, in order. One without a text (a picture) has the paragraph that it stands in."""
    if "<a" not in body:
        return []
    reader = _Reader()
    reader.feed(body)
    reader.close()
    reader.close_link()
    lines = list(_lines("".join(reader.parts)))
    return [Link(address, *_place(lines, start, end)) for address, start, end in reader.links]


class _Line(NamedTuple):
    """A line of the raw text: where it begins, where its letters begin, how many it has, and where a reader sees them."""

    begins: int
    first: int
    length: int
    seen_at: int


def _lines(raw: str) -> Iterator[_Line]:
    at = seen = 0
    for line in raw.splitlines(keepends=True):
        text = line.strip()
        # A line without letters is seen by nobody: it is the end of the one before.
        yield _Line(at, at + line.find(text), len(text), seen if text else max(0, seen - 1))
        at += len(line)
        seen += len(text) + 1 if text else 0


def _place(lines: list[_Line], start: int, end: int) -> tuple[int, int]:
    if not lines:
        return 0, 0
    begins = [line.begins for line in lines]
    first = lines[max(0, bisect_right(begins, start) - 1)]
    last = lines[max(0, bisect_right(begins, max(start, end - 1)) - 1)]
    places = _seen(first, start), _seen(last, end)
    if places[0] < places[1]:
        return places
    return first.seen_at, first.seen_at + first.length


def _seen(line: _Line, at: int) -> int:
    return line.seen_at + min(max(at - line.first, 0), line.length)


@dataclass(frozen=True)
class Target:
    """A place that could be called: `host` in lower case as it is looked up, `address` without what only a browser reads."""

    address: str
    scheme: str
    host: str
    port: int


def is_for_a_browser(address: str) -> bool:
    """Whether it leads to another page, and not to a telephone, a mailbox, or within this site."""
    return not re.match(r"(?:mailto|tel|photo):|#|/(?!/)", address, re.IGNORECASE)


def target_of(address: str) -> Target | None:
    """Nothing if no server could be called by this: no scheme of the web, no proper host, a name and password in it."""
    if _OUTSIDE_ADDRESSES.search(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or "@" in parts.netloc:
        return None
    host = proper_host(parts.hostname or "")
    if not host:
        return None
    return Target(
        address.partition("#")[0], parts.scheme, host, PORTS[parts.scheme] if port is None else port
    )


def proper_host(name: str) -> str:
    """The host as it is looked up (`xn--…` for a Chinese one), or nothing if the name is none that the web has."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        host = name.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = host.split(".")
    if len(host) > 253 or _NUMBER.fullmatch(labels[-1]) or not all(map(_LABEL.fullmatch, labels)):
        return ""
    return host


def is_private(host: str) -> bool:
    """Whether a proper host leads into a house, so that a reader outside sees something else, or nothing."""
    try:
        return not is_public_ip(host)
    except ValueError:
        return "." not in host or any(host == name or host.endswith(f".{name}") for name in _AT_HOME)


# On top of what `is_global` knows, which differs between versions of Python: shared and transition addresses, behind
# which any other may stand.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/3", "::/96", "::ffff:0:0/96",
         "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "fc00::/7", "fe80::/9", "ff00::/8"),
    )
)  # fmt: skip


def is_public_ip(address: str) -> bool:
    """Raises `ValueError` for what is no IP address."""
    ip = ipaddress.ip_address(address)
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip in network for network in _NOT_PUBLIC if network.version == ip.version)


class Hosts:
    """The hosts that may be called: one a line, and `*.` before one means everything below it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.exact: set[str] = set()
        self.above: set[str] = set()
        for line in filter(None, map(str.strip, lines)):
            if host := listed_host(line):
                (self.above if host.startswith("*.") else self.exact).add(host.removeprefix("*."))

    def allow(self, host: str) -> bool:
        parents = host.split(".")
        return host in self.exact or any(".".join(parents[n:]) in self.above for n in range(1, len(parents)))


def listed_host(line: str) -> str:
    """A line of the list as it is meant, or nothing if it is no name of a host outside. No IP address is listed."""
    star, name = ("*.", line[2:]) if line.startswith("*.") else ("", line)
    host = proper_host(name)
    if not host or is_private(host) or ":" in host or host.replace(".", "").isdecimal():
        return ""
    return star + host
