"""What to read after a story: the one before it and the one after it in its unit, and what has most in common with it.

Two queries, whatever its lists hold: the first walks a few steps along the range of each of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bulletins.models import Listing, Release, Unit
from bulletins.models.listing import Place, rising, unit_shelf
from bulletins.models.release import headline_of
from bulletins.search.folding import fold

MORE = 5
# So many of the newest of each list are looked at, and so many lists.
WINDOW = 12
MOST_SUBJECTS = 8
# Two headlines with so many pairs of letters in common tell of something like: four letters in a row have them.
LIKE = 3


@dataclass(frozen=True)
class Nearby:
    """No story stands in it twice. `latest` are the newest of all, where nothing is related."""

    unit: Unit
    earlier: Release | None
    later: Release | None
    related: list[Release]
    latest: list[Release]


@dataclass
class _Candidate:
    """A story that was met: its place, its folded headline, and in which of the lists in question it stands."""

    pk: int
    place: Place
    headline: str
    shelves: set[str] = field(default_factory=set)


def nearby(release: Release, lineage: list[Unit], subjects: Iterable[str], *, at: datetime) -> Nearby:
    """`lineage`: its unit and all above it, the topmost first; `subjects`: the lists of its campaigns and tags."""
    own, everything = unit_shelf(lineage[-1]), unit_shelf(lineage[0])
    about = list(subjects)[:MOST_SUBJECTS]
    place = (release.published_at, release.pk)
    shelves = list(dict.fromkeys([*about, own, everything]))
    ways: list[QuerySet[Release]] = [Release.objects.on_shelf(shelf, at=at)[:WINDOW] for shelf in shelves]
    ways += [
        Release.objects.on_shelf(own, at=at, before=place)[:1],
        rising(own, at=at, above=place)[:1],
    ]
    met = {candidate.pk: candidate for candidate in _met(ways, shelves) if candidate.pk != release.pk}
    earlier, later = _beside(place, [candidate for candidate in met.values() if own in candidate.shelves])
    others = [candidate for candidate in met.values() if candidate.pk not in {earlier, later}]
    related = _related(others, set(about), own, release)
    latest = [] if related else sorted(others, key=lambda candidate: candidate.place, reverse=True)
    chosen = [candidate.pk for candidate in (related or latest)[:MORE]]
    there = Release.objects.visible(at=at).select_related("unit").in_bulk({*chosen, earlier, later} - {None})
    shown = [there[pk] for pk in chosen if pk in there]
    return Nearby(
        unit=lineage[-1],
        earlier=there.get(earlier),
        later=there.get(later),
        related=shown if related else [],
        latest=[] if related else shown,
    )


def _met(ways: list[QuerySet[Release]], shelves: list[str]) -> Iterable[_Candidate]:
    """Whoever is met on one of the ways, each a short walk along one list. One query."""
    walked: list[str] = []
    parameters: list[Any] = []
    for n, way in enumerate(ways):
        sql, values = way.values("pk").query.sql_with_params()
        walked.append(f"SELECT * FROM ({sql}) AS way{n}")
        parameters += values
    standing = Listing.objects.filter(
        release_id__in=RawSQL(" UNION ALL ".join(walked), parameters), shelf__in=shelves
    )
    met: dict[int, _Candidate] = {}
    said = ("release_id", "published_at", "release__search_entry__head", "shelf")
    for pk, published_at, head, shelf in standing.values_list(*said):
        headline = (head or "").partition("\n")[0]
        met.setdefault(pk, _Candidate(pk, (published_at, pk), headline)).shelves.add(shelf)
    return met.values()


def _beside(place: Place, standing: list[_Candidate]) -> tuple[int | None, int | None]:
    """The nearest below the place and the nearest above it."""
    below = max((other.place for other in standing if other.place < place), default=(None, None))
    above = min((other.place for other in standing if other.place > place), default=(None, None))
    return below[1], above[1]


def _related(others: list[_Candidate], about: set[str], own: str, release: Release) -> list[_Candidate]:
    """Those with most campaigns and tags in common first; then its unit's, the likest headlines, the newest."""
    pairs = _pairs(fold(headline_of(release.content)))

    def in_common(other: _Candidate) -> tuple[int, bool, int]:
        return len(other.shelves & about), own in other.shelves, len(_pairs(other.headline) & pairs)

    def is_related(other: _Candidate) -> bool:
        subjects, is_own, alike = in_common(other)
        return bool(subjects) or is_own or alike >= LIKE

    found = [other for other in others if is_related(other)]
    return sorted(found, key=lambda other: (in_common(other), other.place), reverse=True)


def _pairs(line: str) -> set[str]:
    return {line[n : n + 2] for n in range(len(line) - 1)}
