"""Accounts of WeChat and QQ; not those of an office (公众号), not payments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness import masking
from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.checks.personal_data.reading import readings
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_ACCOUNT = re.compile(
    r"(?:微信|QQ|扣扣|(?<![A-Za-z])(?:wechat|weixin|vx|wx))"
    r"(?!公众|支付|付款|收款|视频号|小程序)"
    r"(?:群)?(?:账号|帐号|号码|号|昵称|ID)?[^\S\n]{0,3}(?:是|为|叫)?[^\S\n]{0,3}[:：（(“\"]?[^\S\n]{0,3}"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19}|[1-9](?:[ \-]?\d){4,11})(?![A-Za-z0-9_\-])"
    # 微信50000元, 微信10000余人 are amounts.
    r"(?!\s?(?:多|余)?[元万亿人个名次%])",
    re.IGNORECASE,
)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        accounts = list(_ACCOUNT.finditer(passage.folded.text))
        if not accounts:
            continue
        numbers = {place for reading in readings(passage) for place in range(reading.start, reading.end)}
        for match in accounts:
            if match.start(1) in numbers:
                continue
            yield found(
                passage,
                match.start(1),
                match.end(1),
                check="chat",
                key="chat_account",
                severity=Severity.WARN,
                suggestion=masking.account(match[1]),
            )
