"""One name written two ways: a question, never a correction."""

import pytest

from bulletins.readiness import Severity
from bulletins.readiness.checks.same_name import check
from tests.readiness.asking import findings, keys

TWO_WAYS = "派出所设置“护学岗”。民警以规范“助学岗”勤务为重点。二十里铺中学“护学岗”效果最好。"


def test_two_quoted_names_that_differ_in_one_character_are_a_question() -> None:
    (finding,) = findings(check, TWO_WAYS)
    assert (finding.text, finding.context["other"], finding.suggestion) == ("助学岗", "护学岗", "")
    assert (finding.context["times"], finding.context["other_times"]) == ("1", "2")


def test_a_quoted_name_and_an_unquoted_one_in_the_same_company_are_mentioned() -> None:
    text = "派出所设置“护学岗”勤务。科学部署警力。落实助学岗勤务规定。"
    assert [(f.text, f.severity) for f in findings(check, text)] == [("护学岗", Severity.INFO)]


def test_a_long_name_of_a_station_written_two_ways_is_mentioned() -> None:
    text = "近日，二十里铺派出所走访学校。随后，二十里堡派出所民警开展宣传。"
    assert [(f.key, f.severity) for f in findings(check, text)] == [("name_two_ways", Severity.INFO)]


@pytest.mark.parametrize(
    "text",
    [
        "实现了“小平安”促“大平安”、“小满意”促“大满意”。",
        "严格落实“警察常在、警车常见、警灯常亮”“三见警”巡防机制。警察、警车、警灯成为陪伴。",
        "利用每天上午办理业务。下午上门服务。",
        "开展“平安校园”创建。建设“平安医院”。",
        "评选“最美警察”。表彰“最美警嫂”。",
        "落实“四不放过”要求。坚持“五不放过”原则。",
        "完善“警调衔接”机制。完善“警律联调”机制。",
        "建立“一号专班”。建立“二号专班”。",
        "设置“安全员”岗位。健全员工管理制度。",
        "市北关派出所走访企业。市南关派出所开展宣传。",
        "组织“雷霆行动”。派出所开展宣传。市公安局派出工作组。",
    ],
)
def test_ordinary_pairs_are_let_pass(text: str) -> None:
    assert keys(check, text) == []
