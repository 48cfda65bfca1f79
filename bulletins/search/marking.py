"""What is shown of something found: the passages that hold the words, and where in them the words stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletins.models import Release
from bulletins.search.folding import fold, fold_with_places
from bulletins.search.passages import name_lines, text_lines
from bulletins.search.query import Query

# A piece of text and whether it is one of the words.
Marked = list[tuple[str, bool]]

# Characters of a passage, of them at most so many before the first word, and passages of one item.
LENGTH, LEAD, MOST = 96, 24, 2
_PAUSE = re.compile(r"[，。！？；：、,.!?;:\s]")


@dataclass(frozen=True)
class Shown:
    """Passages of the text, and names and labels, that hold the words; empty where only the headline does."""

    passages: list[Marked]
    names: list[Marked]


def shown(release: Release, query: Query) -> Shown:
    """Each word is shown once, in the first line that holds it."""
    missing = set(query.words)
    passages: list[Marked] = []
    for line in text_lines(release.content):
        if len(passages) == MOST or not missing:
            break
        if holding := {word for word in missing if word in fold(line)}:
            start, end = _cut(line, tuple(holding))
            passages.append(
                [*_left_out(start > 0), *marked(line[start:end], query.words), *_left_out(end < len(line))]
            )
            missing -= {word for word in holding if word in fold(line[start:end])}
    names = []
    for line in name_lines(release.content, release.unit) if missing else ():
        if holding := {word for word in missing if word in fold(line)}:
            names.append(marked(line, query.words))
            missing -= holding
    return Shown(passages, names)


def marked(text: str, words: tuple[str, ...]) -> Marked:
    """The whole text in pieces. Where words overlap, their marks become one."""
    pieces: Marked = []
    end = 0
    for start, stop in _spans(text, words):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _spans(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order, none touching another."""
    folded, places = fold_with_places(text)
    found = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            # A letter that folds into several is marked whole, and so is what a reader does not see in between.
            found.append((places[start], places[start + len(word) - 1] + 1))
            start = folded.find(word, start + len(word))
    spans: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(stop, spans[-1][1])
        else:
            spans.append((start, stop))
    return spans


def _cut(line: str, words: tuple[str, ...]) -> tuple[int, int]:
    """Some `LENGTH` characters around the first of the words, from a pause on where one is near."""
    if len(line) <= LENGTH:
        return 0, len(line)
    first, stop = _spans(line, words)[0]
    pauses = [match.end() for match in _PAUSE.finditer(line, max(0, first - LEAD), first)]
    start = 0 if first <= LEAD else pauses[0] if pauses else first - LEAD // 2
    return start, max(start + LENGTH, stop)


def _left_out(is_cut: bool) -> Marked:
    return [("……", False)] if is_cut else []
