"""Texts with personal data planted in them, in every disguise, and ordinary texts without any.

Used by the tests and by the benchmark: the same seed gives the same texts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bulletins.models.body import reader_text
from bulletins.readiness.checks.personal_data.reading import check_letter
from bulletins.readiness.subject import Passage, Subject

FIELDS = (
    "kicker", "headline", "subhead", "summary", "body", "source",
    "credits.0.name", "photos.0.caption", "photos.0.alt", "photos.0.credit",
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A subject with one thing planted, and the keys under which it may be reported."""

    kind: str
    disguise: str
    subject: Subject
    keys: frozenset[str]


def luhn_letter(digits: str) -> str:
    total = 0
    for index, letter in enumerate(reversed(digits)):
        value = int(letter) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def identity(chance: random.Random) -> str:
    place = chance.choice(("370811", "370800", "110101", "310115", "440305", "650102", "810000", "530102"))
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(31_000))
    digits = f"{place}{born:%Y%m%d}{chance.randrange(1000):03d}"
    return digits + check_letter(digits)


def mobile(chance: random.Random) -> str:
    return f"1{chance.randrange(3, 10)}{chance.randrange(10**9):09d}"


def bank_card(chance: random.Random) -> str:
    head = chance.choice(("6222", "6217", "6228", "4367", "5187", "3568", "8110", "6013"))
    length = chance.choice((16, 17, 18, 19))
    while True:
        digits = head + "".join(chance.choice("0123456789") for _ in range(length - 5))
        # By the rules a card is what is no identity number: none that holds a year of birth where those do.
        if length < 18 or all(digits[start : start + 2] not in {"18", "19", "20"} for start in (6, 7)):
            return digits + luhn_letter(digits)


def plate(chance: random.Random) -> str:
    head = chance.choice("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼") + chance.choice(
        "ABCDEFGHJ"
    )
    four = f"{chance.randrange(10_000):04d}"
    letter, digit = chance.choice("ABCDEFGHJ"), chance.choice("0123456789")
    return head + chance.choice(
        (
            four + digit,
            four + letter,
            letter + four,
            letter + digit + four,
            four + digit + letter,
            *(four + end for end in "挂学港澳"),
        )
    )


def passport(chance: random.Random) -> str:
    return chance.choice(("E", "EA", "G", "EJ")) + f"{chance.randrange(10**7, 10**8)}"


KINDS: dict[str, tuple[Callable[[random.Random], str], frozenset[str], tuple[str, ...]]] = {
    "identity": (
        identity,
        frozenset({"identity_number"}),
        ("身份证号{}的男子在车站被查获", "经核查，{}系登记号码", "民警查到{}，随后联系家属", "（{}）"),
    ),
    "mobile": (
        mobile,
        frozenset({"mobile_number"}),
        (
            "群众王某的电话是{}，请联系",
            "拨打{}即可",
            "报警人用手机{}报警称被骗",
            "骗子用{}多次来电",
            "接到举报电话{}",
        ),
    ),
    "bank_card": (
        bank_card,
        frozenset({"bank_card_number"}),
        ("张某将钱转入卡号{}的账户", "涉案账户{}被冻结", "转给{}，共三笔", "银行卡（{}）"),
    ),
    "plate": (
        plate,
        frozenset({"plate_number"}),
        ("一辆{}小型轿车超速行驶", "驾驶{}的张某被拦下", "车牌号为{}", "“{}”的车主"),
    ),
    "passport": (
        passport,
        frozenset({"document_number"}),
        ("护照号码{}的旅客", "持护照{}入境", "捡到护照一本，号码为{}，已归还"),
    ),
}


def full_width(text: str, chance: random.Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def some_full_width(text: str, chance: random.Random) -> str:
    return "".join(full_width(letter, chance) if chance.random() < 0.5 else letter for letter in text)


def mathematical(text: str, chance: random.Random) -> str:
    return "".join(chr(0x1D7CE + int(letter)) if letter.isdigit() else letter for letter in text)


def read_out(text: str, chance: random.Random) -> str:
    """一三八…; not on a plate or a passport, whose few digits nobody writes so."""
    digits_only = sum(letter.isdigit() for letter in text) > 10
    return "".join("〇一二三四五六七八九"[int(x)] if digits_only and x.isdigit() else x for x in text)


def invisible(text: str, chance: random.Random) -> str:
    return "".join(
        letter
        + (chance.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202c") if n < len(text) - 1 else "")
        for n, letter in enumerate(text)
    )


def in_groups(separator: str, size: int) -> Callable[[str, random.Random], str]:
    """3708 1119 9001 …; the province letter of a plate stays with what follows."""

    def part(text: str, chance: random.Random) -> str:
        return separator.join(text[start : start + size] for start in range(0, len(text), size))

    return part


def phone_like(separator: str) -> Callable[[str, random.Random], str]:
    def part(text: str, chance: random.Random) -> str:
        return separator.join(piece for piece in (text[:3], text[3:7], text[7:11], text[11:]) if piece)

    return part


def anywhere(text: str, chance: random.Random) -> str:
    """One to three marks at places nobody would choose."""
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(1, len(text))
        if text[place - 1].isalnum() and text[place].isalnum():
            text = text[:place] + chance.choice(" -.·—\u3000") + text[place:]
    return text


def everything(text: str, chance: random.Random) -> str:
    return some_full_width(
        invisible(in_groups(chance.choice((" ", "-", ".")), 4)(text, chance), chance), chance
    )


def markup(text: str, chance: random.Random) -> str:
    """Pieces in elements of their own, an entity of no width and a comment between them."""
    place = chance.randrange(1, len(text))
    first, second = text[:place], text[place:]
    return chance.choice((f"<strong>{first}</strong>{second}", f"{first}<em>{second}</em>", f"{first}&#8203;{second}",
                          f"<a href='#'>{first}</a><strong><em>{second}</em></strong>", f"{first}<!-- -->{second}",
                          f"{first}&nbsp;{second}"))  # fmt: skip


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda text, chance: text,
    "full width": full_width,
    "some full width": some_full_width,
    "mathematical digits": mathematical,
    "read out": read_out,
    "invisible letters": invisible,
    "spaces by four": in_groups(" ", 4),
    "hyphens by four": in_groups("-", 4),
    "dots by four": in_groups(".", 4),
    "wide spaces by three": in_groups("\u3000", 3),
    "space after each": in_groups(" ", 1),
    "hyphen after each": in_groups("-", 1),
    "dot after each": in_groups("·", 1),
    "like a telephone number, spaces": phone_like(" "),
    "like a telephone number, hyphens": phone_like("-"),
    "marks anywhere": anywhere,
    "several at once": everything,
    "markup": markup,
}

_AROUND = (
    ("12月23日，", "。"),
    ("", ""),
    ("通报：", "，现已处理。"),
    ("近日，派出所接到报警，", "，民警随即赶到现场。"),
    ("全市98.5%的案件已破。", "。涉案30万元。"),
)


def planted(number: int, *, seed: int = 1) -> Iterator[Planted]:
    """So many texts, each with one thing planted: kinds and disguises in turn, all else by chance."""
    chance = random.Random(seed)
    pairs = [(kind, disguise) for kind in KINDS for disguise in DISGUISES]
    for turn in range(number):
        kind, disguise = pairs[turn % len(pairs)]
        make, keys, sentences = KINDS[kind]
        hidden = DISGUISES[disguise](make(chance), chance)
        before, behind = chance.choice(_AROUND)
        text = before + chance.choice(sentences).format(hidden) + behind
        field = chance.choice(FIELDS)
        if disguise == "markup":
            field, text = "body", reader_text(f"<p>{text}</p>")
        passage = Passage(field, text)
        yield Planted(kind, disguise, Subject((passage,)), keys)


_ORDINARY = (
    "{month}月{day}日，{place}派出所民警走访群众{n}户，发放宣传资料{k}余份，整改隐患{m}处，整改率{percent}%。",
    "{year}年{month}月{day}日{hour}时{minute}分许，{place}派出所接到群众报警，称其在网上购物被骗{money}元。",
    "根据《关于加强社会治安防控体系建设的意见》（公通字〔{year}〕{n}号），{place}分局开展专项行动。",
    "如遇电信网络诈骗，请立即拨打110或96110；政务咨询请拨12345，交通事故请拨122。",
    "{year}-{month:02d}-{day:02d}至{year}-12-{day:02d}，全市共破案{k}起，抓获{m}人，追回损失{money}万元。",
    "犯罪嫌疑人马上逃离现场，民警追出{n}公里，在{place}路口将其抓获。",
    "张某所在的村庄距{place}派出所{n}.{m}公里，民警{minute}分钟赶到。",
    "报案人张某称，其停放在楼下的电动自行车被盗，价值{money}元。",
    "鲁公网安备370811020{minute:02d}{n:03d}号 鲁ICP备{k:08d}号-{m}",
    "该局编码370811{k:06d}，下设{m}个中队，民警{n}名、辅警{k}名。",
    "会议指出，上半年刑事警情同比下降{percent}%，环比下降{m}.{n}个百分点。",
    "专项行动自{year}.{month}.{day}起至{year}.12.31止，为期{n}天。",
    "民警查获假冒香烟{k}条，货值{money}万元，扣押车辆{m}辆、手机{n}部。",
    "110接处警{m}中队二网格民警巡逻至{place}广场时，发现一名老人走失。",
    "全省公安机关共投入警力{k}人次，检查车辆{money}辆次，查处酒驾{n}起。",
    "举报电话：0537-{landline}（{place}派出所），24小时受理。",
    "工作时间：{hour:02d}:00-12:00、14:00-17:{minute:02d}，周末照常办理户籍业务。",
    "刘某驾驶号牌为鲁Q×{minute:02d}8×的小型客车，沿{place}路由南向北行驶。",
    "其手机号138****{k:04d}已被列入预警名单，银行卡6222********{k:04d}被止付。",
    "李某某（男，{age}岁，身份证号370811********{k:04d}）被依法行政拘留{m}日。",
    "济公（治）行罚决字〔{year}〕{k}号处罚决定书已送达，罚款{n}00元。",
    "案件编号A37081105000020{year}{month:02d}{k:04d}，涉案金额1{money}000000元。",
    "今年以来，{place}分局受理群众求助{k} 件，办结 {n} 件，满意率{percent}%。",
    "请关注微信公众号“{place}公安”，或通过“爱山东”APP预约，微信支付{money}元。",
    "{place}派出所位于洸河路{n}号，辖区面积{m}.{n}平方公里，人口{money}人。",
    "公积金缴存基数上限调整为{money}00元/月，个人账户不变。",
    "参考坐标东经116.5872{n}，北纬35.4153{m}，误差{m}米。",
    "订单号JD{year}{month:02d}{day:02d}{k:06d}，快递单号SF{k:08d}{n:04d}。",
    "统一社会信用代码11370800004330{m:03d}X，机构代码{k:08d}-{m}。",
    "车辆型号BJ1043V9JEA-{n}，限速{n}公里/小时，G105国道K{k}+{minute}处。",
    "“{place}杯”篮球赛以{n}:{m}结束，第{m}届运动会{month}月{day}日开幕。",
    "新A380航线开通首月，新CBD片区{k}余名旅客平安出行，苏A级景区接待游客{money}人。",
)


def ordinary(number: int, *, seed: int = 1) -> Iterator[Subject]:
    """So many ordinary texts, in which nothing is to be blocked."""
    chance = random.Random(seed)
    for turn in range(number):
        sentence = _ORDINARY[turn % len(_ORDINARY)].format(
            year=chance.randrange(2015, 2027),
            month=chance.randrange(1, 13),
            day=chance.randrange(1, 29),
            hour=chance.randrange(24),
            minute=chance.randrange(60),
            n=chance.randrange(2, 100),
            m=chance.randrange(1, 10),
            k=chance.randrange(100, 10_000),
            age=chance.randrange(18, 80),
            money=chance.choice((800, 5000, 13800, 150000, 1380000)),
            percent=round(chance.uniform(1, 99), chance.randrange(3)),
            landline=chance.randrange(2_000_000, 8_999_999),
            place=chance.choice(("二十里铺", "洸河", "梁宝寺", "任城", "南池", "仙营", "古槐")),
        )
        yield Subject((Passage(chance.choice(FIELDS), sentence),))
