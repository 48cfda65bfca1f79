"""Which block of the old body became which of the new one: kept, changed, moved, split or joined."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from bulletins.desk.difference.blocks import Block

# Paragraphs less alike than this are not one that was changed; one that stands elsewhere has to be more alike.
NEAR, NEAR_ELSEWHERE = 0.4, 0.6
# Two or more paragraphs are one that was split if together they are as alike as this, and more than any of them alone.
SPLIT, MORE_THAN_ALONE = 0.8, 0.1
MOST_PARTS = 4
# So many changed blocks of each text are compared with each other; and so many in all are put in order.
MOST_ALIKE, MOST_IN_ORDER = 200, 4000


@dataclass(frozen=True)
class Link:
    """`old` and `new`: positions of the blocks, one of them with several if it was split or joined."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False


class _Search:
    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.links: list[Link] = []
        self.free_old, self.free_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
        # In which gap between two kept blocks each free one stands.
        self.gap_old: dict[int, int] = {}
        self.gap_new: dict[int, int] = {}

    def link(self, old: tuple[int, ...], new: tuple[int, ...]) -> None:
        self.links.append(Link(old, new))
        for at in old:
            del self.free_old[at]
        for at in new:
            del self.free_new[at]

    def kept(self) -> None:
        """Those that stand in both in the same order."""
        before, after = [block.key for block in self.old], [block.key for block in self.new]
        shorter = min(len(before), len(after))
        start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
        end = next(
            (at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start
        )
        pairs = [(at, at) for at in range(start)]
        one, other = before[start : len(before) - end], after[start : len(after) - end]
        if max(len(one), len(other)) <= MOST_IN_ORDER:
            for step in Indel.opcodes(one, other):
                if step.tag == "equal":
                    stretch = range(step.src_end - step.src_start)
                    pairs += [(start + step.src_start + n, start + step.dest_start + n) for n in stretch]
        pairs += [(len(before) - end + n, len(after) - end + n) for n in range(end)]
        for a, b in pairs:
            self.link((a,), (b,))
        self._count_gaps(pairs)

    def _count_gaps(self, pairs: list[tuple[int, int]]) -> None:
        for side, gaps, free in ((0, self.gap_old, self.free_old), (1, self.gap_new, self.free_new)):
            places = [pair[side] for pair in pairs]
            gaps.update((at, bisect_left(places, at)) for at in free)

    def moved_whole(self) -> None:
        """The same words elsewhere; of several alike the first goes with the first."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for at in self.free_old:
            waiting[self.old[at].key].append(at)
        for at in list(self.free_new):
            if places := waiting.get(self.new[at].key):
                self.link((places.pop(0),), (at,))

    def split_and_joined(self) -> None:
        for a in self._texts(self.old, self.free_old):
            found = self._parts(self.old[a], self.new, self._texts(self.new, self.free_new))
            if found and a in self.free_old:
                self.link((a,), found)
        for b in self._texts(self.new, self.free_new):
            found = self._parts(self.new[b], self.old, self._texts(self.old, self.free_old))
            if found and b in self.free_new:
                self.link(found, (b,))

    @staticmethod
    def _texts(blocks: Sequence[Block], free: dict[int, None]) -> list[int]:
        return [at for at in free if blocks[at].runs][:MOST_ALIKE]

    @staticmethod
    def _parts(whole: Block, blocks: Sequence[Block], free: list[int]) -> tuple[int, ...]:
        """The neighbours that the whole was split into, if any; or that were joined in it."""
        text, length = whole.text, len(whole.text)
        for first in free:
            stretch = [first]
            while len(stretch) < MOST_PARTS and stretch[-1] + 1 in free:
                stretch.append(stretch[-1] + 1)
                joined = "".join(blocks[at].text for at in stretch)
                if len(joined) > 1.5 * length:
                    break
                if len(joined) < length / 1.5:
                    continue
                together = Indel.normalized_similarity(text, joined, score_cutoff=SPLIT)
                alone = max(Indel.normalized_similarity(text, blocks[at].text) for at in stretch)
                if together > alone + MORE_THAN_ALONE:
                    return tuple(stretch)
        return ()

    def alike(self) -> None:
        """The most alike first, each once; nearer ones before those elsewhere."""
        found = []
        for a in self._texts(self.old, self.free_old):
            for b in self._texts(self.new, self.free_new):
                is_near = self.gap_old[a] == self.gap_new[b]
                least = NEAR if is_near else NEAR_ELSEWHERE
                score = Indel.normalized_similarity(self.old[a].text, self.new[b].text, score_cutoff=least)
                if score:
                    found.append((-score - (0.1 if is_near else 0), a, b))
        for _score, a, b in sorted(found):
            if a in self.free_old and b in self.free_new:
                self.link((a,), (b,))

    def pictures(self) -> None:
        """A picture that stands where another stood took its place."""
        for a in [at for at in self.free_old if self.old[at].picture]:
            for b in [at for at in self.free_new if self.new[at].picture]:
                if self.gap_old[a] == self.gap_new[b]:
                    self.link((a,), (b,))
                    break


def _in_order(links: list[Link]) -> set[int]:
    """Positions of the links that together keep the order of the old text: the most there can be."""
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, link in enumerate(links):
        place = bisect_left(lowest, link.new[0])
        before.append(ends[place - 1] if place else -1)
        lowest[place : place + 1] = [link.new[0]]
        ends[place : place + 1] = [at]
    kept, at = set(), ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def links_between(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Link]:
    """In the order of the old text. A block that is in no link was taken out or added."""
    search = _Search(old, new)
    search.kept()
    search.moved_whole()
    search.split_and_joined()
    search.alike()
    search.pictures()
    links = sorted(search.links, key=lambda link: link.old)
    stay = _in_order(links)
    for at, link in enumerate(links):
        yield Link(link.old, link.new, is_moved=at not in stay)
