"""What is shown of a difference: lines of pieces, with what there is to say about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bulletins.desk.difference.letters import GONE, NEW, SAME, Piece, characters

# Unchanged lines kept on either side of a change.
AROUND = 1


@dataclass(frozen=True)
class Line:
    """One paragraph, name, picture or value in pieces; or (`skipped`) so many unchanged ones left out.

    `old`, `new`: its numbers in the two versions, from 1; empty if it is not in one. `label`: what it is, where that is not
    the part's own. `notes`: what happened to it besides its letters. `was`, `now`: SHA-256 of the pictures before and after.
    `is_away`: it only tells where a paragraph that stood here has gone, and says nothing of either text.
    """

    pieces: list[Piece]
    skipped: int = 0
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    label: str = ""
    notes: list[str] = field(default_factory=list)
    was: str = ""
    now: str = ""
    is_away: bool = False

    @property
    def before(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.how != NEW]

    @property
    def after(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.how != GONE]

    @property
    def has_pictures(self) -> bool:
        return bool(self.was or self.now)

    @property
    def is_same(self) -> bool:
        changed = self.notes or self.was != self.now or self.is_away
        return not changed and all(piece.how == SAME for piece in self.pieces)


def value(old: str, new: str) -> list[Line]:
    """Two values of one field; the end of a line of theirs is told like that of a paragraph."""
    return [Line(characters(old, new))]


def without_long_sames(found: list[Line]) -> Iterator[Line]:
    """Of unchanged lines only the neighbours of changed ones."""
    near = {
        other
        for position, line in enumerate(found)
        if not line.is_same
        for other in range(position - AROUND, position + AROUND + 1)
    }
    skipped = 0
    for position, line in enumerate(found):
        if position in near:
            if skipped:
                yield Line([], skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Line([], skipped)
