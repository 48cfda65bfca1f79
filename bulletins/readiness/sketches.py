"""How much two stories have in common, and the small sketch of a story by which those worth comparing are found.

Nothing here asks the database. Texts are those that a reader sees of a body, a line a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from zlib import crc32

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bulletins.readiness.checks.personal_data.names import SURNAMES

# Letters in a row that are looked at together. Of every four in a row a quarter survive when 30 % of all are changed.
SHINGLE = 4
# So many of a story's shingles are its sketch: those of the smallest hash, which two stories pick alike.
BANDS = 64
# A text shorter than this says too little to be a copy of another.
SHORTEST = 30
# No more is compared of a story: the work grows with the square of its length.
LONGEST = 8_000

# A copy: so much of both texts together is common. Less is enough where it tells so many of the same facts and no other.
ALIKE, ALIKE_IN_FACTS, FACTS = 0.5, 0.48, 3
# The station, the deed and the thanks in a brief are everybody's. So a copy must stand out as well: of what is not common
# with stories of its kind anyhow, so much must be common with this one. More of a text shorter than so many letters, since
# it has few of its own; and more, the less the facts in it agree.
STANDING_OUT = (
    (100, {"told": 0.1, "agreed": 0.51, "in doubt": 0.57, "denied": 0.63}),
    (LONGEST + 1, {"told": 0.1, "agreed": 0.2, "in doubt": 0.33, "denied": 0.63}),
)
# What any two stories have in common by chance.
BY_CHANCE = 0.3
# A piece of a text, about a sentence, and how near the nearest place of the other text must be to count as the same.
# By chance, pieces of two stories on one subject are alike to a third.
PIECE, NEAR = 32, 0.5
# Letters beside that place that are looked at as well, for what was inserted into it.
BESIDE = 3
# In a longer text only where the piece's shingles stand is looked; they tell the place to so many letters.
SEARCHED, ROUGHLY = 600, 8
# Fewer shingles than this in common, of the shorter text, and the rest is not looked at.
FEWEST_SHINGLES = 0.08
_SEPARATORS = re.compile(r"[\W_]+")
# A date, a number and what is counted, a masked name, a village: what differs between two briefs on one form.
_FACT = re.compile(
    r"(?P<date>\d+月\d+日)|(?P<number>\d+)(?P<unit>\D?)|(?P<name>.)某某?"
    r"|(?P<place>.[^农乡本全国民经])(?:村|庄|营|社区|小区)"
)
# Numbers that stand in every other story.
_OF_NOBODY = frozenset({"110", "119", "120", "122", "12345", "96110", "100", "24"})
_NAMES = frozenset({"name", "place"})
# In 王家庄 and 孟各庄 one letter is the name.
_OF_EVERY_VILLAGE = "家各"
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

    @cached_property
    def _places(self) -> dict[str, int]:
        return {self.whole[at : at + SHINGLE]: at for at in range(len(self.whole) - SHINGLE + 1)}

    def around(self, piece: str) -> str:
        """The part of the text where most of the piece's shingles stand."""
        begins = Counter(
            (place - at) // ROUGHLY
            for at in range(len(piece) - SHINGLE + 1)
            if (place := self._places.get(piece[at : at + SHINGLE])) is not None
        )
        if not begins:
            return ""
        begin = ROUGHLY * begins.most_common(1)[0][0]
        return self.whole[max(0, begin - ROUGHLY) : max(0, begin + len(piece) + 2 * ROUGHLY)]

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
    def facts(self) -> str:
        """What the facts say of the two being one story."""
        if self.contradicting > self.agreeing:
            return "denied"
        if self.agreeing >= FACTS and not self.contradicting:
            return "told"
        return "agreed" if self.agreeing >= 2 * self.contradicting else "in doubt"

    @property
    def is_one_form(self) -> bool:
        """Filled in twice: the words are the same, and what they say of numbers and names is not. One fact, counted
        from both sides, may have been put right.
        """
        return self.contradicting > 2 and self.facts == "denied"

    def is_copy(self, usual: float = BY_CHANCE) -> bool:
        """`usual`: the share that the text has with other stories that are near it."""
        if self.share < (ALIKE_IN_FACTS if self.facts == "told" else ALIKE) or self.is_one_form:
            return False
        least = next(bars[self.facts] for shorter_than, bars in STANDING_OUT if self.length < shorter_than)
        return self.share - usual >= least * (1 - usual)


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
    here, there = _found_in(one, other), _found_in(other, one)
    lengths = (len(one.whole), len(other.whole))
    return Likeness((here[0] + there[0]) / sum(lengths), here[1] + there[1], here[2] + there[2], min(lengths))


def _found_in(text: Text, other: Text) -> tuple[int, int, int]:
    """Letters of the text that stand in the other, and the facts that agree and that contradict."""
    common = agreeing = contradicting = 0
    for piece in text.pieces():
        place = piece if piece in other.whole else _nearest(piece, other)
        common += LCSseq.similarity(piece, place)
        agree, contradict = _facts_weighed(piece, place)
        agreeing += agree
        contradicting += contradict
    return common, agreeing, contradicting


def _nearest(piece: str, other: Text) -> str:
    """What of the other text is most like the piece; nothing if none is near enough."""
    whole = other.whole if len(other.whole) <= SEARCHED else other.around(piece)
    nearest = fuzz.partial_ratio_alignment(piece, whole, score_cutoff=100 * NEAR)
    if nearest is None:
        return ""
    return whole[max(0, nearest.dest_start - BESIDE) : nearest.dest_end + BESIDE]


def _facts(text: str) -> list[tuple[str, str]]:
    """What is counted or named, and the number or name itself."""
    found = []
    for match in _FACT.finditer(text):
        kind = match.lastgroup or ""
        value = match["number" if kind == "unit" else kind]
        if kind == "unit":
            kind = match["unit"]
        elif kind == "place":
            value = value.rstrip(_OF_EVERY_VILLAGE)
        if value not in _OF_NOBODY and (kind != "name" or value in SURNAMES):
            found.append((kind, value))
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
            kind not in _OF_EVERYBODY and (kind in _NAMES or len(value) > 1)
            for kind, value in here[same.a : at]
        )
    return agreeing, contradicting


def _contradictions(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> int:
    """Of the same kind, in the same order, and neither is the other with a digit lost."""
    if not (here and there):
        return 0
    kinds, other_kinds = [kind for kind, _ in here], [kind for kind, _ in there]
    pairs = (
        (here[same.a + at], there[same.b + at][1])
        for same in LCSseq.editops(kinds, other_kinds).as_matching_blocks()
        for at in range(same.size)
    )
    return sum(_contradicts(kind, one, other) for (kind, one), other in pairs)


def _contradicts(kind: str, one: str, other: str) -> bool:
    common, shorter, longer = LCSseq.similarity(one, other), *sorted((len(one), len(other)))
    # Before a village whose name lost a letter, the word before it is taken for a part of it.
    return common == 0 if kind == "place" else common < shorter or longer > shorter + 1
