"""What holds for all checks of language: they are quick on anything, and silent on ordinary sentences."""

import time
from collections.abc import Callable, Iterable

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.readiness import Around, Finding, Subject
from bulletins.readiness.checks import (
    dates,
    enumeration,
    half_width,
    numerals,
    paired_marks,
    procedure,
    repetition,
    same_name,
    spacing,
)
from bulletins.readiness.wording import WORDING, advice, sentence
from tests.readiness.asking import DAY, findings

Check = Callable[[Subject, Around], Iterable[Finding]]
SIZE = 200_000
MANY_NAMES = "".join(
    f"“护{chr(0x4E00 + number)}{chr(0x5E00 + number % 500)}岗”。护{chr(0x4E00 + number)}岗派出所。"
    for number in range(4000)
)
# For each check what its patterns begin with and then do not go on, and what makes it keep much in mind.
HOSTILE: dict[Check, tuple[str, ...]] = {
    paired_marks.check: ("“", "”", "\n", "“\n", "说“。\n"),
    repetition.check: ("的的", "一", "。", "派出所", "出所出所"),
    half_width.check: (",", "中,"),
    enumeration.check: ("、“", "”、“", "“甲乙丙”"),
    spacing.check: ("1 ", "中 ", "　", "2021 年 ", "通讯员 "),
    same_name.check: ("派出所", "二十里铺派出所。", "“护学岗”。“助学岗”。", MANY_NAMES),
    numerals.check: ("十", "二十", "百分之", "2021年"),
    dates.check: ("0", "今年1月", "1月2日(星期", "2021-12-"),
    procedure.check: ("违法行为人", "违法行为人，刑拘", "罪犯抓获。"),
}
PIECES = sorted({piece for pieces in HOSTILE.values() for piece in pieces} - {MANY_NAMES})

# Sentences as bureaus print them; each has something in it that looks like a slip.
ORDINARY = (
    "近日，济宁市公安局任城区分局二十里铺派出所所长带领民警走访辖区企业，排查整治各类安全隐患36处。",
    "市公安局党委书记、局长主持召开党委（扩大）会议，传达学习党的二十大精神，研究贯彻落实意见。",
    "2021年12月23日，民警在工作中发现，犯罪嫌疑人王某某涉嫌帮助信息网络犯罪活动罪，遂依法将其抓获。",
    "经讯问，犯罪嫌疑人李某对其盗窃的犯罪事实供认不讳，目前已被依法采取刑事拘留强制措施，案件正在进一步侦办中。",
    "违法行为人张某因寻衅滋事被处以行政拘留10日并处罚款500元的行政处罚。",
    "根据《中华人民共和国治安管理处罚法》第二十六条之规定，对违法行为人赵某处以行政拘留七日。",
    "“太感谢你们了，要不是民警同志及时赶到，我这一辈子的积蓄就全没了！”老人紧紧握住民警的手说。",
    "活动中，民警通过悬挂横幅、发放宣传单、现场讲解等方式，向过往群众宣传防范电信网络诈骗知识。",
    "今年以来，全市刑事警情同比下降12.6%，破获电信网络诈骗案件1326起，抓获犯罪嫌疑人2418名，追赃挽损3000余万元。",
    "民警提醒：请广大群众牢记“三不一多”原则，即未知链接不点击，陌生来电不轻信，个人信息不透露，转账汇款多核实。",
    "为深入推进“百万警进千万家”活动，派出所民警、辅警走村入户，逐门逐户、一户一户地开展走访。",
    "如遇诈骗，请及时拨打96110或110报警电话，咨询时间为周一至周五9:00至17:00。",
    "鲁公通〔2021〕18号文件要求，各级公安机关要坚持和发展新时代“枫桥经验”，做到“小事不出村、大事不出镇”。",
    "11月27日至28日，全省公安机关实战大练兵比武在济南举行，我市代表队荣获团体第一名、3个单项第一名。",
    "民警一边安抚老人情绪，一边与其家属取得联系；经过1个多小时的寻找，最终在3公里外找到老人。",
    "交警大队中队民警在105国道与327国道交叉口开展酒驾夜查，当晚查获酒后驾驶5起、醉酒驾驶1起。",
    "会上，与会人员观看了警示教育片《零容忍》，并就如何做好岁末年初安全工作进行了了解和研讨。",
    "罪犯刘某因犯诈骗罪，被人民法院判处有期徒刑三年，并处罚金人民币二万元。",
    "清晨6时30分，校门口人来人往，“警家校”护学岗上的民警早早到岗，忙忙碌碌，来来回回地疏导车辆。",
    "据了解，该专项行动将持续至2022年3月31日；期间，举报有功人员最高可获5000元奖励。",
)  # fmt: skip


LANGUAGE = tuple(HOSTILE)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_raises_nothing(text: str) -> None:
    assert [finding for check in LANGUAGE for finding in findings(check, text)] == []


def test_the_ordinary_sentences_raise_nothing_as_one_text_either() -> None:
    assert [finding for check in LANGUAGE for finding in findings(check, "\n".join(ORDINARY))] == []


@pytest.mark.parametrize("check", LANGUAGE, ids=lambda check: check.__module__.rsplit(".", 1)[-1])
def test_no_hostile_text_makes_a_check_run_long(check: Check) -> None:
    for part in HOSTILE[check]:
        subject = Subject.of_text((part * (SIZE // len(part) + 1))[:SIZE])
        before = time.process_time()
        for _ in check(subject, Around(DAY)):
            pass
        spent = time.process_time() - before
        # Growth with the square of the length would take minutes; this is about two hundred times a usual text.
        assert spent < 4, f"{part[:20]!r} took {spent:.1f} s"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*PIECES, "（", "哈", "学岗", "工作", ".", "?", "（一）", "13", "》、《"]),
        max_size=40,
    )
)
def test_every_finding_stands_in_the_text_and_has_its_wording(parts: list[str]) -> None:
    with translation.override("en"):
        for check in LANGUAGE:
            for finding in findings(check, "".join(parts)):
                assert finding.key in WORDING
                assert sentence(finding) and "…" not in sentence(finding).replace(finding.text, "")
                assert advice(finding)
