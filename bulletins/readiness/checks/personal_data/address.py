"""Where somebody lives: a place word and a house, staircase or flat behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.numbers import before
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_NUMBER = r"[A-Za-z0-9一二三四五六七八九十百零〇甲乙丙丁]{1,5}"
_SPACE = r"[ \u3000\-—]{0,2}"
_PART = rf"{_NUMBER}{_SPACE}(?:号楼|号院|楼|栋|幢|单元|层|室|户)"
_FLAT = re.compile(rf"{_PART}(?:{_SPACE}{_PART}){{0,4}}(?:{_SPACE}\d{{3,4}}(?!\d|[元人余多万个名年]))?")
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
                yield found(
                    passage,
                    match.start(),
                    match.end(),
                    check="address",
                    key="home_address",
                    severity=Severity.WARN,
                    suggestion=masking.address(match.group()),
                )
