"""Words and marks typed twice, and the many that Chinese doubles on purpose."""

import pytest

from bulletins.readiness import Severity
from bulletins.readiness.checks.repetition import check
from tests.readiness.asking import findings, keys


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ("二十里铺派出所出所将辖区校园安全抓在手上。派出所社区民警任成员。", "出所出所", "出所"),
        ("市公安局市公安局召开会议。", "市公安局市公安局", "市公安局"),
        ("民警民警迅速赶到现场。", "民警民警", "民警"),
        ("为群众提供更好的的服务。", "的的", "的"),
        ("民警抓获了了三名嫌疑人。", "了了", "了"),
        ("民警在在路口执勤。", "在在", "在"),
        ("他也也赶到现场。", "也也", "也"),
        ("违法人员被被依法处理。", "被被", "被"),
        ("加强宣传，，提升意识。", "，，", "，"),
        ("全力确保公共安全。。", "。。", "。"),
        ("行动仍在继续。。。", "。。。", "……"),
        ("排查隐患、、整改问题。", "、、", "、"),
    ],
)
def test_what_stands_twice_is_found(text: str, place: str, suggestion: str) -> None:
    assert [(f.text, f.suggestion, f.severity) for f in findings(check, text)] == [
        (place, suggestion, Severity.WARN)
    ]


def test_two_marks_where_one_may_stand_are_found_without_a_choice_being_made() -> None:
    (finding,) = findings(check, "加强宣传，。提升意识。")
    assert (finding.key, finding.text, finding.suggestion) == ("marks_clash", "，。", "")


def test_a_pair_that_is_no_known_slip_is_only_mentioned() -> None:
    (finding,) = findings(check, "他把红旗红旗地叫着。")
    assert finding.severity == Severity.INFO


@pytest.mark.parametrize(
    "text",
    [
        "“警察常在、警车常见、警灯常亮”，民警常常层层落实、紧紧依靠群众，人人参与、事事上心。",
        "高高兴兴上班，平平安安回家。",
        "民警们研究研究再定，一个一个地查，一项一项地改。",
        "派出所所长任组长，公安局局长出席，大队队长汇报，党委委员参加。",
        "潜在在校学生、帮助就就业的群众、存在在册人员，也也许如此。",
        "他的的确确是为了了解案情，目的的实现要靠大家。",
        "以及及时处置警情，各单位与与会人员交流。",
        "因为为群众办实事，推动作风大转变；和和气气，对对方做工作。",
        "被被告人骗走的钱款，现在在追缴，但是是否返还要看判决。",
        "“来源没有查清不放过、贩运网络没有打掉不放过”……形势——总体平稳！！",
        "真的吗？！太好了！！！",
        "拨打110110是错的，哈哈哈哈。",
        "层层传达省委办公厅通知，推动全警作风警风持续转变、向善向好。",
    ],
)
def test_what_is_doubled_on_purpose_is_let_pass(text: str) -> None:
    assert keys(check, text) == []
