"""Narrow punctuation in Chinese text."""

import pytest

from bulletins.readiness.checks.half_width import check
from tests.readiness.asking import findings, keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收集意见建议30余条,主动汇报。", [(",", "，")]),
        ("通讯员:杜发群", [(":", "：")]),
        ("咨询电话:0537-2966110", [(":", "：")]),
        ("严查非法运输;从严审批。", [(";", "；")]),
        ("群众满意吗?群众说了算!", [("?", "？"), ("!", "！")]),
        ("维护社会治安大局稳定.行动中,各级联动.", [(".", "。"), (",", "，"), (".", "。")]),
        ("召开党委(扩大)会议", [("(", "（"), (")", "）")]),
        ("召开党委(扩大),传达精神。", [("(", "（"), (")", "）"), (",", "，")]),
        ("调解率98.5%,同比上升", [(",", "，")]),
        ("开展“护校安园”,成效明显", [(",", "，")]),
        ('开展"护校安园"活动', [('"', ""), ('"', "")]),
    ],
)
def test_narrow_marks_between_chinese_characters_are_found(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(finding.text, finding.suggestion) for finding in findings(check, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "调解率高达98.5%，当日9:30，比分16:9，转账1,200.50元。",
        "1.加强领导；2.压实责任。",
        "网址http://www.mps.gov.cn/n2253534/?page=2，邮箱a.b@jining.gov.cn。",
        "Windows 10 (64-bit), Office 2019.",
        "户籍管理领域“1+6”综合服务模式（试行）。",
        "",
    ],
)
def test_numbers_addresses_and_latin_text_are_let_pass(text: str) -> None:
    assert keys(check, text) == []
