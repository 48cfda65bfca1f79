"""The body: paragraph by paragraph, what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from bulletins.desk.difference.blocks import Block, blocks_of
from bulletins.desk.difference.letters import GONE, NEW, SAME, Piece, characters
from bulletins.desk.difference.lines import Line
from bulletins.desk.difference.links import Link, links_between

# Of words that were set another way, so many letters are told.
LONGEST_QUOTED = 20
# So many notes are told of one paragraph.
MOST_NOTES = 6


def passages(old: str, new: str) -> list[Line]:
    """Every block of both bodies (markup), changed or not. In the order of `new`; what was taken out stands where it stood.

    The pieces of all lines by their `new` numbers make the new text, by their `old` numbers the old one.
    """
    return list(_Lines(blocks_of(old), blocks_of(new)).all())


class _Lines:
    def __init__(self, old: list[Block], new: list[Block]) -> None:
        self.old, self.new = old, new
        links = list(links_between(old, new))
        self.stay = [link for link in links if not link.is_moved]
        self.by_old = {at: link for link in links for at in link.old}
        self.by_new = {link.new[0]: link for link in links}
        self.in_links = {at for link in links for at in link.new}

    def all(self) -> Iterator[Line]:
        a = b = 0
        end = Link((len(self.old),), (len(self.new),))
        for link in [*self.stay, end]:
            for at in range(a, link.old[0]):
                yield from self._left_of(at)
            for at in range(b, link.new[0]):
                yield from self._right_of(at)
            if link is not end:
                yield self._line(link)
                a, b = link.old[-1] + 1, link.new[-1] + 1

    def _left_of(self, at: int) -> Iterator[Line]:
        block = self.old[at]
        link = self.by_old.get(at)
        if link is None:
            yield Line(_whole(GONE, block), old=(at + 1,), was=block.picture, notes=_rule(block))
        elif at == link.old[0]:
            note = _("Paragraph %(old)s is paragraph %(new)s now.") % {"old": at + 1, "new": link.new[0] + 1}
            yield Line([], is_away=True, notes=[note])

    def _right_of(self, at: int) -> Iterator[Line]:
        block = self.new[at]
        if at not in self.in_links:
            yield Line(_whole(NEW, block), new=(at + 1,), now=block.picture, notes=_rule(block))
        elif at in self.by_new:
            yield self._line(self.by_new[at])

    def _line(self, link: Link) -> Line:
        before, after = [self.old[at] for at in link.old], [self.new[at] for at in link.new]
        pieces = characters(*("\n".join(block.text for block in blocks) for blocks in (before, after)))
        notes = []
        if link.is_moved:
            notes.append(_("Moved here; it was paragraph %(number)s.") % {"number": link.old[0] + 1})
        if len(after) > 1:
            notes.append(_("Split into %(count)s paragraphs.") % {"count": len(after)})
        if len(before) > 1:
            notes.append(_("Made of %(count)s paragraphs.") % {"count": len(before)})
        notes += _kinds(before, after)
        notes += _marks(before, after, pieces)
        numbers = [tuple(at + 1 for at in places) for places in (link.old, link.new)]
        was, now = before[0].picture, after[0].picture
        if was != now:
            notes.append(_("The picture was replaced."))
        return Line(pieces, old=numbers[0], new=numbers[1], notes=notes, was=was, now=now)


def _whole(how: str, block: Block) -> list[Piece]:
    return [Piece(how, block.text)] if block.runs else []


def _rule(block: Block) -> list[str]:
    return [_("A rule across the page.")] if block.kind == "hr" else []


def _kinds(before: Sequence[Block], after: Sequence[Block]) -> list[str]:
    if {block.kind for block in after} <= {block.kind for block in before}:
        return []
    names = {
        "p": _("paragraph"),
        "h2": _("section heading"),
        "h3": _("smaller heading"),
        "ul": _("item of a list"),
        "ol": _("item of a numbered list"),
        "blockquote": _("quotation"),
        "tr": _("row of a table"),
        "img": _("picture"),
        "hr": _("rule"),
    }
    found = []
    for block in after:
        was = next((old.kind for old in before if old.kind == block.kind), before[0].kind)
        if was != block.kind:
            found.append(_("A %(old)s became a %(new)s.") % {"old": names[was], "new": names[block.kind]})
    return list(dict.fromkeys(found))


def _marks(before: Sequence[Block], after: Sequence[Block], pieces: Sequence[Piece]) -> list[str]:
    """What is set another way, of the words that stayed."""
    one, other = _marks_of(before), _marks_of(after)
    letters: list[tuple[str, frozenset[str], frozenset[str]]] = []
    a = b = 0
    for piece in pieces:
        if piece.how == SAME:
            letters += zip(piece.text, one[a:], other[b:], strict=False)
        a += len(piece.text) if piece.how != NEW else 0
        b += len(piece.text) if piece.how != GONE else 0
    notes = []
    for (gone, new), stretch in groupby(letters, key=lambda it: (it[1] - it[2], it[2] - it[1])):
        text = "".join(letter for letter, _one, _other in stretch)
        short = text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"
        notes += [_said(mark, is_new=False) % {"text": short} for mark in sorted(gone)]
        notes += [_said(mark, is_new=True) % {"text": short} for mark in sorted(new)]
    if len(notes) > MOST_NOTES:
        return [*notes[:MOST_NOTES], _("And more words are set another way.")]
    return notes


def _marks_of(blocks: Sequence[Block]) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for block in blocks:
        found += [*block.marks(), frozenset()]  # one for the end of the line
    return found


def _said(mark: str, *, is_new: bool) -> str:
    if mark == "strong":
        return _("Set in bold: “%(text)s”") if is_new else _("No longer bold: “%(text)s”")
    if mark == "em":
        return _("Emphasised: “%(text)s”") if is_new else _("No longer emphasised: “%(text)s”")
    address = mark.partition(" ")[2].replace("%", "%%")
    said = (
        _("Link to %(address)s: “%(text)s”") if is_new else _("No longer a link to %(address)s: “%(text)s”")
    )
    return said.replace("%(address)s", address)
