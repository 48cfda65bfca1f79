"""What checks found in the stories that units handed in, counted, so that an office sees what it keeps doing wrong.

A story is counted, not a finding: the same slip ten times in one story is one slip. What a check only tells for
information is no slip, and neither is a check that failed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletins.models import NotedFinding, Transition
from bulletins.readiness import Severity

SLIPS = (Severity.BLOCK, Severity.WARN)


class Outcome(models.TextChoices):
    """What became of a slip by the time its story was released."""

    OPEN = "open", _("not released yet")
    MENDED = "mended", _("mended")
    OVERRIDDEN = "overridden", _("overridden")
    LEFT = "left", _("left as it was")


# Of several slips in a story the least mended one says what became of the story.
WORST_FIRST = (Outcome.OPEN, Outcome.OVERRIDDEN, Outcome.LEFT, Outcome.MENDED)


@dataclass(frozen=True)
class Period:
    """Days of the office's calendar, both included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, datetime.min.time()))

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), datetime.min.time()))


@dataclass(frozen=True)
class Tally:
    """Stories that were handed in, in how many of them something stood, and what became of that."""

    submitted: int
    outcomes: Mapping[Outcome, int]

    @property
    def found(self) -> int:
        return sum(self.outcomes.values())

    @property
    def of_100(self) -> float:
        """In how many of 100 stories; 0 while none was handed in."""
        return 100 * self.found / self.submitted if self.submitted else 0

    @property
    def mended(self) -> int:
        return self.outcomes.get(Outcome.MENDED, 0)

    @property
    def overridden(self) -> int:
        return self.outcomes.get(Outcome.OVERRIDDEN, 0)

    @property
    def left(self) -> int:
        return self.outcomes.get(Outcome.LEFT, 0)

    @property
    def open(self) -> int:
        return self.outcomes.get(Outcome.OPEN, 0)


@dataclass(frozen=True)
class Figures:
    """Of some units together: all slips, and each check by its name, the most frequent first."""

    whole: Tally
    checks: Mapping[str, Tally]


class HandedIn:
    """What units handed in during a period. Four queries, however many stories and units there are."""

    def __init__(self, units: Collection[int], period: Period) -> None:
        self._submitted: Counter[int] = Counter(dict(_submitted(units, period)))
        # By unit and story: what became of the slips of each check.
        self._slips: dict[int, dict[int, dict[str, Outcome]]] = defaultdict(dict)
        slips = slips_handed_in(units, period)
        released = _last_releases(slips)
        standing = _standing_at_release(slips)
        found = slips.values_list("unit", "transition__article", "transition__article__unit", "check_name")
        for unit, article, unit_now, check, handed_in in found.annotate(Max("transition")).order_by():
            if unit != unit_now and article not in self._slips[unit]:
                # It was moved to another unit since, and is counted with what that one handed in.
                self._submitted[unit] += 1
            outcome = Outcome.OPEN
            if (release := released.get(article, 0)) > handed_in:
                outcome = standing.get((release, check), Outcome.MENDED)
            self._slips[unit].setdefault(article, {})[check] = outcome

    def of(self, units: Iterable[int]) -> Figures:
        """Of these units together; none below them unless it is named."""
        submitted = 0
        whole: Counter[Outcome] = Counter()
        checks: dict[str, Counter[Outcome]] = defaultdict(Counter)
        for unit in units:
            submitted += self._submitted[unit]
            for outcomes in self._slips.get(unit, {}).values():
                whole[min(outcomes.values(), key=WORST_FIRST.index)] += 1
                for check, outcome in outcomes.items():
                    checks[check][outcome] += 1
        most_first = sorted(checks, key=lambda check: (-checks[check].total(), check))
        return Figures(
            Tally(submitted, whole), {check: Tally(submitted, checks[check]) for check in most_first}
        )


def slips_handed_in(units: Collection[int], period: Period) -> QuerySet[NotedFinding]:
    """What stood in the stories of these units when they were submitted."""
    return NotedFinding.objects.filter(
        verb="submit", unit__in=units, at__gte=period.begins, at__lt=period.ends, severity__in=SLIPS
    ).exclude(key="check_failed")


def _submitted(units: Collection[int], period: Period) -> QuerySet[Transition, tuple[int, int]]:
    """How many stories of each unit were submitted, once or several times."""
    lines = Transition.objects.filter(
        verb="submit", article__unit__in=units, at__gte=period.begins, at__lt=period.ends
    )
    return lines.order_by().values_list("article__unit").annotate(Count("article", distinct=True))


def _last_releases(slips: QuerySet[NotedFinding]) -> dict[int, int]:
    """The transition by which each of these stories was released last."""
    lines = Transition.objects.filter(verb="release", article__in=slips.values("transition__article"))
    return dict(lines.order_by().values_list("article").annotate(Max("pk")))


def _standing_at_release(slips: QuerySet[NotedFinding]) -> dict[tuple[int, str], Outcome]:
    """By transition and check: what stood in these stories when they were released, and whether it had been overridden."""
    noted = NotedFinding.objects.filter(
        verb="release", severity__in=SLIPS, transition__article__in=slips.values("transition__article")
    )
    found = noted.order_by("was_overridden").values_list("transition", "check_name", "was_overridden")
    return {
        (transition, check): Outcome.OVERRIDDEN if was_overridden else Outcome.LEFT
        for transition, check, was_overridden in found.distinct()
    }
