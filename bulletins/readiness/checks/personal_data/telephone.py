"""Mobile and fixed numbers. Behind an official label they are meant to be read, and only noted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.numbers import before
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.checks.personal_data.reading import LANDLINE, MOBILE, Reading, readings
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

# 举报电话：0537-2345678、138…（王警官）, 值班电话为138…: between label and number stand only other numbers, marks and
# the officer who answers. 报警人用手机138…, 接到举报电话138…, 举报电话打来后联系138… are somebody's own numbers.
_LABEL = re.compile(
    r"(?:举报|咨询|值班|监督|投诉|服务|办公|办案|便民|预约|对外|公开)"
    r"(?:举报|咨询|联系|服务|受理|专用|[和及、/]){0,3}(?:电话|热线|手机|号码|专线|方式)"
    r"|(?:举报|咨询|值班)\s{0,2}[:：]"
)
# 洸河派出所：0537-2345678, 报警电话0537-2345678: of a fixed number this says enough; anybody can have a mobile one.
_OFFICE = re.compile(
    r"(?:公安局|分局|派出所|支队|大队|中队|警务站|指挥中心|反诈中心|服务中心|服务大厅|大厅|窗口|车管所|值班室|户籍室|办公室|报警|报案"
    r"|户政|户籍|出入境)(?:[\u4e00-\u9fff]{0,4}(?:电话|热线))?[:：]?"
)
_RECEIVED = re.compile(r"(?:接|收到|打来|听)[^，。；]{0,6}\Z")
_OFFICER = re.compile(r"[\u4e00-\u9fff]{1,3}(?:警官|民警|队长|所长)")
_ONLY_NUMBERS = re.compile(r"[\d\s:：、,，/;；()（）+*\-–—~.·或者和及为是号码手机]*")
_LOOK_BACK = 60


def is_official(passage: Passage, start: int, *, is_mobile: bool) -> bool:
    """Whether the number there stands behind a label of a public office."""
    window = before(passage, start, _LOOK_BACK)
    labels = list(_LABEL.finditer(window)) or ([] if is_mobile else list(_OFFICE.finditer(window)))
    if not labels or _RECEIVED.search(window[: labels[-1].start()]):
        return False
    return _ONLY_NUMBERS.fullmatch(_OFFICER.sub("", window[labels[-1].end() :])) is not None


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for reading in readings(passage):
            if reading.kind in (MOBILE, LANDLINE):
                yield _finding(passage, reading)


def _finding(passage: Passage, reading: Reading) -> Finding:
    is_mobile = reading.kind == MOBILE
    official = is_official(passage, reading.start, is_mobile=is_mobile)
    severity = Severity.BLOCK if is_mobile else Severity.WARN
    key = "mobile_number" if is_mobile else "landline_number"
    mask = masking.mobile if is_mobile else masking.landline
    return found(
        passage,
        _with_mark_before(passage.folded.text, reading),
        reading.end,
        check="telephone",
        key=f"{key}_of_an_office" if official else key,
        severity=Severity.INFO if official else severity,
        suggestion="" if official else mask(reading.digits),
    )


def _with_mark_before(text: str, reading: Reading) -> int:
    """The start, with the + of +86 and the bracket of (0537): a mask must not leave half of them."""
    mark = text[reading.start - 1] if reading.start else ""
    is_part = mark == "+" or (mark == "(" and ")" in text[reading.start : reading.end])
    return reading.start - 1 if is_part else reading.start
