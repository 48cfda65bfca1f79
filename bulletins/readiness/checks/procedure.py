"""Words that fit only one kind of procedure: 刑事拘留 is for a 犯罪嫌疑人, 行政拘留 for a 违法行为人, 罪犯 for the convicted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.chinese import CLAUSE_ENDS, SENTENCE_ENDS, pieces
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

OFFENDER = re.compile("违法行为人|违法嫌疑人")
SUSPECT = re.compile("犯罪嫌疑人")
CRIMINAL = re.compile(
    "刑事拘留|刑拘|逮捕|批捕|取保候审|监视居住|移送审查起诉|移送起诉|提起公诉|刑事强制措施|涉嫌[\u4e00-\u9fff、]{2,12}罪"
)
PUNISHED = re.compile(
    "行政拘留|治安拘留|行政处罚|行拘|治安处罚|(?:处以|并处|处|被|给予)罚款|罚款[0-9一二三四五六七八九]"
)
# Whom, or what, the other half of such a sentence may be about: then its clauses are looked at one by one.
NOT_OFFENDER = re.compile(f"(?<!违法)嫌疑人|犯罪人员|犯罪分子|{PUNISHED.pattern}")
NOT_SUSPECT = re.compile(f"{OFFENDER.pattern}|{CRIMINAL.pattern}|违法人员")
# 侵犯人身 and 冒犯人家 hold no 犯人.
CONVICT = re.compile("(?<!犯)罪犯(?!罪)|(?<![侵冒触罪])犯人(?![身民格大权家类员])")
IN_THE_MAKING = re.compile(
    "抓获|刑事拘留|刑拘|逮捕|涉嫌|审讯|讯问|供认|交代|侦查|取保候审|监视居住|落网|报案|破获|到案|归案|投案"
)
JUDGED = re.compile(
    "判处|判决|宣判|服刑|监狱|刑满|有期徒刑|无期徒刑|死刑|缓刑|减刑|假释|社区矫正|收监|漏罪|改造|脱逃|越狱|获刑|入狱"
)
# A punishment that is called a measure, and the other way round.
MEASURE = re.compile("行政拘留的?强制措施")
PENALTY = re.compile("刑事拘留的?(?:行政)?处罚")


def _mixed(
    passage: Passage, person: re.Pattern[str], act: re.Pattern[str], others: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """The person named with an act that is not for him: in one clause, or in one sentence that names nobody else."""
    text = passage.text
    if not (person.search(text) and act.search(text)):
        return
    for start, end in pieces(text, SENTENCE_ENDS):
        first = person.search(text, start, end)
        if not (first and act.search(text, start, end)):
            continue
        if not others.search(text, start, end):
            yield first
            continue
        for left, right in pieces(text[start:end], CLAUSE_ENDS):
            clause = (start + left, start + right)
            named = person.search(text, *clause)
            if named and act.search(text, *clause) and not others.search(text, *clause):
                yield named
                break


def _finding(key: str, passage: Passage, match: re.Match[str], suggestion: str) -> Finding:
    return Finding("procedure", key, Severity.WARN, passage.name, *match.span(), match[0], suggestion)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    is_judged = any(JUDGED.search(passage.text) for passage in subject.passages)
    for passage in subject.passages:
        for match in _mixed(passage, OFFENDER, CRIMINAL, NOT_OFFENDER):
            yield _finding("offender_in_criminal_case", passage, match, "犯罪嫌疑人")
        for match in _mixed(passage, SUSPECT, PUNISHED, NOT_SUSPECT):
            yield _finding("suspect_in_administrative_case", passage, match, "违法行为人")
        for match in MEASURE.finditer(passage.text):
            yield _finding("punishment_called_measure", passage, match, "行政拘留处罚")
        for match in PENALTY.finditer(passage.text):
            yield _finding("measure_called_punishment", passage, match, "刑事拘留强制措施")
        if is_judged or not CONVICT.search(passage.text):
            continue
        for start, end in pieces(passage.text, SENTENCE_ENDS):
            convict = CONVICT.search(passage.text, start, end)
            if convict and IN_THE_MAKING.search(passage.text, start, end):
                yield _finding("convict_before_judgment", passage, convict, "犯罪嫌疑人")
