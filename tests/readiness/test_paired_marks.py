"""Quotes, brackets and title marks that have lost their partner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.readiness import Around, Passage, Subject
from bulletins.readiness.checks.paired_marks import check
from tests.readiness.asking import DAY, findings, keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成“护学岗”设置等四个100%”任务达标。", [("mark_not_opened", "”")]),
        ("深入开展“百万警进千万家活动，走村入户访民情。", [("mark_not_closed", "“")]),
        ("学习《中华人民共和国反电信网络诈骗法，掌握要点。", [("mark_not_closed", "《")]),
        ("召开党委扩大）会议，传达学习上级精神。", [("mark_not_opened", "）")]),
        ("依据公通字〔2018〕26号、鲁公通〔2021号文件要求。", [("mark_not_closed", "〔")]),
        ("“坚持预防为主，整治隐患。\n各单位“一把手”要负总责。", [("mark_not_closed", "“")]),
        ("关注“平安济宁公众号\n民警“零距离”服务。", [("mark_not_closed", "“")]),
        ("他说：“要按“五个一律’的要求去做。”", [("mark_not_closed", "“"), ("mark_not_opened", "’")]),
        # What is quoted in mid-clause ends in its paragraph, whatever speech follows.
        ("开展“百万警进千万家活动。\n“要靠前一步。主动作为。”负责人强调。", [("mark_not_closed", "“")]),
        ("印发《》的通知", [("marks_hold_nothing", "《》")]),
    ],
)
def test_a_mark_without_its_partner_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert keys(check, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "传达学习《关于加强“护校安园”工作的通知》（鲁公通〔2021〕8号）精神。",
        "他说：“老人接到自称‘孙子’的电话，马上就去汇款。”",
        "“岁末年初是事故高发期。为此，市公安局靠前一步。”市公安局有关负责人强调。",
        # A speech over three paragraphs, each of which opens anew, and one that does not.
        "局长强调：\n“要压实责任，层层落实。\n“要深入一线。各单位都要行动。\n“要严格督导，确保实效。”",
        "局长强调：“要压实责任，层层落实。\n要严格督导，确保实效。”",
        "1）组织排查；2）集中整治；\n（3）督导问效。\n二）巩固成果。",
        "召开党委(扩大）会议。",
        "民警O’Brien应邀出席。",
        "以“局部”促“全局”、“小平安”促“大平安”。",
        "【警方提示】不轻信、不转账。",
    ],
)
def test_marks_that_pair_are_let_pass(text: str) -> None:
    assert keys(check, text) == []


def test_a_quote_may_run_over_the_lines_of_a_headline() -> None:
    headline = Subject((Passage("headline", "荣膺“全国一级\n公安派出所”"),))
    assert list(check(headline, Around(DAY))) == []


@given(
    st.lists(st.sampled_from(["工作", "“平安”", "《通知》", "（扩大）", "‘孙子’", "，", "。"]), max_size=30)
)
def test_text_made_of_whole_pairs_raises_nothing(parts: list[str]) -> None:
    assert keys(check, "".join(parts)) == []


@given(st.text(alphabet="“”‘’《》（）【】字。\n", max_size=200))
def test_no_mark_is_reported_twice(text: str) -> None:
    places = [finding.start for finding in findings(check, text) if finding.key != "marks_hold_nothing"]
    assert len(places) == len(set(places))
