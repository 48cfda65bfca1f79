"""A campaign as it went on: its stories by day, and among them the day on which it starts and the one on which it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
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
    start, end = campaign.starts_on, campaign.ends_on
    if start and _is_here(stories, lambda day: day >= start):
        yield Moment(start, mark=START, days=(start - on).days)
    if end and _is_here(stories, lambda day: day > end):
        yield Moment(end, mark=END, days=(end - on).days)


def _is_here(stories: Slice, is_above: Callable[[date], bool]) -> bool:
    """`is_above`: what was published on that day stands above the mark. So does the story above this page, not its last."""
    if stories.before and not is_above(timezone.localdate(stories.before[0])):
        return False
    return not stories.earlier or not is_above(_day_of(stories.items[-1]))


def _day_of(release: Release) -> date:
    return timezone.localdate(release.published_at)
