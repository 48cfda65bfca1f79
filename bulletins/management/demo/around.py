"""What stands beside the stories of the demo: who has one in hand, when one is due, what is held back, what was remarked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from bulletins import arranging, remarks
from bulletins.management.demo import in_the_making as waiting
from bulletins.management.demo import with_slips as slips
from bulletins.models import Article, Deed, Stage


@dataclass(frozen=True)
class Said:
    """A remark and its answers. `quote` is a passage of the body; without one it is about the whole story."""

    headline: str
    who: str
    text: str
    quote: str = ""
    must_be_answered: bool = False
    answers: list[tuple[str, Deed, str]] = field(default_factory=list)


REMARKS = (
    Said(
        waiting.DESK_REVIEW.headline,
        "bianji",
        "@周文博 清单一共几条、谁来整改，请与车间核对后回复，再定稿。",
        quote="座谈会上梳理出的问题当场列成清单",
        must_be_answered=True,
    ),
    Said(
        waiting.DESK_REVIEW.headline,
        "bianji2",
        "标题好。导语两句引语可否注明是谁说的？",
        quote="夜班门卫只有一个人",
    ),
    Said(
        waiting.FINAL_REVIEW_HEADLINE,
        "bianji",
        "顺口溜能否引一两句？读者爱看。",
        quote="用方言顺口溜",
        answers=[
            ("tongxunyuan3", Deed.ANSWER, "已问过民警，原话太长，且有地名，建议不引。"),
            ("bianji", Deed.RESOLVE, "同意，照原文。"),
        ],
    ),
    Said(slips.TOLD_AGAIN.headline, "bianji2", "@苏文静 两个所报的像是同一件事，请先问清楚谁写的。"),
)


def arrange(people: dict[str, User], *, now: datetime) -> None:
    """Everything, for the stories that `Play` has played."""
    day = timezone.localdate(now)

    def at(days_ago: int, clock: time) -> datetime:
        return timezone.make_aware(datetime.combine(day - timedelta(days=days_ago), clock))

    morning, tomorrow = at(1, time(9, 10)), at(-1, time(12))
    in_hand, approved = _story(waiting.DESK_REVIEW.headline), _story(waiting.APPROVED.headline)
    arranging.claim(in_hand, actor=people["bianji"], seen_stage=Stage.DESK_REVIEW, at=morning)
    arranging.set_due(in_hand, tomorrow, actor=people["zhuren"], at=morning)
    late = _story(slips.BLOCKED.headline)
    arranging.set_due(late, at(1, time(17)), actor=people["zhuren"], at=morning)
    arranging.hold_back(approved, at(-1, time(9)), actor=people["bianji"], at=morning)
    for number, said in enumerate(REMARKS):
        _say(number, said, people, at=at(1, time(15)) + timedelta(minutes=10 * number))


def _story(headline: str) -> Article:
    return Article.objects.get(headline=headline)


def _say(number: int, said: Said, people: dict[str, User], *, at: datetime) -> None:
    article = _story(said.headline)
    remark, _mentions = remarks.write(
        article,
        actor=people[said.who],
        text=said.text,
        ticket=f"demo {number}",
        revision=article.revision_number,
        place=remarks.Place("body", said.quote) if said.quote else None,
        must_be_answered=said.must_be_answered,
        at=at,
    )
    for minutes, (who, deed, text) in enumerate(said.answers, 1):
        ticket, later = f"demo {number} {minutes}", at + timedelta(minutes=minutes)
        remarks.reply(remark, deed, actor=people[who], text=text, ticket=ticket, at=later)
