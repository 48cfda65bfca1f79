"""What waits for one person: only what they may really pass or release, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.desk.alarms import asked_of, unproved_for
from bulletins.models import Article, Stage, Transition
from bulletins.models.body import reader_text
from bulletins.workflow.findings import noted_blocks

PAGE = 20
# How many candidates are asked for one page before a reader is sent on to the next.
CANDIDATES = 60
# Who is waited for at which stage, and with which verb they answer.
ANSWERS = (
    (Stage.UNIT_REVIEW, Role.UNIT_REVIEWER, "pass"),
    (Stage.DESK_REVIEW, Role.DESK_EDITOR, "pass"),
    (Stage.FINAL_REVIEW, Role.CHIEF_EDITOR, "pass"),
    (Stage.APPROVED, Role.CHIEF_EDITOR, "release"),
)
# With these an article leaves the queue of whoever uses them.
ANSWERING = frozenset({"pass", "return", "refuse", "release"})


@dataclass(frozen=True)
class Waiting:
    article: Article
    verb: str
    length: int
    # Findings that block, when it was handed on to this step.
    to_mend: int

    @property
    def waits_for_release(self) -> bool:
        return self.verb == "release"


@dataclass(frozen=True)
class Waits:
    """One page of a queue, and where the next begins (empty: nothing more)."""

    items: list[Waiting]
    more: str


def length_of(article: Article) -> int:
    """Characters that a reader would read, blanks not counted."""
    return len("".join(reader_text(article.body).split()))


def _candidates(user: User, verbs: tuple[str, ...], *, at: datetime) -> QuerySet[Article]:
    wanted = Q(pk__in=[])
    for stage, role, verb in ANSWERS:
        if verb in verbs:
            units = roles.covered_units(user, (role,), on=timezone.localdate(at))
            if units:
                wanted |= Q(stage=stage, unit__in=units)
    return Article.objects.filter(wanted).select_related("unit", "author").order_by("stage_since", "pk")


def waiting_for(
    user: User,
    *,
    at: datetime,
    after: str = "",
    limit: int = PAGE,
    verbs: tuple[str, ...] = ("pass", "release"),
) -> Waits:
    """Up to `limit` articles that the user may answer now. The rules of the workflow are asked of each."""
    answer = {stage: verb for stage, _role, verb in ANSWERS}
    candidates = _candidates(user, verbs, at=at)
    if position := _position(after):
        since, pk = position
        candidates = candidates.filter(Q(stage_since__gt=since) | Q(stage_since=since, pk__gt=pk))
    found: list[tuple[Article, str]] = []
    seen = list(candidates[: CANDIDATES + 1])
    more = _cursor(seen[CANDIDATES - 1]) if len(seen) > CANDIDATES else ""
    for article in seen[:CANDIDATES]:
        if len(found) == limit:
            more = _cursor(found[-1][0])
            break
        verb = answer[Stage(article.stage)]
        if not workflow.refusals(verb, article, actor=user, at=at):
            found.append((article, verb))
    blocks = noted_blocks(article for article, _verb in found)
    items = [Waiting(article, verb, length_of(article), blocks.get(article.pk, 0)) for article, verb in found]
    return Waits(items, more)


def next_after(user: User, article: Article, *, history: list[Transition], at: datetime) -> Article | None:
    """What follows this article in the user's queue, from the oldest on again after the last one.

    `history`: the article's, newest first. Nothing follows unless it waits for the user or was answered just now.
    """
    verb = {stage: verb for stage, _role, verb in ANSWERS}.get(Stage(article.stage))
    if verb and not workflow.refusals(verb, article, actor=user, at=at):
        since = article.stage_since
    elif history and history[0].verb in ANSWERING and history[0].actor_id == user.pk:
        # Where it stood in the queue: when it came to the stage that it has left.
        left = history[0].from_stage
        since = next((line.at for line in history[1:] if line.to_stage == left != line.from_stage), at)
    else:
        return None
    for after in (f"{since.isoformat()}~{article.pk}", ""):
        found = waiting_for(user, at=at, after=after, limit=1).items
        if found and found[0].article.pk != article.pk:
            return found[0].article
    return None


def _cursor(article: Article) -> str:
    return f"{article.stage_since.isoformat()}~{article.pk}"


def _position(after: str) -> tuple[datetime, int] | None:
    since, _tilde, pk = after.partition("~")
    try:
        moment = parse_datetime(since)
    except ValueError:
        return None
    return (moment, int(pk)) if moment and timezone.is_aware(moment) and pk.isdecimal() else None


def show(request: HttpRequest) -> HttpResponse:
    """The queue of whoever is signed in."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    waits = waiting_for(user, at=at, after=request.GET.get("after", ""))
    context = admin.site.each_context(request) | {
        "emergencies": asked_of(user, at=at, only_emergencies=True),
        "unproved": unproved_for(user, at=at),
        "title": _("My queue"),
        "waits": waits,
        "is_continued": "after" in request.GET,
    }
    return TemplateResponse(request, "desk/queue.html", context)
