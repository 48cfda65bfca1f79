"""Every row of the table of personal data, and everything that must stay silent."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from bulletins.readiness import CHECKS as ALL_CHECKS
from bulletins.readiness.checks.personal_data import CHECKS
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject
from bulletins.readiness.wording import WORDING, advice, sentence

AROUND = Around(day=date(2022, 1, 1))
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
SAMPLE = Path(__file__).parents[2] / "fixtures"


def findings(text: str, field: str = "body") -> list[Finding]:
    subject = Subject((Passage(field, text),))
    return [finding for _name, check in CHECKS for finding in check(subject, AROUND)]


# The text, and what is found: key, severity, the place, what may stand there instead.
FOUND = (
    ("身份证号370811199001011236。", "identity_number", BLOCK, "370811199001011236", "370811********1236"),
    ("３７０８１１-19900101-1236", "identity_number", BLOCK, "３７０８１１-19900101-1236", "370811********1236"),
    ("11010519491231002x登记", "identity_number", BLOCK, "11010519491231002x", "110105********002X"),
    ("1101051949123100 2 Ｘ登记", "identity_number", BLOCK, "1101051949123100 2 Ｘ", "110105********002X"),
    ("证件370811\n199001011236", "identity_number", BLOCK, "370811\n199001011236", "370811********1236"),
    ("370811199001011234", "identity_number_with_wrong_check", WARN, "370811199001011234", "370811********1234"),
    ("旧证370811900101123号", "identity_number_of_15", WARN, "370811900101123", "370811******123"),
    ("电话13812345678。", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("电话+86 138 1234 5678", "mobile_number", BLOCK, "+86 138 1234 5678", "138****5678"),
    ("8613812345678", "mobile_number", BLOCK, "8613812345678", "138****5678"),
    ("电话一三八一二三四五六七八", "mobile_number", BLOCK, "一三八一二三四五六七八", "138****5678"),
    ("幺三八 一二三四 五六七八", "mobile_number", BLOCK, "幺三八 一二三四 五六七八", "138****5678"),
    ("电话138，1234，5678", "mobile_number", BLOCK, "138，1234，5678", "138****5678"),
    ("电话138:1234:5678", "mobile_number", BLOCK, "138:1234:5678", "138****5678"),
    ("手机⑬⑧12345678", "mobile_number", BLOCK, "⑬⑧12345678", "138****5678"),
    ("身份证370811一九九〇0101一二三六", "identity_number", BLOCK, "370811一九九〇0101一二三六", "370811********1236"),
    ("1101 0519 4912 3100 2x", "identity_number", BLOCK, "1101 0519 4912 3100 2x", "110105********002X"),
    ("洸河派出所：13812345678", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("洸河派出所：0537-2345678", "landline_number_of_an_office", INFO, "0537-2345678", ""),
    ("户籍大厅联系电话0537-2345678", "landline_number_of_an_office", INFO, "0537-2345678", ""),
    ("报警电话：0537-2345678", "landline_number_of_an_office", INFO, "0537-2345678", ""),
    ("①13812345678", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("13८12345678", "mobile_number", BLOCK, "13८12345678", "138****5678"),
    ("138\u200b1234\u200b5678", "mobile_number", BLOCK, "138\u200b1234\u200b5678", "138****5678"),
    ("报警人王某用手机13812345678报警", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("接到举报电话13812345678", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("举报电话打来后民警回拨13812345678", "mobile_number", BLOCK, "13812345678", "138****5678"),
    ("举报电话：13812345678", "mobile_number_of_an_office", INFO, "13812345678", ""),
    ("值班电话为１３８１２３４５６７８", "mobile_number_of_an_office", INFO, "１３８１２３４５６７８", ""),
    ("咨询服务热线：13812345678", "mobile_number_of_an_office", INFO, "13812345678", ""),
    ("家里电话0537-2345678", "landline_number", WARN, "0537-2345678", "0537-****678"),
    ("电话（010）62345678", "landline_number", WARN, "（010）62345678", "010-*****678"),
    ("咨询电话：0537-2345678", "landline_number_of_an_office", INFO, "0537-2345678", ""),
    ("卡号4111 1111 1111 1111", "bank_card_number", BLOCK, "4111 1111 1111 1111", "4111********1111"),
    ("4111111111111111", "bank_card_number", BLOCK, "4111111111111111", "4111********1111"),
    ("一辆鲁H12345轿车", "plate_number", BLOCK, "鲁H12345", "鲁H·****5"),
    ("一辆鲁Ｈ·１２３４５", "plate_number", BLOCK, "鲁Ｈ·１２３４５", "鲁H·****5"),
    ("粤B12345D被扣", "plate_number", BLOCK, "粤B12345D", "粤B·*****D"),
    ("澳门车粤Z·1234澳", "plate_number", BLOCK, "粤Z·1234澳", "粤Z·****澳"),
    ("鲁O1234警到场", "police_plate", INFO, "鲁O1234警", ""),
    ("鲁h 1 2 3 4 5。", "plate_number", BLOCK, "鲁h 1 2 3 4 5", "鲁H·****5"),
    ("鲁H12345 3人", "plate_number", BLOCK, "鲁H12345", "鲁H·****5"),
    ("电动汽车鲁HD12345", "plate_number", BLOCK, "鲁HD12345", "鲁H·*****5"),
    ("半挂车鲁H1234挂", "plate_number", BLOCK, "鲁H1234挂", "鲁H·****挂"),
    ("粤Z1234港入境", "plate_number", BLOCK, "粤Z1234港", "粤Z·****港"),
    ("警车鲁H1234警到场", "police_plate", INFO, "鲁H1234警", ""),
    ("持护照E12345678入境", "document_number", BLOCK, "E12345678", "E******78"),
    ("港澳通行证号码C 1234 5678", "document_number", BLOCK, "C 1234 5678", "C******78"),
    ("H12345678号通行证", "document_number", BLOCK, "H12345678", "H******78"),
    ("住阳光花园小区3号楼2单元501室", "home_address", WARN, "3号楼2单元501室", "×号楼×单元×室"),
    ("某某路家属院三号楼", "home_address", WARN, "三号楼", "×号楼"),
    ("家住阳光小区3-2-501", "home_address", WARN, "3-2-501", "×-×-×"),
    ("太白小区12号楼东单元", "home_address", WARN, "12号楼东单元", "×号楼东单元"),
    ("加微信：abc_12345", "chat_account", WARN, "abc_12345", "ab****"),
    ("ＱＱ号１２３４５６７８９", "chat_account", WARN, "１２３４５６７８９", "12****"),
    ("受害人欧阳娜娜报案", "full_name_after_role", WARN, "欧阳娜娜", "欧阳某"),
    ("犯罪嫌疑人王建国在家中被抓获", "full_name_after_role", WARN, "王建国", "王某"),
    ("报警人陈小红称", "full_name_after_role", WARN, "陈小红", "陈某"),
    ("驾驶人李建国", "full_name_after_role", WARN, "李建国", "李某"),
    ("一男子李刚落网", "full_name_after_role", WARN, "李刚", "李某"),
    ("报案人：李伟", "full_name_after_role", WARN, "李伟", "李某"),
    ("王建国（男，32岁）", "full_name_with_sex", WARN, "王建国", "王某"),
    ("李某春在逃", "part_masked_name", INFO, "李某春", "李某"),
    ("男孩在东门小学走失", "minor_with_a_place", WARN, "男孩", ""),
    ("张某（16岁）被送到济宁市第一人民医院", "minor_with_a_place", WARN, "16岁", ""),
    ("15岁的张某就读于济宁一中", "minor_with_a_place", WARN, "15岁", ""),
    ("初二学生张某在济宁市第七中学", "minor_with_a_place", WARN, "初二学生", ""),
    ("学生张某的母校济宁市明德学校", "minor_with_a_place", WARN, "学生张某", ""),
    ("一名少年在兖州区东门小学走失", "minor_with_a_place", WARN, "少年", ""),
    ("强-奸", "sexual_offence", BLOCK, "强-奸", ""),
    ("性·侵", "sexual_offence", BLOCK, "性·侵", ""),
    ("嫖宿", "sexual_offence", BLOCK, "嫖宿", ""),
    ("张某因猥亵被拘留", "sexual_offence", BLOCK, "猥亵", ""),
    ("防范性\u200b侵", "sexual_offence", BLOCK, "性\u200b侵", ""),
    ("通过手机定位找到他", "investigative_means", WARN, "手机定位", ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "key", "severity", "place", "mask"), FOUND)
def test_it_is_found_once_with_its_severity_its_place_and_its_mask(
    text: str, key: str, severity: Severity, place: str, mask: str
) -> None:
    (found,) = findings(text)
    assert (found.key, found.severity, found.text, found.suggestion) == (key, severity, place, mask)
    assert text[found.start : found.end] == place


@pytest.mark.parametrize(
    "field", ["kicker", "headline", "summary", "source", "credits.0.name", "photos.0.alt"]
)
def test_it_is_found_in_every_field_and_says_which(field: str) -> None:
    (found,) = findings("电话13812345678", field)
    assert found.passage == field


SILENT = (
    "同比下降98.5%", "拨打110、96110、12345", "损失30万元", "公通字〔2018〕26号", "鲁公网安备37081102000123号",
    "鲁ICP备05001234号-1", "单位编码370811000000", "嫌疑人马上逃离", "张某所在的村", "报案人张某称", "刘某鲁Q×528×",
    "370811********123X", "138****1234", "6222********1234", "鲁H·****5", "涉案金额15000000000元", "价格13000-180000元",
    "15 2021-12-23 3起", "13812345\t678", "2021-12-23 10:30", "138,123,456.78元", "电话4006012345",
    "关注微信公众号：jnga110", "微信支付50000元", "微信群500人", "编号E12345678", "护照有效期至20301231", "在第3教学楼501",
    "市局3号楼", "受害人王女士，", "当事人双方", "嫌疑人安徽籍",
    "犯罪嫌疑人于12月归案", "受害人向民警求助", "张某电动车被盗",
    "被害人陈述", "当事人和解", "受害人金手镯被盗", "失主张大爷",

    "李某来到派出所", "张某某", "一名学生（男，12岁）", "王某（男，32岁）", "12岁以下儿童", "男孩走进学校", "新MODEL3上市",
    "一次性侵占村集体资金", "突发性侵权纠纷", "不畏强暴", "查处130、1234、5678起", "K130+1234+5678处",
    "学生到济宁一中队参观", "少年宫在东门小学", "驾驶人驾驶证过期", "女子安全回家", "男子高速路上行走", "证人和当事人到场",
    "新A380", "京G45高速", "某小学开展活动",
)  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_it_stays_silent(text: str) -> None:
    assert findings(text) == []


def test_the_sample_page_is_silent_as_it_was_printed() -> None:
    assert findings((SAMPLE / "sample-page.txt").read_text("utf-8")) == []


def test_the_sample_page_is_silent_as_it_is_stored() -> None:
    records = json.loads((SAMPLE / "sample_page.json").read_text("utf-8"))
    subjects = [
        Subject.of_content(record["fields"]["content"])
        for record in records
        if record["model"] == "bulletins.revision"
    ]
    assert len(subjects) == 8
    assert [f for subject in subjects for _name, check in CHECKS for f in check(subject, AROUND)] == []


def test_a_card_inside_an_identity_number_is_not_told_twice() -> None:
    # 3708 1119 9001 0112 holds as a card.
    for text in ("3708 1119 9001 0112 36", "370811199001011236", "证件号 370811 1990 0101 1236，卡号无"):
        assert [finding.key for finding in findings(text)] == ["identity_number"]


def test_neighbours_are_told_one_by_one() -> None:
    text = "370811199001011236 13812345678 4111 1111 1111 1111"
    assert {finding.key for finding in findings(text)} == {
        "identity_number",
        "mobile_number",
        "bank_card_number",
    }


def test_all_names_of_a_list_behind_a_role_are_found() -> None:
    assert [f.text for f in findings("犯罪嫌疑人王建国、李伟和张丽华落网")] == ["王建国", "李伟", "张丽华"]


def test_a_number_behind_an_official_number_is_official_too() -> None:
    found = findings("举报电话：0537-2345678、13812345678（王警官）、13912345678")
    assert [finding.severity for finding in found] == [INFO, INFO, INFO]


def test_every_check_is_on_the_visible_list() -> None:
    assert set(CHECKS) <= set(ALL_CHECKS)


def test_every_key_has_its_sentence_and_its_advice() -> None:
    keys = {key for _text, key, *_rest in FOUND}
    assert keys <= WORDING.keys()
    for text, *_rest in FOUND:
        for finding in findings(text):
            assert "%(" not in sentence(finding) + advice(finding)
            assert "…" not in sentence(finding)


HOSTILE = (
    "1", "6 ", "0 5 3 7 ", "1 ", "1---", "37081119900101123X", "13812345678", "1\u200b", "①1", "举报电话和和警官",
    "鲁", "鲁H 1 ", "鲁H1234", "护照E", "护照1 ", "微信", "微信号a", "小区3号", "一", "小学", "男孩",
    "嫌疑人：", "嫌疑人王", "王某", "王建国，男", "李某春",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_of_any_kind_takes_time_by_its_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        findings(text)
        return time.process_time() - started

    # A pattern that goes back over and over would need minutes for the long one.
    assert seconds(200_000) < 20 * seconds(20_000) + 1.5
