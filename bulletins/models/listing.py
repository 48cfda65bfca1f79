"""Which release stands in which public list. Derived from releases, and rebuilt from them at any time.

Every list is one range of one index, whatever its length and however deep the tree below a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from taggit.models import Tag

from accounts.models import Correspondent
from bulletins.models.campaign import Campaign
from bulletins.models.release import Release
from units.models import Unit

ALL = "all"

# Where a release stands in every list: when it was published, and its id.
Place = tuple[datetime, int]
# Seventeen digits of microseconds reach into the year 5138, eighteen of an id into its column.
PLACE_TOKEN = r"[0-9]{1,17}-[0-9]{1,18}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def token_of(release: Release) -> str:
    """The release's place in every list, as it stands in an address."""
    return place_token((release.published_at, release.pk))


def place_token(place: Place) -> str:
    microseconds = (place[0] - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}-{place[1]}"


def place_of(token: str) -> Place:
    """The place that a token names. Raises ValueError for what is none."""
    if not re.fullmatch(PLACE_TOKEN, token, re.ASCII):
        raise ValueError("no place in a list")
    microseconds, pk = token.split("-")
    return _EPOCH + timedelta(microseconds=int(microseconds)), int(pk)


def unit_shelf(unit: Unit, *, own: bool = False) -> str:
    """What the unit and everything below it released, or only the unit itself."""
    return f"{'own' if own else 'unit'}/{unit.pk}"


def campaign_shelf(campaign: Campaign) -> str:
    return f"campaign/{campaign.pk}"


def tag_shelf(tag: Tag) -> str:
    return f"tag/{tag.pk}"


def correspondent_shelf(correspondent: Correspondent) -> str:
    return f"person/{correspondent.pk}"


def kind_shelf(kind: str) -> str:
    return f"kind/{kind}"


def month_shelf(year: int, month: int) -> str:
    return f"month/{year:04d}-{month:02d}"


def shelves_of(release: Release) -> set[str]:
    """All lists that the release stands in, by what its content names."""
    content = release.content
    shelves = {ALL, kind_shelf(release.kind), unit_shelf(release.unit, own=True)}
    shelves |= {unit_shelf(unit) for unit in release.unit.lineage()}
    published = timezone.localtime(release.published_at)
    shelves.add(month_shelf(published.year, published.month))
    campaigns = (Campaign.objects.at_address(campaign["slug"])[0] for campaign in content["campaigns"])
    shelves |= {campaign_shelf(campaign) for campaign in campaigns if campaign}
    shelves |= {tag_shelf(tag) for tag in Tag.objects.filter(name__in=content["tags"])}
    slugs = [credit["correspondent"] for credit in content["credits"] if credit["correspondent"]]
    people = (Correspondent.objects.at_address(slug)[0] for slug in slugs)
    return shelves | {correspondent_shelf(person) for person in people if person}


def rising(shelf: str, *, at: datetime, above: Place) -> models.QuerySet[Release]:
    """The visible releases of a list above a place, the nearest first: the range of `on_shelf`, walked upwards."""
    published_at, pk = above
    standing = Q(listings__shelf=shelf, listings__published_at__gte=published_at)
    standing &= Q(listings__published_at__gt=published_at) | Q(listings__release_id__gt=pk)
    return (
        Release.objects.visible(at=at)
        .filter(standing)
        .order_by("listings__published_at", "listings__release_id")
    )


class ListingManager(models.Manager["Listing"]):
    def put_up(self, release: Release) -> None:
        """Enter the release in its lists, and nowhere else."""
        self.filter(release=release).delete()
        entries = [
            Listing(shelf=shelf, release=release, published_at=release.published_at)
            for shelf in shelves_of(release)
        ]
        # Somebody who moves a unit may be entering it at the same moment; both enter the same.
        self.bulk_create(entries, ignore_conflicts=True)

    def take_down(self, releases: models.QuerySet[Release]) -> None:
        self.filter(release__in=releases).delete()

    def rebuild(self, releases: Iterable[Release], *, at: datetime) -> None:
        """Enter anew whatever of these is public or will be."""
        for release in releases:
            if release.state(at=at) in {"live", "scheduled"}:
                self.put_up(release)
            else:
                self.filter(release=release).delete()

    def complete(self, *, at: datetime) -> None:
        """Enter the visible and scheduled releases that stand in no list yet, as after loading fixtures."""
        unlisted = Release.objects.filter(listings=None, withdrawn_at=None)
        self.rebuild(unlisted.select_related("unit").iterator(chunk_size=500), at=at)

    def rebuild_below(self, unit: Unit, *, at: datetime) -> None:
        """The unit was moved: what it and everything below it released now belongs to other units too."""
        moved = Release.objects.filter(unit__in=list(unit.descendants(include_self=True)), withdrawn_at=None)
        self.rebuild(moved.select_related("unit").iterator(chunk_size=500), at=at)


class Listing(models.Model):
    shelf = models.CharField(max_length=80)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="listings")
    published_at = models.DateTimeField()

    objects = ListingManager()

    class Meta:
        constraints = [
            # A release stands once in a list.
            models.UniqueConstraint(fields=["release", "shelf"], name="release_stands_once_on_a_shelf"),
        ]
        indexes = [
            # Every public list: one range, newest first, paged by position.
            models.Index(fields=["shelf", "-published_at", "-release"], name="listing_of_shelf"),
        ]

    def __str__(self) -> str:
        return f"{self.shelf}: {self.release_id}"
