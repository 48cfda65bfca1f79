"""Entering releases in the index, and taking them out.

The index holds what is public and what will be; whether a reader may see it, `Release.objects.visible` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Listing, Release, ReleaseState, SearchEntry, SearchRebuild
from bulletins.models.search import era_of, place_in_time
from bulletins.search.folding import fold
from bulletins.search.pairs import tokens_of
from bulletins.search.passages import head_lines, name_lines, text_lines

BATCH = 200
ENTERED = frozenset({ReleaseState.LIVE, ReleaseState.SCHEDULED})
# The lists by which a search can be narrowed.
SHELVES = ("unit/", "campaign/", "kind/", "month/")


def update(releases: QuerySet[Release], *, at: datetime, anew: bool = False) -> None:
    """Enter whatever of these is public or will be, and nothing else. `anew` also rewrites what is entered already.

    It follows the lists (`Listing`), so those come first. Entries change when the transaction of the caller commits.
    """
    for keys in _batches(releases.order_by("pk").values_list("pk", flat=True)):
        update_batch(keys, at=at, anew=anew)


def update_batch(keys: list[int], *, at: datetime, anew: bool) -> None:
    with transaction.atomic():
        # Nobody withdraws or restores them while they are looked at.
        locked = Release.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
        releases = [release for release in locked.select_related("unit") if release.state(at=at) in ENTERED]
        entered = SearchEntry.objects.filter(release__in=keys)
        if not anew:
            entered_already = set(entered.values_list("release_id", flat=True))
            entered = entered.exclude(release__in=[release.pk for release in releases])
            releases = [release for release in releases if release.pk not in entered_already]
        entered.delete()
        SearchEntry.objects.bulk_create(_entries(releases, at=timezone.now()))


def complete(*, at: datetime) -> None:
    """Enter the releases that stand in a list and not in the index, as after loading fixtures."""
    missing = Release.objects.filter(search_entry=None, withdrawn_at=None)
    update(missing.exclude(listings=None), at=at)


def rebuild(run: SearchRebuild) -> Iterator[tuple[int, int]]:
    """Enter every release anew that this run has not entered yet; yields how many are done, and of how many.

    Each batch is a transaction of its own: readers find the old entry or the new one, and whoever stops in between
    goes on from there with the same run.
    """
    done_already = SearchEntry.objects.filter(entered_at__gte=run.begun_at)
    keys = list(
        Release.objects.exclude(pk__in=done_already.values("release"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    done = 0
    yield done, len(keys)
    for batch in _batches(keys):
        update_batch(batch, at=timezone.now(), anew=True)
        done += len(batch)
        yield done, len(keys)
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    # All keys first: a long walk through a table that is written to meanwhile would keep its old state alive.
    waiting = iter(list(keys))
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _entries(releases: list[Release], *, at: datetime) -> Iterator[SearchEntry]:
    shelves = _shelves_of(releases)
    for release in releases:
        heads = _folded(head_lines(release.content))
        texts = _folded(text_lines(release.content) + name_lines(release.content, release.unit))
        place = place_in_time(release)
        yield SearchEntry(
            place=place,
            release=release,
            entered_at=at,
            shelves=" ".join(shelves[release.pk]),
            head="\n".join(heads),
            text="\n".join([*heads, *texts]),
            tokens=tokens_of(heads, texts, [*shelves[release.pk], era_of(place)]),
        )


def _folded(lines: list[str]) -> list[str]:
    return [folded for line in lines if (folded := fold(line))]


def _shelves_of(releases: list[Release]) -> dict[int, list[str]]:
    """The lists that each stands in, as far as a search is narrowed by them; a year instead of a month."""
    shelves: dict[int, list[str]] = defaultdict(list)
    standing = Listing.objects.filter(release__in=releases).order_by("shelf")
    for key, shelf in standing.values_list("release_id", "shelf"):
        if shelf.startswith(SHELVES):
            shelves[key].append(year_shelf(shelf[6:10]) if shelf.startswith("month/") else shelf)
    return shelves


def year_shelf(year: str) -> str:
    return f"year/{year}"
