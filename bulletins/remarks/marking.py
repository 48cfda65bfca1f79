"""Marks passages in a text as it is shown: in the markup of a body block by block, in other fields letter by letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bulletins.models.body import BLOCKS
from bulletins.remarks.anchors import Span

_VOID = frozenset({"br", "hr", "img"})
# A remark's number and where its passage stands.
Passage = tuple[int, Span]


@dataclass
class Block:
    """What stands at the outermost level of a body, and the numbers of the passages that begin in it."""

    html: str
    begins: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Run:
    """Letters of one piece of the source: each with what stands for it there."""

    letters: str
    sources: Sequence[str]


def _sign(number: int) -> str:
    said = escape(_("Remark %(number)s") % {"number": number})
    return (
        f'<a class="remark-sign" id="passage-{number}" href="#remark-{number}" data-number="{number}" '
        f'aria-label="{said}"></a>'
    )


def _marked(
    sources: Sequence[str], owners: Sequence[tuple[int, ...]], signs: Mapping[int, Sequence[int]]
) -> str:
    """The letters in runs of the same passages, each run of some passage marked. `signs`: what ends with which letter."""
    parts: list[str] = []
    first = 0
    for at in range(1, len(sources) + 1):
        ending = signs.get(at - 1, ())
        if at < len(sources) and owners[at] == owners[first] and not ending:
            continue
        run = "".join(sources[first:at])
        numbers = " ".join(map(str, owners[first]))
        parts.append(f'<mark class="remarked-text" data-remarks="{numbers}">{run}</mark>' if numbers else run)
        parts += map(_sign, ending)
        first = at
    return "".join(parts)


def mark_text(text: str, passages: Iterable[Passage]) -> SafeString:
    """A text without markup, escaped, its passages marked and each followed by its sign. No mark goes on over a line's end."""
    owners: list[tuple[int, ...]] = [()] * len(text)
    signs: dict[int, list[int]] = {}
    for number, span in passages:
        for at in range(span.start, min(span.end, len(text))):
            owners[at] += (number,) if text[at] != "\n" else ()
        signs.setdefault(span.end - 1, []).append(number)
    return mark_safe(_marked([escape(letter) for letter in text], owners, signs))


class _Body(HTMLParser):
    """Reads a body as `reader_text` does, and remembers where in the markup each letter stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        # Markup and runs of letters in their order, with how deep in elements each stands and whether within a link.
        self.parts: list[tuple[str | _Run, int, bool]] = []
        # Every letter a reader could see: of which run, and which of it; None for what only parts lines and cells.
        self.raw: list[str] = []
        self.places: list[tuple[int, int] | None] = []
        self.depth = self.links = 0

    def _between(self, letter: str) -> None:
        self.raw.append(letter)
        self.places.append(None)

    def _keep(self, part: str | _Run) -> None:
        self.parts.append((part, self.depth, self.links > 0))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self._between("\n")
        elif tag in {"td", "th"}:
            self._between("\t")
        self._keep(self.get_starttag_text() or "")
        self.depth += tag not in _VOID
        self.links += tag == "a"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        self.links -= tag == "a"
        if tag in BLOCKS:
            self._between("\n")
        self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._read(data, list(data))

    def handle_entityref(self, name: str) -> None:
        self._read(unescape(f"&{name};"), [f"&{name};"])

    def handle_charref(self, name: str) -> None:
        self._read(unescape(f"&#{name};"), [f"&#{name};"])

    def _read(self, letters: str, sources: list[str]) -> None:
        if len(letters) != len(sources):  # one reference for two letters: the second has nothing of its own
            sources = sources + [""] * (len(letters) - len(sources))
        run = len(self.parts)
        self._keep(_Run(letters, sources))
        for n, letter in enumerate(letters):
            self.raw.append(letter)
            self.places.append((run, n))

    def reader_places(self) -> list[tuple[int, int] | None]:
        """For each letter of `reader_text` where it stands; None for the ends of lines."""
        found: list[tuple[int, int] | None] = []
        at = 0
        for line in "".join(self.raw).splitlines(keepends=True):
            kept = line.strip()
            if kept:
                first = at + len(line) - len(line.lstrip())
                if found:
                    found.append(None)
                found += self.places[first : first + len(kept)]
            at += len(line)
        return found


def mark_body(html: str, passages: Iterable[Passage]) -> list[Block]:
    """A sanitised body in blocks, its passages (places in `reader_text`) marked and each followed by its sign."""
    body = _Body()
    body.feed(html)
    body.close()
    places = body.reader_places()
    owners: dict[int, list[tuple[int, ...]]] = {
        n: [()] * len(part.letters) for n, (part, *_) in enumerate(body.parts) if isinstance(part, _Run)
    }
    found = _Found(owners)
    for number, span in passages:
        if standing := [place for place in places[span.start : span.end] if place]:
            found.enter(number, standing)
    return _blocks(body, found)


@dataclass
class _Found:
    """Of each run: whose letters are whose, which passages begin in it, and which end with which letter."""

    owners: dict[int, list[tuple[int, ...]]]
    begins: dict[int, list[int]] = field(default_factory=dict)
    ends: dict[int, dict[int, list[int]]] = field(default_factory=dict)

    def enter(self, number: int, standing: Sequence[tuple[int, int]]) -> None:
        for run, n in standing:
            self.owners[run][n] += (number,)
        run, n = standing[-1]
        self.begins.setdefault(standing[0][0], []).append(number)
        self.ends.setdefault(run, {}).setdefault(n, []).append(number)


def _blocks(body: _Body, found: _Found) -> list[Block]:
    blocks: list[Block] = []
    waiting: list[int] = []  # signs of passages that end within a link: a link holds no other
    for n, (part, depth, is_in_link) in enumerate(body.parts):
        if not blocks or (depth == 0 and not (isinstance(part, str) and part.startswith("</"))):
            blocks.append(Block(""))
        block = blocks[-1]
        block.begins += found.begins.get(n, [])
        if isinstance(part, str):
            block.html += part
        else:
            ends = found.ends.get(n, {})
            block.html += _marked(part.sources, found.owners[n], {} if is_in_link else ends)
            waiting += [number for numbers in ends.values() for number in numbers] if is_in_link else []
        if waiting and not is_in_link:
            block.html += "".join(map(_sign, waiting))
            waiting = []
    return blocks
