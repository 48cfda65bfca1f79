"""How much two stories have in common, and the small sketch of a story by which those worth comparing are found.

Nothing here asks the database. Texts are those that a reader sees of a body, a line a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from zlib import crc32

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bulletins.readiness.checks.personal_data.names import SURNAMES

# Letters in a row that are looked at together. Of every three in a row a third survive when 30 % of all are changed.
SHINGLE = 3
# So many of a story's shingles are its sketch: those of the smallest hash, which two stories pick alike.
BANDS = 64
# A text shorter than this says too little to be a copy of another.
SHORTEST = 30
# No more is compared of a story: the work grows with the square of its length.
LONGEST = 8_000

# A copy: so much of both texts together is common, and not on one form. A short brief has few words of its own, and
# the station, the deed and the thanks in it are everybody's: more of it must be common, and most where no number or
# name of it agrees.
ALIKE, SHORT, ALIKE_IN_SHORT, ALIKE_WITHOUT_FACTS = 0.5, 100, 0.6, 0.65
# A piece of a text, about a sentence, and how near the nearest place of the other text must be to count as the same.
# By chance, pieces of two stories on one subject are alike to a third.
PIECE, NEAR = 32, 0.5
# Letters beside that place that are looked at as well, for what was inserted into it.
BESIDE = 3
# Fewer shingles than this in common, of the shorter text, and the rest is not looked at.
FEWEST_SHINGLES = 0.1
_SEPARATORS = re.compile(r"[\W_]+")
# A number and what is counted, or a masked name: what differs between two briefs on one form.
_FACT = re.compile(r"(\d+)(\D?)|(.)某某?")
# Numbers that stand in every other story.
_OF_NOBODY = frozenset({"110", "119", "120", "122", "12345", "96110", "100", "24"})
# Stories of one month share it, and of one year.
_OF_EVERYBODY = frozenset("年月")


def folded(text: str) -> str:
    """Letters and digits alone, in one width and case: what is left when somebody sets the marks another way."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True)
class Text:
    """A story as it is compared: its paragraphs, folded."""

    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(tuple(line for line in map(folded, text.split("\n")) if line))

    @cached_property
    def whole(self) -> str:
        return "".join(self.paragraphs)

    @cached_property
    def shingles(self) -> frozenset[str]:
        # One paragraph behind the other would make shingles that are gone as soon as one is moved.
        return frozenset(
            paragraph[at : at + SHINGLE]
            for paragraph in self.paragraphs
            for at in range(max(1, len(paragraph) - SHINGLE + 1))
        )

    @property
    def is_long_enough(self) -> bool:
        return len(self.whole) >= SHORTEST

    @cached_property
    def compared(self) -> Text:
        """The beginning, if the whole is too long to be compared."""
        if len(self.whole) <= LONGEST:
            return self
        kept, left = [], LONGEST
        for paragraph in self.paragraphs:
            kept.append(paragraph[:left])
            left -= len(kept[-1])
        return Text(tuple(filter(None, kept)))

    def pieces(self) -> Iterator[str]:
        """Each paragraph in even pieces."""
        for paragraph in self.paragraphs:
            number = -(-len(paragraph) // PIECE)
            size = -(-len(paragraph) // number)
            for at in range(0, len(paragraph), size):
                yield paragraph[at : at + size]


def bands(text: Text) -> list[int]:
    """The sketch: at most `BANDS` numbers of 32 bits, ascending; none for a text that is too short to be compared."""
    if not text.is_long_enough:
        return []
    return nsmallest(BANDS, {crc32(shingle.encode()) for shingle in text.shingles})


@dataclass(frozen=True)
class Likeness:
    """What two texts have in common. `share` of the letters of both, 0 to 1, each paragraph wherever it stands; and how
    many of the facts in what is common agree and contradict each other, counted from both sides. `length` of the shorter.
    """

    share: float
    agreeing: int = 0
    contradicting: int = 0
    length: int = 0

    @property
    def is_one_form(self) -> bool:
        """Filled in twice: the words are the same, and what they say of numbers and names is not."""
        return self.contradicting > 0 and 2 * self.contradicting >= self.agreeing

    @property
    def is_copy(self) -> bool:
        least = ALIKE
        if self.length < SHORT:
            least = ALIKE_IN_SHORT if self.agreeing else ALIKE_WITHOUT_FACTS
        return self.share >= least and not self.is_one_form


NOTHING = Likeness(0.0)


def likeness(one: Text, other: Text) -> Likeness:
    """A piece of one text counts with the letters that it has in common, in order, with the nearest place of the other,
    if that is near enough; and so from the other side. Shared openings count as what they are; letters that two texts
    share by chance do not.
    """
    one, other = one.compared, other.compared
    if not (one.is_long_enough and other.is_long_enough):
        return NOTHING
    fewest = FEWEST_SHINGLES * min(len(one.shingles), len(other.shingles))
    if len(one.shingles & other.shingles) < fewest:
        return NOTHING
    here, there = _found_in(one, other.whole), _found_in(other, one.whole)
    lengths = (len(one.whole), len(other.whole))
    return Likeness((here[0] + there[0]) / sum(lengths), here[1] + there[1], here[2] + there[2], min(lengths))


def _found_in(text: Text, whole: str) -> tuple[int, int, int]:
    """Letters of the text that stand in the whole, and the facts that agree and that contradict."""
    common = agreeing = contradicting = 0
    for piece in text.pieces():
        if piece in whole:
            place = piece
        else:
            nearest = fuzz.partial_ratio_alignment(piece, whole, score_cutoff=100 * NEAR)
            if nearest is None:
                continue
            place = whole[max(0, nearest.dest_start - BESIDE) : nearest.dest_end + BESIDE]
        common += LCSseq.similarity(piece, place)
        agree, contradict = _facts_weighed(piece, place)
        agreeing += agree
        contradicting += contradict
    return common, agreeing, contradicting


def _facts(text: str) -> list[tuple[str, str]]:
    """What is counted or named, and the number or name itself."""
    found = []
    for match in _FACT.finditer(text):
        if match[1] and match[1] not in _OF_NOBODY:
            found.append((match[2], match[1]))
        elif match[3] and match[3] in SURNAMES:
            found.append(("某", match[3]))
    return found


def _facts_weighed(piece: str, place: str) -> tuple[int, int]:
    """How many facts agree, and how many that stand in the place of one another contradict each other."""
    here, there = _facts(piece), _facts(place)
    agreeing = contradicting = at = other_at = 0
    for same in LCSseq.editops(here, there).as_matching_blocks():
        contradicting += _contradictions(here[at : same.a], there[other_at : same.b])
        at, other_at = same.a + same.size, same.b + same.size
        # A single digit agrees by chance, and a month among the stories of one month.
        agreeing += sum(
            kind not in _OF_EVERYBODY and (kind == "某" or len(value) > 1)
            for kind, value in here[same.a : at]
        )
    return agreeing, contradicting


def _contradictions(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> int:
    """Of the same kind, in the same order, and neither is the other with a digit lost."""
    if not (here and there):
        return 0
    kinds, other_kinds = [kind for kind, _ in here], [kind for kind, _ in there]
    pairs = (
        (here[same.a + at][1], there[same.b + at][1])
        for same in LCSseq.editops(kinds, other_kinds).as_matching_blocks()
        for at in range(same.size)
    )
    return sum(LCSseq.similarity(one, other) < min(len(one), len(other)) for one, other in pairs)
