"""Asks one check about a text, and takes the answers apart."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from bulletins.readiness import Around, Finding, Subject

DAY = date(2021, 12, 30)
Check = Callable[[Subject, Around], Iterable[Finding]]


def findings(check: Check, text: str | Mapping[str, Any], *, day: date = DAY, **more: Any) -> list[Finding]:
    """What the check says of a bare text or of a content; each finding must stand where it says it stands."""
    subject = Subject.of_text(text) if isinstance(text, str) else Subject.of_content(dict(text))
    found = list(check(subject, Around(day, more=more)))
    texts = {passage.name: passage.text for passage in subject.passages}
    for finding in found:
        assert texts.get(finding.passage, "")[finding.start : finding.end] == finding.text
    return found


def keys(
    check: Check, text: str | Mapping[str, Any], *, day: date = DAY, **more: Any
) -> list[tuple[str, str]]:
    """The key and the text of each finding."""
    return [(finding.key, finding.text) for finding in findings(check, text, day=day, **more)]


def content(**fields: Any) -> dict[str, Any]:
    """The content of a complete small article, with the fields given in place of its own."""
    return {
        "kind": "news",
        "unit": {"slug": "guanghe", "name": "济宁市公安局高新区分局洸河派出所"},
        "kicker": "洸河派出所",
        "headline": ["走访企业排查消防隐患"],
        "headline_join": "space",
        "subhead": "",
        "summary": "",
        "body": "<p>近日，洸河派出所民警走访辖区企业，排查消防隐患。</p>",
        "source": "",
        "credits": [
            {"name": "张艳", "correspondent": None, "role": "text", "capacity": "correspondent", "unit": ""}
        ],
        "campaigns": [{"slug": "xiaofang", "name": "消防安全百日行动"}],
        "tags": [],
        "photos": [],
        **fields,
    }


def photo(**fields: Any) -> dict[str, Any]:
    return {
        "sha256": "0" * 64,
        "caption": "民警向企业员工讲解灭火器用法。",
        "alt": "民警手持灭火器，三名员工在旁边看",
        "credit": "卢飞",
        "width": 1600,
        "height": 1200,
        "is_missing": False,
        **fields,
    }
