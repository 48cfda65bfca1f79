"""What the public search reads. Derived from releases and their lists, and rebuilt from them at any time."""

from __future__ import annotations

from typing import Any

from django.db import models

from bulletins.models.release import Release

# A release's number takes the lower bits of its place: room for a thousand million, and for dates until 2242.
_NUMBER_BITS = 30
# Places are told apart by eras of 2^21 seconds (24 days), so that PostgreSQL need not look at everything at once.
ERA_BITS = _NUMBER_BITS + 21
ERA = "era/"


def place_in_time(release: Release) -> int:
    """A number that grows with the second of publication, and within a second with the release. No two share one."""
    return (int(release.published_at.timestamp() // 1) << _NUMBER_BITS) + release.pk


def era_of(place: int) -> str:
    """The shelf of all entries of that time."""
    return f"{ERA}{place >> ERA_BITS}"


class TokensField(models.Field):  # type: ignore[type-arg]
    """Written, and read by the database's own index only: an array on PostgreSQL, words between blanks on SQLite."""

    def db_type(self, connection: Any) -> str:
        return 'text[] COLLATE "C"' if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: list[str], connection: Any, prepared: bool = False) -> Any:
        return sorted(set(value)) if connection.vendor == "postgresql" else " ".join(value)


class SearchEntry(models.Model):
    """One release, taken apart for the index. Migration 0006 hangs the index of each database on `tokens`."""

    # Newest first is the order of this key: the index of SQLite walks along it, and an address names a place by it.
    place = models.BigIntegerField(primary_key=True)
    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="search_entry")
    entered_at = models.DateTimeField()
    # Unit, units above it, campaigns, kind and year, between blanks.
    shelves = models.TextField()
    # Folded, a line a passage: headline, kicker and subhead; and all there is, these included.
    head = models.TextField()
    text = models.TextField()
    tokens = TokensField()

    def __str__(self) -> str:
        return f"{self.release_id} at {self.place}"


class SearchRebuildManager(models.Manager["SearchRebuild"]):
    def unfinished(self) -> SearchRebuild | None:
        return self.filter(ended_at=None).order_by("-begun_at").first()


class SearchRebuild(models.Model):
    """A run of `manage.py rebuild_search`: one that was cut short is taken up again where it stopped."""

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SearchRebuildManager()

    def __str__(self) -> str:
        return f"{self.begun_at} – {self.ended_at or '…'}"
