"""Articles made up out of the clauses of the sample page, with names and words that occur in few of them.

How often a clause is used falls off as in real language: a few stand in most articles, most in a few.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from re import split

PAGE = Path(__file__).resolve().parents[2] / "fixtures" / "sample-page.txt"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂振国建华文辉力民永健世广志义兴良海山仁波宁贵福生龙元全胜学祥才发成康星光"
    "天达安岩中茂进林有坚和彪博诚先敬震壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维"
    "启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛"
)


@dataclass(frozen=True)
class Made:
    """One article: headline, kicker, and the paragraphs of its body."""

    headline: str
    kicker: str
    paragraphs: list[str]

    @property
    def body(self) -> str:
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)

    @property
    def lines(self) -> list[str]:
        return [self.headline, self.kicker, *self.paragraphs]


class Maker:
    """Makes the same articles for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        page = PAGE.read_text(encoding="utf-8").replace("\n\n", "。").replace("\n", "")
        self.clauses = sorted({clause for clause in split("[，。；：！？]", page) if 4 <= len(clause) <= 24})
        self.chance.shuffle(self.clauses)
        self.weights = list(accumulate(1 / (n + 3) for n in range(len(self.clauses))))
        self.letters = sorted({letter for letter in page if "\u4e00" <= letter <= "\u9fff"})

    def name(self) -> str:
        """A person's name of two or three characters."""
        given = self.chance.choices(GIVEN, k=self.chance.choice([1, 2, 2]))
        return self.chance.choice(SURNAMES) + "".join(given)

    def invented(self) -> str:
        """A word of two to four characters that is in no dictionary, or a number of a case."""
        if self.chance.random() < 0.2:
            return f"{self.chance.choice('ABKQ')}{self.chance.randrange(10_000)}号"
        return "".join(self.chance.choices(self.letters, k=self.chance.randrange(2, 5)))

    def clause(self) -> str:
        clause = self.chance.choices(self.clauses, cum_weights=self.weights)[0]
        drawn = self.chance.random()
        if drawn < 0.15:
            return f"民警{self.name()}{clause}"
        return f"{clause}{self.invented()}" if drawn < 0.45 else clause

    def paragraph(self, length: int) -> str:
        clauses: list[str] = []
        while sum(map(len, clauses)) < length:
            clauses.append(self.clause())
        return "，".join(clauses) + "。"

    def article(self, length: int = 700) -> Made:
        paragraphs = [self.paragraph(length // 4) for _ in range(4)]
        return Made(self.clause()[:20], f"{self.chance.choice(self.letters)}城派出所", paragraphs)
