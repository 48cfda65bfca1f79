"""Two people changed the same text: what does not collide is put together, what does is left to a person.

Pure rules over lists of anything that can be compared and hashed; what they are used for, `bulletins.desk.putting_together`
says.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Generic, TypeVar

from rapidfuzz.distance import Indel

T = TypeVar("T", bound=Hashable)

# Longer lists are taken as one stretch: the work grows with the product of their lengths.
LONGEST = 4000


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """Neighbours in the three texts. Where only one of the two changed them, or both did the same, they do not collide."""

    base: tuple[T, ...]
    theirs: tuple[T, ...]
    mine: tuple[T, ...]

    @property
    def collides(self) -> bool:
        return self.base not in {self.theirs, self.mine} and self.theirs != self.mine

    @property
    def settled(self) -> tuple[T, ...]:
        """What comes of it, mine where they collide."""
        return self.theirs if self.mine == self.base else self.mine

    @property
    def both(self) -> tuple[T, ...]:
        return self.theirs + tuple(item for item in self.mine if item not in self.theirs)


def three_ways(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> Iterator[Stretch[T]]:
    """Stretch by stretch, in order; together they hold every item of the three, each once."""
    to_theirs, to_mine = _kept(base, theirs), _kept(base, mine)
    b = t = m = 0
    for at in [n for n in range(len(base)) if n in to_theirs and n in to_mine]:
        yield from _item_by_item(base[b:at], theirs[t : to_theirs[at]], mine[m : to_mine[at]])
        yield Stretch((base[at],), (base[at],), (base[at],))
        b, t, m = at + 1, to_theirs[at] + 1, to_mine[at] + 1
    yield from _item_by_item(base[b:], theirs[t:], mine[m:])


def _kept(base: Sequence[T], other: Sequence[T]) -> dict[int, int]:
    """Where the items stand in the other that kept their order."""
    if max(len(base), len(other)) > LONGEST:
        return {}
    kept = {}
    for step in Indel.opcodes(list(base), list(other)):
        if step.tag == "equal":
            for n in range(step.src_end - step.src_start):
                kept[step.src_start + n] = step.dest_start + n
    return kept


def _item_by_item(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> Iterator[Stretch[T]]:
    """As many in each are taken to be the same ones changed: of neighbours, one may change this, the other that."""
    if len(base) == len(theirs) == len(mine):
        for three in zip(base, theirs, mine, strict=True):
            yield Stretch(*((item,) for item in three))
    else:
        yield Stretch(tuple(base), tuple(theirs), tuple(mine))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._part = ""
        self._depth = 0

    def end(self) -> None:
        if self._part:
            self.found.append(self._part)
        self._part = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_void = tag in {"img", "hr", "br"}
        if not self._depth and tag not in {"strong", "em", "a", "br"}:
            self.end()
        self._part += self.get_starttag_text() or ""
        if is_void:
            if not self._depth and tag != "br":
                self.end()
        else:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._part += f"</{tag}>"
        self._depth -= 1
        if not self._depth and tag not in {"strong", "em", "a"}:
            self.end()

    def handle_data(self, data: str) -> None:
        self._part += data

    def handle_entityref(self, name: str) -> None:
        self._part += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self._part += f"&#{name};"


def elements(markup: str) -> list[str]:
    """Paragraph, list, table, picture: the outermost elements of a body that was cleaned. Joined they make it again."""
    reader = _Elements()
    reader.feed(markup)
    reader.close()
    reader.end()
    return reader.found
