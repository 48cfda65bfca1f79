"""The body as blocks: paragraphs, headings, items, rows and pictures, each with its text and how it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from bulletins.models.body import BLOCKS, PHOTO

# What a block is called by; a paragraph within one of these is that.
KINDS = ("h2", "h3", "tr", "blockquote")
MARKS = frozenset({"strong", "em"})
_BLANKS = re.compile(r"[ \t\r\n]+")

Run = tuple[str, frozenset[str]]


@dataclass(frozen=True)
class Block:
    """`kind`: p, h2, h3, ul or ol (an item of one), blockquote, tr, hr or img. `runs`: stretches of text, each with its
    marks (strong, em, or `href` with an address). `picture`: the SHA-256 of an img."""

    kind: str
    runs: tuple[Run, ...] = ()
    picture: str = ""

    @property
    def text(self) -> str:
        return "".join(text for text, _marks in self.runs)

    @property
    def key(self) -> str:
        """What it is known by in another version; never the text of another kind of block."""
        return f"\0{self.kind}{self.picture}" if self.kind in {"img", "hr"} else self.text

    def marks(self) -> list[frozenset[str]]:
        """Those of each character of the text."""
        return [marks for text, marks in self.runs for _letter in text]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._open: list[str] = []
        self._marks: list[tuple[str, str]] = []
        self._runs: list[Run] = []

    def _kind(self) -> str:
        for tag in reversed(self._open):
            if tag in KINDS:
                return tag
            if tag == "li":
                return next((outer for outer in reversed(self._open) if outer in {"ul", "ol"}), "ul")
        return "p"

    def end_block(self) -> None:
        runs = _stripped(self._runs)
        if runs:
            self.found.append(Block(self._kind(), runs))
        self._runs = []

    def _write(self, text: str) -> None:
        marks = frozenset(mark for _tag, mark in self._marks)
        if self._runs and self._runs[-1][1] == marks:
            text = self._runs.pop()[0] + text
        self._runs.append((text, marks))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in MARKS or tag == "a":
            self._marks.append((tag, f"href {given.get('href') or ''}" if tag == "a" else tag))
        elif tag == "br":
            self._write("\n")
        elif tag in {"td", "th"}:
            if self._runs:
                self._write("\t")
        elif tag == "img":
            self.end_block()
            if sha := PHOTO.search(given.get("src") or ""):
                self.found.append(Block("img", picture=sha[1]))
        elif tag in BLOCKS and not (tag != "tr" and "tr" in self._open):
            self.end_block()
            if tag == "hr":
                self.found.append(Block("hr"))
            else:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS or tag == "a":
            last = next((at for at in reversed(range(len(self._marks))) if self._marks[at][0] == tag), None)
            if last is not None:
                del self._marks[last]
        elif tag in self._open:
            self.end_block()
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._write(_BLANKS.sub(" ", data))


def _stripped(runs: list[Run]) -> tuple[Run, ...]:
    """Without blanks at the two ends of the text."""
    runs = list(runs)
    while runs and not runs[0][0].lstrip():
        del runs[0]
    while runs and not runs[-1][0].rstrip():
        del runs[-1]
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return tuple(runs)


def blocks_of(markup: str) -> list[Block]:
    """In the order in which a reader meets them; markup outside of any block counts as a paragraph."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end_block()
    return reader.found
