"""Texts that are made to keep the checks busy: near-matches of every pattern, numbers, marks and letters of no width.

Used by `benchmarks.hostile`: the same seed gives the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from random import Random

from benchmarks.measure import article

SHORTEST, LONG, LONGEST = 2_000, 20_000, 100_000
# One text in so many has the longest length that is checked.
ONE_IN = 40

SEPARATORS = " -.·—_~/\\|()\n\u3000\u00a0\u200b\u20e3，,:：*×\t"
QUOTES = "“”‘’《》〈〉（）【】〔〕「」『』()\"'"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u061c\u180e\ufe0f\u3164\u034f\U000e0100"
WIDE_OF_ONE = "ﷺ㍿㏠㍘⑽⒇㈠㊤Ⅷ㎞½ﬃ①⓪𝟙𝟡٣९０Ａ：（"
_WORDS = (
    "派出所 出所 公安局 工作 群众 民警 护学岗 助学岗 的 了 是 被 把 将 和 一 哈 研究 小学 医院 男孩 12岁 嫌疑人 报案人 王某 "
    "王建国 李某春 违法行为人 刑事拘留 行政拘留 罪犯 抓获 判处 今年1月 12月31日 （星期 2021年 2021-12- 举报电话 值班电话： "
    "身份证号 护照 通行证 卡号 账户 微信号 QQ 小区 3号楼 单元 室 鲁H 京A1 粤Z1234 警官 1381234 13812345678 0537-2345678 "
    "370811199001011236 4111111111111111 H12345678 强 奸 手机定位 通讯员 记者 百分之 二十 三百 名 元 万 第 、 。 ！ ？ ， ； ： "
    "…… 1） （一）"
)
WORDS = _WORDS.split()


@dataclass(frozen=True)
class Hostile:
    shape: str
    text: str


Shape = Callable[[Random, int], str]


def _joined(pieces: Iterator[str], length: int) -> str:
    """The pieces one behind the other, cut at the length."""
    parts: list[str] = []
    size = 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size >= length:
            break
    return "".join(parts)[:length]


def _endless(pick: Callable[[], str]) -> Iterator[str]:
    while True:
        yield pick()


def digits(chance: Random, length: int) -> str:
    """Digits in groups of one size or of any, with one separator or with all of them."""
    sizes = chance.choice(
        ((1,), (2,), (3, 4), (4,), (3, 4, 4), (11,), (15,), (16,), (18,), (19,), tuple(range(1, 30)))
    )
    between = chance.choice((" ", "-", "\u200b", "  ", " - ", "\n", chance.choice(SEPARATORS), SEPARATORS))
    letters = chance.choice(
        ("0123456789", "1", "12", "01", "６７0", "一二三四五六七八九零", "①②1", "0123456789Xx")
    )

    def group() -> str:
        return "".join(chance.choices(letters, k=chance.choice(sizes))) + chance.choice(between)

    return _joined(_endless(group), length)


def real_numbers(chance: Random, length: int) -> str:
    """Identity numbers, telephones, cards and plates that are what they look like, by the thousand."""
    from tests.readiness import planted

    makers = [make for make, _keys, _sentences in planted.KINDS.values()]
    disguises = [disguise for name, disguise in planted.DISGUISES.items() if name != "markup"]
    make, disguise = chance.choice([*makers, None]), chance.choice([*disguises, None])
    between = chance.choice(("", " ", "，", "\n", "。", "护照"))

    def number() -> str:
        plain = (make or chance.choice(makers))(chance)
        return (disguise or chance.choice(disguises))(plain, chance) + between

    return _joined(_endless(number), length)


def one_piece(chance: Random, length: int) -> str:
    """A few letters over and over."""
    letters = chance.choice(
        (QUOTES, SEPARATORS, INVISIBLE + "1", WIDE_OF_ONE, "0123456789 -", "的了一甲乙丙")
    )
    piece = chance.choice((chance.choice(WORDS), "".join(chance.choices(letters, k=chance.randrange(1, 6)))))
    return (piece * (length // len(piece) + 1))[:length]


def words(chance: Random, length: int) -> str:
    """A few words in any order, with or without an end to the sentence."""
    few = [*chance.sample(WORDS, chance.randrange(2, 9)), chance.choice(("", "。", "\n", "，"))]
    return _joined(_endless(lambda: chance.choice(few)), length)


def nested(chance: Random, length: int) -> str:
    """Marks inside marks, opened and not closed, closed and not opened."""
    some = chance.sample(QUOTES, chance.randrange(1, 7))
    opened = chance.choice(("", "说：", "甲乙丙", "。", "\n"))
    half = (chance.choice(some) + opened) * (length // (2 + 2 * len(opened)))
    return chance.choice(
        (half + half[::-1], _joined(_endless(lambda: chance.choice(some) + opened), length))
    )[:length]


def dates_and_times(chance: Random, length: int) -> str:
    def day() -> str:
        gap = chance.choice(("", " ", "   ", "\u3000"))
        year, month, number = chance.randrange(3000), chance.randrange(20), chance.randrange(40)
        return chance.choice((
            f"{year}年{gap}{month}月{number}日", f"{month}{gap}月{gap}{number}日（星期{chance.choice('一二日至')}）",
            f"{year}-{month}-{number}", f"{year}.{month}.", f"今年{gap}{month}{gap}月", f"{number}时{gap}{month}分",
            f"{year}{gap}", "年", "月", "二〇二一年十二月", "周一至",
        ))  # fmt: skip

    return _joined(_endless(day), length)


def half_labels(chance: Random, length: int) -> str:
    """What announces a number, and then a number, or half of one, or another label."""
    labels = (
        "举报电话",
        "值班",
        "咨询热线：",
        "护照",
        "通行证",
        "卡号",
        "微信号是",
        "QQ：",
        "（王警官）",
        "身份证",
        "联系",
        "接到",
    )
    halves = (
        "1381234",
        "0537-",
        "E1234567",
        "62220",
        "ab_",
        "370811",
        "、",
        "，",
        "：",
        "138 1234 5678",
        "和",
    )
    return _joined(_endless(lambda: chance.choice(labels) + chance.choice(halves)), length)


def invisible(chance: Random, length: int) -> str:
    """Letters that take no room, and letters that become several."""
    base = words(chance, length)
    letters = chance.choice((INVISIBLE, WIDE_OF_ONE, INVISIBLE + WIDE_OF_ONE))
    return "".join(letter + chance.choice(letters) for letter in base)[:length]


def names(chance: Random, length: int) -> str:
    """Thousands of names, each its own, that differ by a letter."""
    frame = chance.choice(
        (
            "“护{}岗”。",
            "“护{}岗”、",
            "二十{}铺派出所。",
            "犯罪嫌疑人王{}国、",
            "王{}国，男，",
            "王某{}，",
            "“{}”“{}”",
        )
    )

    def name() -> str:
        letter = chr(0x4E00 + chance.randrange(20_000))
        return frame.replace("{}", letter)

    return _joined(_endless(name), length)


def any_letters(chance: Random, length: int) -> str:
    first, last = chance.choice(
        (
            (0x4E00, 0x9FFF),
            (0x20, 0x7E),
            (0x3000, 0x30FF),
            (0xFF00, 0xFFEF),
            (0x20, 0xD7FF),
            (0x1D7CE, 0x1D7FF),
        )
    )
    return "".join(chr(chance.randint(first, last)) for _ in range(length))


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Every pattern that a check has."""
    from bulletins.readiness import checks

    found: dict[str, re.Pattern[str]] = {}
    for module in walk_packages(checks.__path__, f"{checks.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, re.Pattern):
                found[value.pattern] = value
    return list(found.values())


def _alphabet(pattern: re.Pattern[str]) -> list[str]:
    """Words and letters that stand in the pattern, and digits if it takes any: what comes near to matching."""
    source = pattern.pattern
    letters = set(re.findall(r"[^\x00-\x7f]|[0-9A-Za-z]", source)) | set(" 1" if r"\d" in source else " ")
    return sorted(letters) + re.findall("[\u4e00-\u9fff]{2,8}|[A-Za-z]{2,8}", source) * 3


def near_matches(chance: Random, length: int) -> str:
    """Out of the alphabet of one pattern: any of it, or a few pieces of it over and over."""
    alphabet = _alphabet(chance.choice(_patterns()))
    few = chance.choices(alphabet, k=chance.choice((1, 2, 3, 5, len(alphabet))))
    return _joined(_endless(lambda: chance.choice(few)), length)


def rows(chance: Random, length: int) -> str:
    """Pieces of a pattern in one order, each as often as it may, over and over."""
    alphabet = _alphabet(chance.choice(_patterns()))
    row = "".join(
        chance.choice(alphabet) * chance.choice((1, 1, 2, 3, 8, 40)) for _ in range(chance.randrange(1, 6))
    )
    return (row * (length // len(row) + 1))[:length]


def printed(chance: Random, length: int) -> str:
    """An honest page with a hostile letter now and then."""
    text = article(length)
    for piece in chance.sample(["。", "，", "1", "“", "派出所", "\n", "的"], 3):
        text = text.replace(piece, piece + chance.choice([*WORDS, *QUOTES, *SEPARATORS]))
    return text[:length]


def mixture(chance: Random, length: int) -> str:
    made = [chance.choice(PLAIN_SHAPES)(chance, 1 + length // 8) for _ in range(8)]
    return "".join(made)[:length]


PLAIN_SHAPES: tuple[Shape, ...] = (
    digits, real_numbers, one_piece, words, nested, dates_and_times, half_labels, invisible, names, any_letters,
    near_matches, rows, printed,
)  # fmt: skip
SHAPES: tuple[Shape, ...] = (*PLAIN_SHAPES, near_matches, rows, digits, mixture)


def hostile(number: int, *, seed: int = 1) -> Iterator[Hostile]:
    """So many texts: shapes in turn, most of 2,000 to 20,000 characters, one in forty of 100,000."""
    for turn in range(number):
        chance = Random(f"{seed} {turn}")
        shape = SHAPES[turn % len(SHAPES)]
        is_longest = chance.randrange(ONE_IN) == 0
        length = LONGEST if is_longest else int(SHORTEST * (LONG / SHORTEST) ** chance.random())
        yield Hostile(shape.__name__, shape(chance, length))
