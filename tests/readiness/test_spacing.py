"""Spaces where no space belongs, and where a newspaper sets them on purpose."""

import pytest

from bulletins.readiness import Around, Passage, Subject
from bulletins.readiness.checks.spacing import check
from tests.readiness.asking import DAY, findings, keys


@pytest.mark.parametrize(
    ("text", "key", "place", "suggestion"),
    [
        ("行动自 2021 年 12 月 23 日起开展。", "space_in_date", "2021 年 12 月 23 日", "2021年12月23日"),
        ("行动自12月 23日起开展。", "space_in_date", "12月 23日", "12月23日"),
        ("2021　年以来，警情持续下降。", "space_in_date", "2021　年", "2021年"),
        ("当日9 时30分许接到报警。", "space_in_date", "9 时30分", "9时30分"),
        ("累计出动警力3000 人次参与巡逻。", "space_in_number", "3000 人", "3000人"),
        ("调解率高达98.5 %，群众满意。", "space_in_number", "98.5 %", "98.5%"),
        ("涉案金额1. 5万元已经追回。", "space_in_number", "1. 5", "1.5"),
        ("荣获全省第 3名的好成绩。", "space_in_number", "第 3", "第3"),
        ("民警迅速赶到 现场展开调查，抓获嫌疑人。", "space_in_sentence", "到 现", "到现"),
    ],
)
def test_a_space_inside_is_found(text: str, key: str, place: str, suggestion: str) -> None:
    assert [(f.key, f.text, f.suggestion) for f in findings(check, text)] == [(key, place, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "常态长效抓作风 推动工作大提升\n近日，市公安局召开会议。",
        "会议以“常态长效抓作风 推动工作大提升”为主题召开。",
        "刊发《老人遭遇诈骗 民警劝阻止损》一文，反响良好。",
        "必将为实现跨越发展提供优质平台。 通讯员 孙鹏",
        "切实维护社会治安大局稳定。通讯员 张 艳 付 哲。",
        "本报讯（记者张艳 通讯员付哲 孙鹏）8月11日，派出所民警抓获在逃人员3名，维护了治安秩序平稳。",
        "民警走访企业，排查消防隐患，确保了全市社会治安大局的持续稳定，受到群众一致好评。卢飞 摄",
        "行动自2021年12月23日起，持续到2022年3月5日。",
        "使用 Windows 10 系统，拨打 110 报警。",
        "姓名\t张某\t年龄\t32",
    ],
)
def test_spaces_set_on_purpose_are_let_pass(text: str) -> None:
    assert keys(check, text) == []


@pytest.mark.parametrize("name", ["headline", "kicker", "subhead", "credits.0.name", "photos.0.credit"])
def test_clauses_of_a_headline_and_names_may_be_set_apart(name: str) -> None:
    text = "张 艳深入开展护校安园行动织密校园安全防护网 全力护航学生健康成长营造良好的校园安全环境。"
    assert list(check(Subject((Passage(name, text),)), Around(DAY))) == []


def test_a_date_in_a_headline_is_read_all_the_same() -> None:
    found = list(check(Subject((Passage("headline", "12 月23日起严打非法运输"),)), Around(DAY)))
    assert [finding.text for finding in found] == ["12 月23日"]
