"""Sentences that a column has cut are read as one; whatever else stands on lines of its own stays there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.readiness.wrapped import unwrapped

PAGE = Path(__file__).parents[2] / "fixtures" / "sample-page.txt"


def test_a_sentence_cut_by_a_column_is_one_again() -> None:
    cut = "洸河派出所创新打造的阳光盛景园\n成为全市智慧安防社区的样板，该\n小区管理模式得到群众认可。"
    assert unwrapped(cut).text == cut.replace("\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "市公安局召开会议\n\n近日，市公安局召开会议，传达学习上级精神，研究部署下一步工作。\n",
        "近日，民警走访辖区企业二十家。\n民警走访辖区商户三十余家次。\n群众对此普遍表示十分满意。",
        "严打非法运输\n燃放烟花爆竹\n民警快速破案",
        "市公安局市中分局一中队\n任城区分局二十里铺派出所",
        "近日，市公安局召开会议" * 9 + "\n近日，市公安局召开会议" * 9 + "\n近日，市公安局召开会议" * 9,
        "",
        "\n\n",
    ],
    ids=["empty line", "sentences", "short lines", "two lines", "long lines", "nothing", "only breaks"],
)
def test_lines_that_stand_for_themselves_stay(text: str) -> None:
    assert unwrapped(text).text == text


def test_the_sample_page_loses_its_cuts_and_keeps_its_headlines() -> None:
    text = unwrapped(PAGE.read_text(encoding="utf-8")).text
    assert "民警对违法行为人孙某已采取刑事拘留强制措施" in text
    assert "“警察常在、警车常见、警灯常亮”" in text
    assert "\n严打非法运输\n燃放烟花爆竹\n" in text
    assert "\n常态长效抓作风 推动工作大提升\n" in text


@given(st.text("字，。\n a", max_size=120) | st.text(max_size=60))
def test_every_letter_is_where_it_is_said_to_be(text: str) -> None:
    whole = unwrapped(text)
    assert [text[at] for at in whole.at[:-1]] == list(whole.text)
    assert whole.at[-1] == len(text)
    assert whole.text.replace("\n", "") == text.replace("\n", "")
