"""Chinese and Arabic numerals for one kind of number in one text."""

import pytest

from bulletins.readiness import Severity
from bulletins.readiness.checks.numerals import check
from tests.readiness.asking import findings, keys


@pytest.mark.parametrize(
    ("text", "place", "other"),
    [
        ("出动警力30名。次日又增派二十五名民警。", "二十五名", "30名"),
        ("查处案件一百二十起。其中盗窃案18起，诈骗案40起。", "一百二十起", "18起"),
        ("警情下降百分之三十，治安案件下降32%，刑事案件下降12%。", "百分之三十", "2%"),
        ("行动自12月23日开始，3月5日结束。十一月二十日已部署。", "十一月二十日", "12月23日"),
        ("二〇二〇年底完成任务，2021年持续巩固，2022年推广。", "二〇二〇年", "2021年"),
    ],
)
def test_the_rarer_of_two_styles_is_found(text: str, place: str, other: str) -> None:
    (finding,) = findings(check, text)
    assert (finding.text, finding.context["other"], finding.severity) == (place, other, Severity.INFO)


@pytest.mark.parametrize(
    "text",
    [
        "荣膺“全国一级公安派出所”，出动警力30名、警车3辆，三名民警立功，两起案件告破。",
        "党的十九届六中全会精神宣讲30次。第十二次会议召开，举办活动20次。",
        "“百万警进千万家”活动走访120家，百万家庭受益。",
        "十余名群众报案，抓获嫌疑人30名，数十名、几十名志愿者参加，近二十名老人获救。",
        "二十里铺派出所位于县城以北20公里。",
        "农历八月十五日正值9月21日。",
        "四个100%任务达标，十三届十三次全体会议召开，举办13次。",
    ],
)
def test_what_is_no_number_to_be_written_otherwise_is_let_pass(text: str) -> None:
    assert keys(check, text) == []
