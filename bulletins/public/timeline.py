"""A campaign as it went on: its stories by day, and among them the day on which it starts and the one on which it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone

from bulletins.models import Campaign, Release
from bulletins.public.paging import Slice

START, END = "start", "end"


@dataclass(frozen=True)
class Moment:
    """One day of a campaign: what was published on it, or (`mark`) that it starts or ends."""

    day: date
    items: list[Release] = field(default_factory=list)
    mark: str = ""
    # Days from today until then; below zero it is past.
    days: int = 0

    @property
    def is_approximate(self) -> bool:
        return any(item.date_is_approximate for item in self.items)


@dataclass(frozen=True)
class Course:
    """How far a campaign with a start and an end has come: the `day`th of so many `days`."""

    day: int
    days: int


def course_of(campaign: Campaign, *, on: date) -> Course | None:
    """Nothing for one that does not run on that day, or has no end or no start."""
    first, last = campaign.starts_on, campaign.ends_on
    if first is None or last is None or not first <= on <= last:
        return None
    return Course((on - first).days + 1, (last - first).days + 1)


def timeline(campaign: Campaign, stories: Slice, *, on: date) -> list[tuple[date, list[Moment]]]:
    """The months of this page of its stories, each with its moments, newest first."""
    moments = [Moment(day, list(items)) for day, items in groupby(stories.items, key=_day_of)]
    moments += _marks(campaign, stories, on)
    # On its own day the start stands below whatever was published, the end above it.
    rank = {END: 2, "": 1, START: 0}
    moments.sort(key=lambda moment: (moment.day, rank[moment.mark]), reverse=True)
    months = groupby(moments, key=lambda moment: moment.day.replace(day=1))
    return [(month, list(standing)) for month, standing in months]


def _marks(campaign: Campaign, stories: Slice, on: date) -> Iterator[Moment]:
    """Start and end, as far as they fall on this page: each stands on one page of the list only."""
    if campaign.starts_on and _is_here(_midnight(campaign.starts_on), stories):
        yield Moment(campaign.starts_on, mark=START, days=(campaign.starts_on - on).days)
    if campaign.ends_on and _is_here(_midnight(campaign.ends_on + timedelta(days=1)), stories):
        yield Moment(campaign.ends_on, mark=END, days=(campaign.ends_on - on).days)


def _is_here(moment: datetime, stories: Slice) -> bool:
    """What was published at that moment or later stands above it: so does the story above this page, not its last."""
    if stories.before and stories.before[0] < moment:
        return False
    return not stories.earlier or stories.items[-1].published_at < moment


def _day_of(release: Release) -> date:
    return timezone.localdate(release.published_at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
