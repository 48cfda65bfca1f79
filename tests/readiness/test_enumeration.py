"""、 between quotes and titles."""

import pytest

from bulletins.readiness import Severity
from bulletins.readiness.checks.enumeration import check
from tests.readiness.asking import findings, keys


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ("完善“警调衔接”、“警律联调”机制。", "”、“", "”“"),
        ("学习《刑法》、《刑事诉讼法》。", "》、《", "》《"),
        ("推出“一次办好”、“一站式服务”、预约服务。", "”、“", "”“"),
    ],
)
def test_the_mark_between_adjacent_quotes_and_titles_is_found(text: str, place: str, suggestion: str) -> None:
    assert [(f.text, f.suggestion, f.severity) for f in findings(check, text)] == [
        (place, suggestion, Severity.WARN)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "完善“警调衔接”“警律联调”“民调入所”等机制，学习《刑法》《刑事诉讼法》。",
        "实现了以“局部”促“全局”、“小平安”促“大平安”、“小满意”促“大满意”的新局面。",
        "推出“一站式服务”、预约服务、上门服务等便民新举措。",
        "学习《办法》（试行）、《细则》（试行）。",
        "坚持“微网格、大平安”，落实“警种联动、警保联控”机制。",
        "咬定“抓早、抓小”，“严、真、细、实、快”工作作风。",
    ],
)
def test_the_mark_where_it_belongs_is_let_pass(text: str) -> None:
    assert keys(check, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "冒充老年人“孙子、外孙”对老人进行诈骗。",
        "冒充“儿子、孙子”行骗。“孙子”在外地出事了。",
    ],
)
def test_one_quote_around_two_names_is_a_question(text: str) -> None:
    (finding,) = findings(check, text)
    assert (finding.key, finding.severity, finding.suggestion) == ("one_quote_for_two", Severity.INFO, "")
    assert "”“" in finding.context["apart"]
