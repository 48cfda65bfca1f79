"""Means of investigation that are not told in public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.readiness.checks.personal_data.place import found
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

_MEANS = re.compile(
    r"技侦|技术侦察|技术侦查|行动技术|手机定位|定位手机|手机信号定位|基站定位|轨迹(?:研判|分析|追踪|比对)|(?:手机|基站|活动)轨迹"
    r"|话单(?:分析|研判)?|通话记录分析|侦听|监听|窃听|秘密(?:侦查|侦察|跟踪|拍照)|电子围栏|电子取证|手机取证"
    r"|人脸(?:识别)?比对|步态识别|声纹比对|(?:DNA|dna)(?:数据库|比对|入库)|指纹(?:比对|库)|资金(?:流)?(?:研判|穿透)"
    r"|卡口(?:比对|研判|轨迹)|特情|线人|耳目|诱惑侦查|控制下交付|网络侦查|网侦|图侦|视频侦查"
)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    for passage in subject.passages:
        for match in _MEANS.finditer(passage.folded.text):
            yield found(
                passage,
                match.start(),
                match.end(),
                check="means",
                key="investigative_means",
                severity=Severity.WARN,
            )
