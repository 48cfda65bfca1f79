"""Narrow punctuation in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.chinese import is_han
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

WIDE = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", '"': ""}
MARK = re.compile(r"""[,.:;?!()"]""")
BEFORE, AFTER = frozenset("”’》）】〕"), frozenset("“‘《（【〔(")


def _belongs_to_chinese(text: str, at: int) -> bool:
    """Whether the mark stands in Chinese text: not in 9:30, 1.2万元, 1.警惕, www.mps.gov.cn or f(x)."""
    mark = text[at]
    left, right = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    # A narrow bracket is Chinese if what stands in it is.
    left_is_chinese = is_han(left) or left in BEFORE or (left == ")" and is_han(text[at - 2 : at - 1]))
    right_is_chinese = is_han(right) or right in AFTER
    if mark in '()"':
        return is_han(left) or is_han(right)
    if mark == ".":
        ends = right in {"", "\n"} or is_han(right) or right in AFTER
        return bool(left) and left_is_chinese and ends
    if left and left_is_chinese:
        return True
    is_of_a_word = left.isalnum() or (left == "%" and mark != ":")
    return bool(right) and right_is_chinese and is_of_a_word and not (mark == ":" and left.isdigit())


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        text = passage.text
        for match in MARK.finditer(text):
            at, mark = match.start(), match[0]
            if not _belongs_to_chinese(text, at):
                continue
            key = "straight_quote" if mark == '"' else "narrow_mark"
            context = {"wide": WIDE[mark]}
            yield Finding(
                "half_width", key, Severity.WARN, passage.name, at, at + 1, mark, WIDE[mark], context
            )
