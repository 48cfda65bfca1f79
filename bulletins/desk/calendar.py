"""The calendar: what is released, will be, is due or is held back, by day, for a month or a week."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from bulletins.arranging import FINISHED
from bulletins.desk.late import late_for
from bulletins.models import Article, Release, ReleaseState
from bulletins.models.release import title_of

# So many entries of a kind are read for one page; a page that does not show all says so.
MOST = 1500
# So many stand on a day of a month; a week shows more of each.
ON_A_DAY = {"month": 5, "week": 60}


@dataclass
class Entry:
    """`sign`: live, scheduled, withdrawn, due, overdue, embargo or missed (an embargo that ended without a signature)."""

    when: datetime
    sign: str
    number: str
    title: str
    unit: str
    # Of an entry that stands for a release: its id.
    release: int | None = None


@dataclass
class Day:
    day: date
    is_today: bool
    # Of another month: shown to fill its week.
    is_beside: bool
    entries: list[Entry] = field(default_factory=list)
    has_more: bool = False

    @property
    def week(self) -> str:
        """By which its week is asked for, as 2026-W48."""
        return week_name(self.day)


@dataclass(frozen=True)
class Span:
    """What is looked at: a month, its weeks filled up, or a week. `before` and `after` are asked for as this one was."""

    view: str
    name: str
    first: date
    until: date
    before: str
    after: str
    month: date

    @classmethod
    def of_month(cls, first: date) -> Span:
        following = (first + timedelta(days=31)).replace(day=1)
        earlier = first - timedelta(days=1)
        return cls(
            "month",
            f"{first:%Y-%m}",
            first - timedelta(days=first.weekday()),
            following + timedelta(days=-following.weekday() % 7),
            f"{earlier:%Y-%m}",
            f"{following:%Y-%m}",
            first,
        )

    @classmethod
    def of_week(cls, monday: date) -> Span:
        week = timedelta(days=7)
        return cls(
            "week",
            week_name(monday),
            monday,
            monday + week,
            week_name(monday - week),
            week_name(monday + week),
            (monday + timedelta(days=3)).replace(day=1),
        )


def week_name(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def asked_span(month: str, week: str, *, today: date) -> Span:
    """What the address asks for; this month if that is none, or too far away to be anybody's."""
    try:
        if re.fullmatch(r"\d{4}-W\d{2}", week, re.ASCII):
            monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
            if 1950 <= monday.year <= 2200:
                return Span.of_week(monday)
        elif re.fullmatch(r"\d{4}-\d{2}", month, re.ASCII) and 1950 <= int(month[:4]) <= 2200:
            return Span.of_month(date(int(month[:4]), int(month[5:]), 1))
    except ValueError:
        pass
    return Span.of_month(today.replace(day=1))


def days_of(span: Span, user: User, *, at: datetime) -> tuple[list[Day], bool]:
    """Every day of the span with what stands on it, and whether any entry was left out unread.

    On each day stands first what somebody has to do, then what goes out by itself, in the order of the hours.
    """
    today = timezone.localdate(at)
    days = {
        day: Day(day, day == today, span.view == "month" and day.month != span.month.month)
        for day in (span.first + timedelta(days=n) for n in range((span.until - span.first).days))
    }
    first, until = (timezone.make_aware(datetime.combine(day, time.min)) for day in (span.first, span.until))
    readable = Article.objects.readable_by(user, on=today)
    most, is_cut = ON_A_DAY[span.view], False
    for entries in (_arranged(readable, first, until, at=at), _released(readable, first, until, at=at)):
        is_cut |= len(entries) > MOST
        for entry in entries[:MOST]:
            day = days[timezone.localdate(entry.when)]
            if len(day.entries) < most:
                day.entries.append(entry)
            else:
                day.has_more = True
    _name_releases([entry for day in days.values() for entry in day.entries if entry.release])
    return list(days.values()), is_cut


def _arranged(readable: QuerySet[Article], first: datetime, until: datetime, *, at: datetime) -> list[Entry]:
    """Due times of what is in the making, and embargoes that hold or ended without a signature."""
    found = []
    making = (
        readable.exclude(stage__in=FINISHED).select_related("unit", "arrangement").defer("body", "summary")
    )
    for name, before, after in (("due_at", "overdue", "due"), ("not_before", "missed", "embargo")):
        at_that_time = Q(**{f"arrangement__{name}__gte": first, f"arrangement__{name}__lt": until})
        for article in making.filter(at_that_time).order_by(f"arrangement__{name}", "pk")[: MOST + 1]:
            when: datetime = getattr(article.arrangement, name)
            sign = before if when <= at else after
            found.append(Entry(when, sign, article.number, article.title, article.unit.short_name))
    return found


def _released(readable: QuerySet[Article], first: datetime, until: datetime, *, at: datetime) -> list[Entry]:
    """Releases that readers see from then on, or saw; not those that were called off. Their titles are asked for later."""
    begun = Release.objects.filter(Exists(readable.filter(pk=OuterRef("article"))))
    begun = begun.filter(public_from__gte=first, public_from__lt=until)
    begun = begun.exclude(public_until=F("public_from")).order_by("public_from", "pk")
    rows = begun.values_list("public_from", "withdrawn_at", "number", "unit__short_name", "pk")
    return [
        Entry(
            when,
            ReleaseState.WITHDRAWN
            if withdrawn
            else ReleaseState.SCHEDULED
            if when > at
            else ReleaseState.LIVE,
            number,
            "",
            unit,
            pk,
        )
        for when, withdrawn, number, unit, pk in rows[: MOST + 1]
    ]


def _name_releases(entries: list[Entry]) -> None:
    """The titles of those that are shown: their texts are read, and no others."""
    releases = Release.objects.only("content").in_bulk([entry.release for entry in entries])
    for entry in entries:
        entry.title = title_of(releases[entry.release].content)  # type: ignore[index]


def show(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11` or `?week=2026-W48`; without either, this month."""
    at = timezone.now()
    user: User = request.user  # type: ignore[assignment]
    today = timezone.localdate(at)
    span = asked_span(request.GET.get("month", ""), request.GET.get("week", ""), today=today)
    days, is_cut = days_of(span, user, at=at)
    context = admin.site.each_context(request) | {
        "title": _("Calendar"),
        "span": span,
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "is_empty": not any(day.entries for day in days),
        "is_cut": is_cut,
        "most": MOST,
        "this_month": f"{today:%Y-%m}",
        "this_week": week_name(today),
        "late": late_for(user, at=at),
    }
    return TemplateResponse(request, "desk/calendar.html", context)
