"""Where somebody lives: a place word and a house, staircase or flat behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.numbers import before
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

_NUMBER = r"[A-Za-z0-9一二三四五六七八九十百零〇甲乙丙丁]{1,5}"
_SPACE = r"[ \u3000\-—]{0,2}"
_PART = rf"(?:{_NUMBER}{_SPACE}(?:号楼|号院|楼|栋|幢|单元|层|室|户)|[东西南北中](?:单元|户))"
_FLAT = re.compile(rf"{_PART}(?:{_SPACE}{_PART}){{0,4}}(?:{_SPACE}\d{{3,4}}(?!\d|[元人余多万个名年]))?")
# 阳光小区3-2-501: house, staircase and flat by their numbers only.
_NUMBERS_ONLY = re.compile(
    r"(?:小区|花园|家园|公寓|新村|社区|宿舍|家属院)\s?(\d{1,3}(?:号楼)?(?:-\d{1,2})?-\d{3,4})(?![\d\-])"
)
_IS_ADDRESS = re.compile(r"号楼|单元|\d\s?室")
_PLACE = re.compile(
    r"小区|花园|家园|公寓|新村|新城|社区|宿舍|家属院|家属楼|大厦|广场|胡同|国际|华府|[路街村庄苑园城府巷弄里湾镇]"
)
_SENTENCE = re.compile(r"[。！？；\n]")
_NEAR = 14


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for match in _FLAT.finditer(passage.folded.text):
            if not _IS_ADDRESS.search(match.group()):
                continue
            same_sentence = _SENTENCE.split(before(passage, match.start(), _NEAR))[-1]
            if _PLACE.search(same_sentence):
                yield _finding(passage, match, 0)
        for match in _NUMBERS_ONLY.finditer(passage.folded.text):
            yield _finding(passage, match, 1)


def _finding(passage: Passage, match: re.Match[str], group: int) -> Finding:
    return found(
        passage,
        *match.span(group),
        check="address",
        key="home_address",
        severity=Severity.WARN,
        suggestion=masking.address(match[group]),
    )
