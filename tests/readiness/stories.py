"""Stories as stations hand them in, by the thousand: one campaign's phrases in hundreds of them, openings and endings that
everybody writes, weekly briefs on one form; and copies of them as editors make them.

The same seed gives the same stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random


def _words() -> dict[str, list[str]]:
    """Of each kind, what a story is put together from: words, and sentences with open places in braces."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("story_words.txt").read_text(encoding="utf-8").splitlines():
        kind, _blank, word = line.partition(" ")
        found.setdefault(kind, []).append(word)
    return found


WORDS = _words()
NUMERALS = "一二三四五六七"


@dataclass(frozen=True)
class Story:
    """`form` is told of those that are filled in on one form: they share nearly all of their words, and no facts."""

    paragraphs: tuple[str, ...]
    station: str
    form: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


class Writer:
    """Fills in what a sentence leaves open; each open place is filled anew."""

    def __init__(self, chance: Random, station: str) -> None:
        self.chance, self.station = chance, station
        self.campaign = chance.choice(WORDS["campaign"])

    def fill(self, frame: str) -> str:
        while "{" in frame:
            before, _brace, rest = frame.partition("{")
            name, _brace, after = rest.partition("}")
            frame = before + self._word(name) + after
        return frame

    def _word(self, name: str) -> str:
        chance = self.chance
        if name == "day":
            return f"{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日"
        numbers = {"n": (10, 99), "m": (1, 10), "k": (100, 3000), "hour": (0, 24)}
        if name in numbers:
            return str(chance.randrange(*numbers[name]))
        if name in {"station", "campaign"}:
            return str(getattr(self, name))
        if name == "place":
            return chance.choice(WORDS["surname"]) + chance.choice(WORDS["village"])
        if name == "person":
            return chance.choice(WORDS["surname"]) + "某" + chance.choice(("", "某"))
        return chance.choice(WORDS[name])


def report(chance: Random, station: str) -> Story:
    """Of a campaign: an opening and an ending that everybody writes, and something of its own between them."""
    writer = Writer(chance, station)
    frames = chance.sample(WORDS["frame"], chance.randrange(4, 13))
    middle, paragraphs = [writer.fill(frame) for frame in frames], []
    while middle:
        cut = chance.randrange(1, 4)
        paragraphs.append("".join(middle[:cut]))
        middle = middle[cut:]
    ending = writer.fill(chance.choice(WORDS["ending"]))
    return Story(
        (writer.fill(chance.choice(WORDS["opening"])) + paragraphs[0], *paragraphs[1:], ending), station
    )


def case(chance: Random, station: str) -> Story:
    writer = Writer(chance, station)
    form = chance.randrange(len(WORDS["case"]))
    return Story((writer.fill(WORDS["case"][form]), WORDS["ending"][-1]), station, form=f"case {form}")


def short(chance: Random, station: str) -> Story:
    """A brief of 50 to 150 characters."""
    while True:
        text = Writer(chance, station).fill(chance.choice(WORDS["short"]))
        if 50 <= len(text) <= 150:
            return Story((text,), station)


def weekly(chance: Random, station: str) -> Story:
    """This week's figures in the form of that station."""
    of_station = Random(station)
    sections = of_station.sample(WORDS["section"], 4)
    writer = Writer(chance, station)
    first = writer.fill("现将{station}本周（{day}至{day}）主要工作情况通报如下：")
    body = [f"{number}、{writer.fill(section)}" for number, section in zip(NUMERALS, sections, strict=False)]
    ending = f"下周，{station}将继续紧盯突出问题，强化措施，狠抓落实，确保各项工作有序推进。"
    return Story((first, *body, ending), station, form=f"weekly {station}")


def stories(number: int, *, seed: int = 1) -> Iterator[Story]:
    """So many, each of its own: half of them campaign reports, and cases, briefs and weekly figures."""
    makers = (report, report, report, report, case, case, short, short, short, weekly)
    for turn in range(number):
        chance = Random(f"{seed} {turn}")
        yield makers[turn % len(makers)](chance, chance.choice(WORDS["station"]))


def _pieces(chance: Random, text: str, share: float, longest: int) -> Iterator[tuple[int, int]]:
    """Places apart from each other, up to `longest` characters each, that make up the share of the text."""
    open_places = set(range(len(text)))
    wanted = round(share * len(text))
    while wanted > 0 and open_places:
        start = chance.randrange(len(text))
        if start not in open_places:
            continue
        end = start
        size = min(wanted, chance.randrange(1, longest + 1))
        while end < len(text) and end in open_places and end - start < size:
            open_places.discard(end)
            end += 1
        wanted -= end - start
        yield start, end


def _invented(chance: Random, length: int) -> str:
    words = [word for kind in ("filler", "who", "where", "topic", "flaw", "quarrel") for word in WORDS[kind]]
    found = ""
    while len(found) < length:
        found += chance.choice(words)
    return found[:length]


WAYS = ("letters", "words", "phrases", "sentences")
LONGEST = {"letters": 1, "words": 4, "phrases": 12, "sentences": 40}
DOINGS = ("delete", "insert", "replace", "all")


def edited(
    story: Story, share: float, chance: Random, *, way: str = "words", doing: str = "all", moves: bool = True
) -> Story:
    """A copy with the share of its characters deleted, replaced, or as many inserted; then its paragraphs moved, and its
    station renamed.
    """
    text, parts, at = story.text, [], 0
    for start, end in sorted(_pieces(chance, text, share, LONGEST[way])):
        done = chance.choice(DOINGS[:-1]) if doing == "all" else doing
        parts.append(text[at:start])
        new = "" if done == "delete" else _invented(chance, end - start)
        parts.append(text[start:end] + new if done == "insert" else new)
        at = end
    parts.append(text[at:])
    station = chance.choice([name for name in WORDS["station"] if name != story.station])
    paragraphs = "".join(parts).replace(story.station, station).split("\n")
    if moves and len(paragraphs) > 1:
        chance.shuffle(paragraphs)
    return Story(tuple(line for line in paragraphs if line), station, story.form)
