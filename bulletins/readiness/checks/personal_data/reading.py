"""What each number of a passage is. One place is read in one way only: an identity number holds no bank card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bulletins.readiness.checks.personal_data.numbers import Run, after, before, runs
from bulletins.readiness.subject import Passage

IDENTITY, IDENTITY_WRONG, IDENTITY_15 = "identity", "identity_wrong", "identity_15"
MOBILE, LANDLINE, BANK_CARD = "mobile", "landline", "bank_card"

_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"(?=({_PROVINCE}\d{{4}}(?:18|19|20)\d\d{_DAY}\d{{3}}))")
_IDENTITY_15 = re.compile(rf"(?=({_PROVINCE}\d{{6}}{_DAY}\d{{3}}))")
_MOBILE = re.compile(r"(?=(1[3-9]\d{9}))")
_BANK_CARD = re.compile(r"(?=(?:[3-6]\d|81)\d{14})")
_LANDLINE = re.compile(r"(?=((?:010|02[0-57-9])[2-8]\d{7}|0[3-9]\d\d[2-8]\d{6,7}))")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Digits that are dialled before a mobile number.
_DIALLED_BEFORE = ("0086", "086", "86", "0", "")
# Longer rows of digits are not numbers that somebody wrote down for somebody.
_LONGEST_GROUP = 64

_MONEY = re.compile(r"\s?(?:多|余)?元(?![旦某])")
_AMOUNT = re.compile(r"\s?余?(?:[元万亿%‰米吨克户辆公平人名起件]|千米|千克)")
_CARD_LABEL = re.compile(r"卡|[账帐][号户]")
_PHONE_LABEL = re.compile(r"电话|手机|号码|联系|致电|拨打|[Tt][Ee][Ll]")
# A code such as a waybill's begins with letters; these only announce a number.
_CODE = re.compile(r"(?<![A-Za-z])(?!(?:no|id|card|cardno|tel|mobile)\Z)[A-Za-z]+\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A number and its place in the folded text."""

    kind: str
    start: int
    end: int
    digits: str


def readings(passage: Passage) -> tuple[Reading, ...]:
    """What the numbers of the passage are. Several checks ask in turn, and it is worked out once."""
    if "readings" not in passage.worked_out:
        passage.worked_out["readings"] = _read(passage)
    known: tuple[Reading, ...] = passage.worked_out["readings"]
    return known


def _read(passage: Passage) -> tuple[Reading, ...]:
    taken = bytearray(len(passage.folded.text) + 1)
    found: list[Reading] = []
    for run in runs(passage):
        for read in _READERS:
            for reading in read(passage, run):
                if not any(taken[reading.start : reading.end]):
                    taken[reading.start : reading.end] = b"\x01" * (reading.end - reading.start)
                    found.append(reading)
    return tuple(sorted(found, key=lambda reading: reading.start))


def _born(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def check_letter(digits: str) -> str:
    """The eighteenth letter that belongs to seventeen digits of an identity number."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def _of_18(run: Run) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, digits with the last letter, and end in the folded text, of what looks like 18 of them."""
    for match in _IDENTITY.finditer(run.digits):
        start, digits = match.start(), match[1]
        if not _born(digits[6:14]):
            continue
        end = start + 17
        if end < len(run.digits):
            yield start, end + 1, digits + run.digits[end], run.at[end] + 1
        elif run.x is not None:
            yield start, end, digits + "X", run.x + 1


def _identities(passage: Passage, run: Run) -> Iterator[Reading]:
    if len(run.digits) > _LONGEST_GROUP and len(run.starts) == 1:
        return
    for start, _end, digits, stop in _of_18(run):
        if check_letter(digits[:17]) == digits[17]:
            yield Reading(IDENTITY, run.at[start], stop, digits)


def _wrong_identities(passage: Passage, run: Run) -> Iterator[Reading]:
    for start, end, digits, stop in _of_18(run):
        if run.is_whole(start, end):
            yield Reading(IDENTITY_WRONG, run.at[start], stop, digits)


def _lone_wrong_identities(passage: Passage, run: Run) -> Iterator[Reading]:
    """With nothing beside it, it is no card whose digits happen to hold a date."""
    if len(run.digits) <= 18:
        yield from _wrong_identities(passage, run)


def _old_identities(passage: Passage, run: Run) -> Iterator[Reading]:
    last = 0
    for match in _IDENTITY_15.finditer(run.digits):
        start, digits = match.start(), match[1]
        if start >= last and run.is_whole(start, start + 15) and _born("19" + digits[6:12]):
            last = start + 15
            yield Reading(IDENTITY_15, *run.place(start, start + 15), digits)


def _single_mobiles(passage: Passage, run: Run) -> Iterator[Reading]:
    """Eleven digits in one piece: no card is grouped like that."""
    for start, match in _dialled(run):
        if not any(cut in run.starts for cut in range(match.start() + 1, match.start() + 11)):
            place = run.place(start, match.start() + 11)
            if not _MONEY.match(after(passage, place[1], 4)):
                yield Reading(MOBILE, *place, match[1])


def _mobiles(passage: Passage, run: Run) -> Iterator[Reading]:
    for start, match in _dialled(run):
        first, end = match.start(), match.start() + 11
        place = run.place(start, end)
        if _is_written_as_mobile(passage, run, first, end) or _PHONE_LABEL.search(
            before(passage, place[0], 12)
        ):
            yield Reading(MOBILE, *place, match[1])


def _is_written_as_mobile(passage: Passage, run: Run, first: int, end: int) -> bool:
    """Digits parted in an odd way may be a date with a count beside it, an amount or a range of amounts."""
    behind = after(passage, run.place(first, end)[1], 5)
    groups = [len(group) for group in run.groups(first, end)]
    if groups in ([3, 4, 4], [3, 8], [7, 4]) or run.is_even(first, end):
        return not _MONEY.match(behind)
    return not run.holds_a_date(first, end) and not (len(groups) == 2 and _AMOUNT.match(behind))


def _dialled(run: Run) -> Iterator[tuple[int, re.Match[str]]]:
    """Mobile numbers, and where each starts with what is dialled before it."""
    for match in _MOBILE.finditer(run.digits):
        for prefix in _DIALLED_BEFORE:
            start = match.start() - len(prefix)
            if (
                start >= 0
                and run.digits.startswith(prefix, start)
                and run.is_whole(start, match.start() + 11)
            ):
                yield start, match
                break


def _lone_cards(passage: Passage, run: Run) -> Iterator[Reading]:
    """Behind the word, with nothing beside it: a card, though eleven of its digits may look like a mobile number."""
    size = len(run.digits)
    if _BANK_CARD.match(run.digits) and size <= 19 and run.has_luhn(0, size):
        place = run.place(0, size)
        if _CARD_LABEL.search(before(passage, place[0], 12)):
            yield Reading(BANK_CARD, *place, run.digits)


def _bank_cards(passage: Passage, run: Run) -> Iterator[Reading]:
    candidates: list[tuple[bool, int, int, int]] = []
    for match in _BANK_CARD.finditer(run.digits):
        start = match.start()
        if start not in run.starts:
            continue
        for end in range(start + 16, min(start + 19, len(run.digits)) + 1):
            if end in run.ends and run.has_luhn(start, end):
                candidates.append((not run.is_even(start, end), start, -end, end))
    for uneven, start, _last, end in sorted(candidates):
        place = run.place(start, end)
        labelled = _CARD_LABEL.search(before(passage, place[0], 12))
        if not labelled and uneven and run.holds_a_date(start, end):
            continue
        if labelled or not _CODE.search(before(passage, place[0], 12)):
            yield Reading(BANK_CARD, *place, run.digits[start:end])


def _landlines(passage: Passage, run: Run) -> Iterator[Reading]:
    for match in _LANDLINE.finditer(run.digits):
        start = match.start()
        for end in (start + 11, start + 12):
            if end > start + len(match[1]) or not run.is_whole(start, end):
                continue
            groups = run.groups(start, end)
            if len(groups[0]) >= 3 or len(groups) == end - start:
                yield Reading(LANDLINE, *run.place(start, end), run.digits[start:end])
                break


# Who reads first keeps the place.
_READERS = (
    _identities,
    _lone_wrong_identities,
    _lone_cards,
    _single_mobiles,
    _bank_cards,
    _wrong_identities,
    _mobiles,
    _old_identities,
    _landlines,
)
