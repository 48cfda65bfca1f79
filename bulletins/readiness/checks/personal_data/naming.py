"""Full names of people who are to be called by surname and 某, and names that are masked only in part.

Who may be named is a person's decision: a suggestion is offered, nothing is rewritten by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.names import GIVEN, full_name_end, surname_length
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

_ROLE = re.compile(
    r"(?P<role>犯罪嫌疑人|嫌疑人|违法行为人|违法嫌疑人|违法人员|涉案人员?|被告人|罪犯|嫌犯|受害人|受害者|被害人|被害者|报案人|报警人|事主|失主"
    r"|当事人|求助者|求助人|伤者|死者|逝者|逃犯|在逃人员|走失者|走失老人|失踪人员|吸毒人员|前科人员|证人|目击者|同伙|同案犯|犯罪分子"
    r"|驾驶人|驾驶员|肇事司机|肇事者|酒驾人员|醉驾人员|卖淫人员|嫖娼人员|赌博人员|机主|男子|女子)"
    r"(?:[^\S\n]{0,2}(?:[:：（(“\"]|姓名|名叫|系|为|是|叫)){0,3}[^\S\n]{0,2}"
)
# 王建国（男，32岁 and 王建国，男，1990年生.
_SEX = re.compile(r"[^\S\n]?[，,（(、][^\S\n]?(?:男|女)[^\S\n]?[，,、；;）)。]")
_AND = re.compile(r"[、，,和与及]\s?")
_PART = re.compile(r"某([\u4e00-\u9fff])(?=([\u4e00-\u9fff]?))")
# After 李某春 the sentence goes on with one of these, or ends.
_GOES_ON = frozenset(
    "在因被到将于称说向对以与和及的已利通驾持先后拒逃落供交等为经从系犯涉报遭受把用也就便见是发（"
)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        named: set[int] = set()
        for start, end, role in _people(passage.folded.text):
            if start not in named:
                named.add(start)
                yield _full_name(passage, start, end, role)
        yield from _part_masked(passage)


def _people(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ROLE.finditer(text):
        start = match.end()
        end = full_name_end(text, start)
        while end > start:
            yield start, end, match["role"]
            link = _AND.match(text, end)
            start = link.end() if link else end
            end = full_name_end(text, start)
    for match in _SEX.finditer(text):
        for length in (4, 3, 2):
            start = match.start() - length
            is_compound = start >= 0 and surname_length(text, start) == 2
            if start >= 0 and (length < 4 or is_compound) and full_name_end(text, start) == match.start():
                yield start, match.start(), ""
                break


def _full_name(passage: Passage, start: int, end: int, role: str) -> Finding:
    name = passage.folded.text[start:end]
    return found(
        passage,
        start,
        end,
        check="naming",
        key="full_name_after_role" if role else "full_name_with_sex",
        severity=Severity.WARN,
        suggestion=masking.name(name, surname=surname_length(name, 0)),
        context={"role": role} if role else None,
    )


def _part_masked(passage: Passage) -> Iterator[Finding]:
    text = passage.folded.text
    for match in _PART.finditer(text):
        surname_at = match.start() - 1
        if surname_at < 0 or not surname_length(text, surname_at) or match[1] not in GIVEN:
            continue
        if match[2] and match[2] not in _GOES_ON:
            continue
        start = surname_at - 1 if surname_at and surname_length(text, surname_at - 1) == 2 else surname_at
        yield found(
            passage,
            start,
            match.end(),
            check="naming",
            key="part_masked_name",
            severity=Severity.INFO,
            suggestion=text[start : match.start() + 1],
        )
