"""A minor in a paragraph that names a school or a hospital: whoever lives there knows who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_MINOR = re.compile(
    r"(?<!\d)(?:1[0-7]|[1-9])周?岁(?!以[上下]|至|[—\-~～])|(?<![一二三四五六七八九]十)(?<!十)[一二三四五六七八九十]周?岁(?!以)"
    r"|十[一二三四五六七]周?岁(?!以)|(?<!中)小学生|(?<!大)中学生|初中生|高中生|男孩|女孩|男童|女童|幼童|婴儿|男婴|女婴|未成年(?:男|女|人.某)|[初高][一二三][男女学]生|年级[男女学]生|(?:儿童|学生|少年).某|少女"
    r"|(?<=[名位该])(?<!多名)(?<!余名)少年(?!犯|宫)"
)
# A school by its name: 东门小学, 济宁市第一中学; not 辖区中小学, 某小学, 各学校.
_SCHOOL = re.compile(
    r"(?:小学|中学|幼儿园|附小|附中|实验学校|职业学校|特教学校|医院|(?:(?<=外国语)|(?<=国际)|(?<=双语)|(?<=育才)"
    r"|(?<=明德)|(?<=体育)|(?<=武术)|(?<=技工))学校|第?[一二三四五六七八九十]{1,3}中(?=[^\u4e00-\u9fff]|[学的就读校高初附门上]|\Z))(?!生)"
)
_NAME = re.compile(r"[\u4e00-\u9fff0-9]{2,10}\Z")
_NO_NAME = re.compile(
    r"(?:[各某中该本这那家所在到去往及和与、对向从为送入进就近找住问护后前]|联系|离开|辖区|全市|全县|全区|附近|当地|周边|农村|城区|乡镇|部分|多家|一家|一所"
    r"|几家|深入|走进|重点|两所|我市|我县|我区)\Z"
)


def _named_place(paragraph: str) -> str:
    for match in _SCHOOL.finditer(paragraph):
        name = _NAME.search(paragraph[max(0, match.start() - 10) : match.start()])
        if name and not _NO_NAME.search(name.group()):
            return name.group() + match.group()
    return ""


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        start = 0
        for paragraph in passage.folded.text.split("\n"):
            minor = _MINOR.search(paragraph)
            place = _named_place(paragraph) if minor else ""
            if minor and place:
                yield found(
                    passage,
                    start + minor.start(),
                    start + minor.end(),
                    check="minors",
                    key="minor_with_a_place",
                    severity=Severity.WARN,
                    context={"place": place},
                )
            start += len(paragraph) + 1
