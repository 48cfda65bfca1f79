"""Words that fit only one kind of procedure."""

import pytest

from bulletins.readiness.checks.procedure import check
from tests.readiness.asking import findings, keys


@pytest.mark.parametrize(
    ("text", "place", "suggestion"),
    [
        ("民警对违法行为人孙某已采取刑事拘留强制措施，并羁押至看守所。", "违法行为人", "犯罪嫌疑人"),
        ("违法行为人孙某对违法事实供认不讳，现已被刑拘。", "违法行为人", "犯罪嫌疑人"),
        ("经检察机关批准，对违法嫌疑人王某执行逮捕。", "违法嫌疑人", "犯罪嫌疑人"),
        ("犯罪嫌疑人李某因殴打他人被行政拘留10日。", "犯罪嫌疑人", "违法行为人"),
        ("对犯罪嫌疑人李某处以罚款500元。", "犯罪嫌疑人", "违法行为人"),
        ("民警当场抓获罪犯张某，张某对盗窃事实供认不讳。", "罪犯", "犯罪嫌疑人"),
        ("民警将犯人王某抓获归案。", "犯人", "犯罪嫌疑人"),
        ("违法行为人李某涉嫌盗窃罪。", "违法行为人", "犯罪嫌疑人"),
        ("对孙某采取行政拘留强制措施。", "行政拘留强制措施", "行政拘留处罚"),
        ("对孙某作出刑事拘留的处罚。", "刑事拘留的处罚", "刑事拘留强制措施"),
    ],
)
def test_a_word_of_the_wrong_procedure_is_found(text: str, place: str, suggestion: str) -> None:
    assert [(f.text, f.suggestion) for f in findings(check, text)] == [(place, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "犯罪嫌疑人孙某已被依法采取刑事拘留强制措施。",
        "违法行为人李某被处以行政拘留10日、罚款500元。",
        "刑事拘留犯罪嫌疑人3名，行政处罚违法行为人5名。",
        "抓获违法行为人5名，其中行政拘留4名、刑事拘留1名。",
        "犯罪嫌疑人张某在缴纳罚款时被民警抓获。",
        "罚款两百元的违法行为人李某与犯罪嫌疑人王某系同乡。",
        "锁定违法行为人的行踪轨迹。犯罪嫌疑人王某被取保候审。",
        "罪犯张某因犯盗窃罪被判处有期徒刑三年。",
        "民警抓获脱逃罪犯一名，收监执行。",
        "涉嫌盗窃罪犯罪嫌疑人孙某落网。",
        "因侵犯人身权利、冒犯人格被抓获。",
        "打击毒品犯罪，预防青少年犯罪。",
    ],
)
def test_words_of_the_right_procedure_are_let_pass(text: str) -> None:
    assert keys(check, text) == []
