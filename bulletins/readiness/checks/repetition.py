"""Words and marks that stand twice. Chinese doubles many words on purpose: 常常, 层层, 研究研究, 派出所所长."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from operator import add

from bulletins.readiness.chinese import HAN
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject

# Up to three ！ or ？ are allowed (GB/T 15834), …… and —— are one mark each.
MARKS = re.compile(r"[，。、；：]{2,9}|！{4,9}|？{4,9}|，[！？]|[！？][，。]")
# The longest first; bounded, so that it stays fast.
TWICE = re.compile(rf"([{HAN}]{{2,8}})\1")

# Small words typed twice: what may stand before or after them so that the two belong to different words.
SMALL = {
    "的": ("目标有打", "确士哥姐卢当"),
    "了": ("不得没明完为受末罢", "解结断如却事然望当得悟"),
    "是": ("但就还只可凡要总于不若都也正便既老求", "非否以日"),
    "被": ("棉植覆毛羽", "子告害褥侵执拘俘单套面迫动"),
    "把": ("一几两拖火车", "关握柄手戏脉控守酒"),
    "将": ("即行必健麻勇大主名老小虎战干武", "军士近领来心就要士令帅校"),
    "与": ("参赠给赋授付干寄", "会否时其众日人"),
    "和": ("总缓温饱平共柔暖祥随亲谦调中谐人", "谐平解睦气美蔼缓善好合煦风声约服田"),
    "及": ("普涉触顾危波提论埃遍", "时早格其第至物"),
    "从": ("服听自跟顺盲随遵侍", "严业事宽快重前而容速轻小优中此来头军政警"),
    "或": ("", "许者"),
    "在": ("存现实潜自好内正所意", "场座职校编岗册"),
    "就": ("成高造迁俯", "业近地医读职是事餐任诊"),
    "也": ("", "许门"),
    "并": ("合兼吞一", "且肩列轨行购存发案网"),
}  # fmt: skip
SMALL_TWICE = re.compile("|".join(f"{word}{word}" for word in SMALL))

# Nouns of the trade that nobody doubles for effect.
_NOUNS = (
    "公安 民警 警察 辅警 群众 工作 派出 公司 出所 安局 分局 支队 大队 中队 单位 部门 社区 辖区 学校 学生 校园 家长 老人 "
    "居民 村民 嫌疑 案件 案情 犯罪 违法 诈骗 盗窃 治安 交通 道路 车辆 安全 宣传 活动 机关 领导 同志 会议 精神 "
    "任务 目标 问题 情况 措施 制度 机制 方案 责任 服务 能力 水平 企业 网络 电信 毒品 隐患 矛盾 纠纷 现场 "
    "人民 国家 社会 政府 全市 全省 我市 今年 目前 近日 以及 并且 因此 由于 通过 对于 关于 根据 按照 进行 开展 实施 "
    "已经 可以 能够 必须 积极 认真 深入 切实 不断 进一 一步"
)
NOUNS = frozenset(_NOUNS.split())
# Verbs and the like that may be doubled as a pair: 研究研究.
_DOUBLED = (
    "研究 讨论 商量 打听 了解 学习 学学 考虑 休息 整理 收拾 打扫 认识 介绍 检查 锻炼 关心 照顾 帮助 体会 琢磨 "
    "合计 交流 沟通 比较 试试 看看 雪白 通红 笔直 碧绿 漆黑 冰凉 滚烫 许多 好多 很多 非常 多少 大家 哈哈 嘀嗒 "
    "教育 放松 高兴 热闹 轻松 参谋 调查 准备 感受 体验 回忆 总结 反思 思考 走走 聊聊 谢谢 加油 注意"
)
DOUBLED = frozenset(_DOUBLED.split())


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Each place where a word stands twice, the longest word first, places not overlapping."""
    for match in TWICE.finditer(text):
        if len(set(match[1])) > 1:
            yield match.start(), match[1]


def _stands_after(subject: Subject, words: set[str]) -> dict[str, Counter[str]]:
    """How often each pair of characters stands after which character, in one pass over the text."""
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in subject.passages:
        text = passage.text
        for at, pair in enumerate(map(add, text, text[1:])):
            if pair in words:
                after[pair][text[at - 1] if at else ""] += 1
    return after


def _severity(word: str, before: str, after: Counter[str]) -> Severity | None:
    """A pair is surely a slip if the text has it only as the end of one longer word: 出所 in 派出所."""
    if word[0] in "一几" or word in DOUBLED:
        return None
    if len(word) > 2 or word in NOUNS:
        return Severity.WARN
    is_an_end = set(after) == {before, word[-1]} and after[before] > after[word[-1]]
    return Severity.WARN if is_an_end else Severity.INFO


def _small(text: str) -> Iterator[int]:
    for match in SMALL_TWICE.finditer(text):
        before, after = SMALL[match[0][0]]
        left, right = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if not (left and left in before) and not (right and right in after):
            yield match.start()


def _twice(passage: Passage, at: int, word: str, severity: Severity) -> Finding:
    end, context = at + 2 * len(word), {"word": word}
    return Finding("repetition", "word_twice", severity, passage.name, at, end, word * 2, word, context)


def _marks(passage: Passage) -> Iterator[Finding]:
    for match in MARKS.finditer(passage.text):
        marks = match[0]
        one = marks[0] if len(set(marks)) == 1 else ""
        suggestion = "……" if len(marks) > 2 and one == "。" else one
        key = "marks_twice" if one else "marks_clash"
        yield Finding("repetition", key, Severity.WARN, passage.name, *match.span(), marks, suggestion)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    found = [(passage, at, word) for passage in subject.passages for at, word in _words(passage.text)]
    after = _stands_after(subject, {word for _, _, word in found if len(word) == 2})
    for passage, at, word in found:
        severity = _severity(word, passage.text[at - 1] if at else "", after.get(word, Counter()))
        if severity is not None:
            yield _twice(passage, at, word, severity)
    for passage in subject.passages:
        for at in _small(passage.text):
            yield _twice(passage, at, passage.text[at], Severity.WARN)
        yield from _marks(passage)
