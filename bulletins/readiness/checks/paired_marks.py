"""Quotes, brackets and title marks that have lost their partner, or hold nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
OPENING = {close: opening for opening, close in PAIRS.items()}
# One bracket of a pair typed narrow is a matter of width, not of pairing.
NARROW = {"(": "（", ")": "）"}
MARK = re.compile(f"[{re.escape(''.join([*PAIRS, *OPENING, *NARROW]))}]")
# More speeches than this are not open at a time: the oldest was never closed.
SPEECHES = 3
EMPTY = re.compile(r"“[ \u3000]{0,3}”|‘[ \u3000]{0,3}’|《[ \u3000]{0,3}》|【[ \u3000]{0,3}】")
# The number of an item in a list has a closing bracket only: 1） 二） a)
ITEM = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z①-⑳])$")


SPEECH_BEGINS = frozenset("：，。！？；")
SPEECH_ENDS = frozenset("。！？；…：")


@dataclass(slots=True, eq=False)
class _Open:
    typed: str
    at: int
    # It begins where somebody may begin to speak, not in the midst of a clause: 说：“ but not 开展“
    is_speech: bool
    # The paragraph it stands in ended like a sentence of a speech, so the quote may go on in the next.
    goes_on: bool = False


def _paragraphs(passage: Passage) -> Iterator[tuple[int, str]]:
    """A headline is one piece, however many lines it takes."""
    if passage.name == "headline":
        yield 0, passage.text
        return
    start = 0
    for line in passage.text.split("\n"):
        yield start, line
        start += len(line) + 1


def _is_apostrophe(line: str, index: int) -> bool:
    """O’Brien: a mark between Latin letters."""
    around = line[max(0, index - 1) : index] + line[index + 1 : index + 2]
    return line[index] == "’" and len(around) == 2 and around.isascii() and around.isalpha()


def _takes_up(line: str) -> bool:
    """Whether an opening quote at the head of a paragraph goes on with a speech, and is no quoted term."""
    end = line.find("”")
    return end < 0 or any(mark in line[:end] for mark in "。！？；")


class _Marks:
    """Takes marks in the order of the text and keeps those that have no partner yet."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[_Open]] = {opening: [] for opening in PAIRS}
        self.alone: list[tuple[int, str]] = []

    def open(self, typed: str, at: int, *, before: str, takes_up: bool) -> None:
        stack = self.waiting[NARROW.get(typed, typed)]
        # By custom each paragraph of a long quotation opens anew, and only the last one closes.
        if takes_up and stack and stack[-1].goes_on:
            stack.pop()
        stack.append(_Open(typed, at, is_speech=typed == "“" and (not before or before in SPEECH_BEGINS)))

    def close(self, typed: str, at: int, *, may_stand_alone: bool) -> None:
        stack = self.waiting[OPENING[NARROW.get(typed, typed)]]
        if stack:
            stack.pop()
        elif not may_stand_alone:
            self.alone.append((at, typed))

    def end_paragraph(self, line: str) -> None:
        """A speech may go on in the next paragraph; nothing else that was opened may."""
        ends_as_speech = line.rstrip()[-1:] in SPEECH_ENDS
        for opening, stack in self.waiting.items():
            if not stack:
                continue
            for mark in stack:
                mark.goes_on = mark.is_speech and ends_as_speech
            going_on = [mark for mark in stack if mark.goes_on][-SPEECHES:]
            self.alone += [(mark.at, mark.typed) for mark in stack if mark not in going_on]
            self.waiting[opening] = going_on

    def left(self) -> list[tuple[int, str]]:
        waiting = [(mark.at, mark.typed) for stack in self.waiting.values() for mark in stack]
        return sorted(self.alone + waiting)


def unpaired(passage: Passage) -> list[tuple[int, str]]:
    """Every mark without a partner, with its place. A quote may run over paragraphs, other marks may not."""
    marks = _Marks()
    for start, line in _paragraphs(passage):
        for match in MARK.finditer(line):
            index, typed = match.start(), match[0]
            mark = NARROW.get(typed, typed)
            if mark in PAIRS:
                takes_up = mark == "“" and index == 0 and _takes_up(line)
                marks.open(typed, start + index, before=line[max(0, index - 1) : index], takes_up=takes_up)
            elif not _is_apostrophe(line, index):
                is_item = mark == "）" and bool(ITEM.search(line[max(0, index - 4) : index]))
                marks.close(typed, start + index, may_stand_alone=is_item)
        marks.end_paragraph(line)
    return marks.left()


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for at, mark in unpaired(passage):
            wide = NARROW.get(mark, mark)
            key, partner = (
                ("mark_not_closed", PAIRS[wide]) if wide in PAIRS else ("mark_not_opened", OPENING[wide])
            )
            context = {"mark": mark, "partner": partner}
            yield Finding("paired_marks", key, Severity.WARN, passage.name, at, at + 1, mark, context=context)
        for match in EMPTY.finditer(passage.text):
            yield Finding(
                "paired_marks", "marks_hold_nothing", Severity.WARN, passage.name, *match.span(), match[0]
            )
