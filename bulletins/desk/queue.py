"""What waits for one person: only what they may really pass or release, oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.arranging import ANSWERS, VERB_AT, arrangement_of, waits_for
from bulletins.desk.alarms import asked_of, unproved_for
from bulletins.desk.late import late_for
from bulletins.desk.narrowing import NarrowingForm
from bulletins.models import (
    Arrangement,
    Article,
    Kind,
    Remark,
    Review,
    Stage,
    Transition,
)
from bulletins.models.body import reader_text
from bulletins.readiness import Severity
from bulletins.workflow.findings import noted

PAGE = 20
# With these an article leaves the queue of whoever uses them.
ANSWERING = frozenset({"pass", "return", "refuse", "release"})


@dataclass(frozen=True)
class Waiting:
    """One line of a queue. `length`: characters without blanks; `to_mend` and `to_look_at`: findings that stood when it was
    handed on; `hands`: the reviews that it has passed since it was begun or revised, in order.
    """

    article: Article
    verb: str
    length: int
    to_mend: int
    to_look_at: int
    hands: list[Review]
    # Remarks that must be answered before it goes on.
    unanswered: int
    arrangement: Arrangement
    at: datetime
    # Whether whoever looks may take it along with others: a brief, to be passed.
    is_passed_in_bulk: bool

    @property
    def is_overdue(self) -> bool:
        return self.arrangement.due_at is not None and self.arrangement.due_at <= self.at

    @property
    def is_held_back(self) -> bool:
        return self.arrangement.not_before is not None and self.arrangement.not_before > self.at


@dataclass(frozen=True)
class Waits:
    """One page of a queue, and where the next begins (empty: nothing more)."""

    items: list[Waiting]
    more: str

    @property
    def has_briefs(self) -> bool:
        return any(one.is_passed_in_bulk for one in self.items)


def length_of(article: Article) -> int:
    """Characters that a reader would read, blanks not counted."""
    return len("".join(reader_text(article.body).split()))


def _waiting(
    user: User, *, at: datetime, after: str, limit: int, verbs: tuple[str, ...], narrowed: Q
) -> list[Article]:
    """Up to `limit` articles behind that position, in their order: one walk along the index for each stage."""
    covered = _covered(user, at=at)
    position = _position(after)
    behind = _behind(*position) if position else Q()
    found: list[Article] = []
    for stage, role, verb in ANSWERS:
        if verb in verbs and (units := covered.get(role)):
            here = waits_for(user, stage).filter(narrowed, behind, unit__in=units)
            here = here.select_related("unit", "author", "arrangement__handler")
            found += here.order_by("stage_since", "pk")[:limit]
    return sorted(found, key=lambda article: (article.stage_since, article.pk))[:limit]


def waiting_for(
    user: User,
    *,
    at: datetime,
    after: str = "",
    limit: int = PAGE,
    verbs: tuple[str, ...] = ("pass", "release"),
    narrowed: Q | None = None,
) -> Waits:
    """Up to `limit` articles that the user may answer now. As many queries for many as for few."""
    seen = _waiting(user, at=at, after=after, limit=limit + 1, verbs=verbs, narrowed=narrowed or Q())
    shown = seen[:limit]
    return Waits(list(_lines(shown, at=at)), _cursor(shown[-1]) if len(seen) > limit else "")


def _lines(articles: list[Article], *, at: datetime) -> Iterator[Waiting]:
    found, hands = noted(articles), _hands(articles)
    unanswered = Remark.objects.waiting_of(article.pk for article in articles)
    for article in articles:
        counted: Mapping[str, int] = found.get(article.pk, {})
        verb = VERB_AT[Stage(article.stage)]
        yield Waiting(
            article,
            verb,
            length_of(article),
            to_mend=counted.get(Severity.BLOCK, 0),
            to_look_at=counted.get(Severity.WARN, 0),
            hands=hands[article.pk],
            unanswered=len(unanswered.get(article.pk, ())),
            arrangement=arrangement_of(article),
            at=at,
            is_passed_in_bulk=verb == "pass" and article.kind == Kind.BRIEF,
        )


def _covered(user: User, *, at: datetime) -> dict[str, set[int]]:
    """Ids of the units in which somebody answers, by the role in which they do."""
    return roles.covered_by_role(user, {role for _stage, role, _verb in ANSWERS}, on=timezone.localdate(at))


def _behind(since: datetime, pk: int) -> Q:
    """Those that come after this one in the order of the queue."""
    return Q(stage_since__gte=since) & (Q(stage_since__gt=since) | Q(pk__gt=pk))


def _hands(articles: Iterable[Article]) -> dict[int, list[Review]]:
    hands = defaultdict(list)
    passed = Review.objects.passes().filter(
        article__in=[article.pk for article in articles],
        cycle=F("article__cycle"),
        round=F("article__round"),
    )
    for review in passed.select_related("reviewer").order_by("at", "pk"):
        hands[review.article_id].append(review)
    return hands


def next_after(
    user: User, article: Article, *, history: list[Transition], at: datetime, waits: bool
) -> Article | None:
    """What follows this article in the user's queue, from the oldest on again after the last one.

    `history`: the article's, newest first; `waits`: whether it waits for the user itself. Nothing follows unless it does, or
    was answered just now.
    """
    if waits:
        since = article.stage_since
    elif history and history[0].verb in ANSWERING and history[0].actor_id == user.pk:
        # Where it stood in the queue: when it came to the stage that it has left.
        left = history[0].from_stage
        since = next((line.at for line in history[1:] if line.to_stage == left != line.from_stage), at)
    else:
        return None
    covered = _covered(user, at=at)
    waiting = Article.objects.none()
    for stage, role, _verb in ANSWERS:
        if units := covered.get(role):
            waiting |= waits_for(user, stage).filter(unit__in=units)
    is_behind = Case(When(_behind(since, article.pk), then=0), default=1)
    in_turn = waiting.exclude(pk=article.pk).order_by(is_behind, "stage_since", "pk")
    return in_turn.select_related("unit").first()


def _cursor(article: Article) -> str:
    return f"{article.stage_since.isoformat()}~{article.pk}"


def _position(after: str) -> tuple[datetime, int] | None:
    since, _tilde, pk = after.partition("~")
    try:
        moment = parse_datetime(since)
    except ValueError:
        return None
    is_key = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return (moment, int(pk)) if moment and timezone.is_aware(moment) and is_key else None


REVIEWERS = (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR)


def show(request: HttpRequest) -> HttpResponse:
    """The queue of whoever is signed in."""
    at = timezone.now()
    user: User = request.user  # type: ignore[assignment]
    form = NarrowingForm(request.GET, units=roles.covered_units(user, REVIEWERS, on=timezone.localdate(at)))
    waits = waiting_for(
        user, at=at, after=request.GET.get("after", ""), narrowed=form.narrowed(user=user, at=at)
    )
    onward = request.GET.copy()
    onward["after"] = waits.more
    anew = request.GET.copy()
    anew.pop("after", None)
    context = admin.site.each_context(request) | {
        "emergencies": asked_of(user, at=at, only_emergencies=True),
        "unproved": unproved_for(user, at=at),
        "title": _("My queue"),
        "form": form,
        "waits": waits,
        "late": late_for(user, at=at),
        "is_continued": "after" in request.GET,
        "more": onward.urlencode() if waits.more else "",
        "anew": anew.urlencode(),
        "here": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/queue.html", context)
