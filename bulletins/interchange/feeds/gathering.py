"""What stands in a feed: the newest stories, those corrected lately, and word of those withdrawn lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from bulletins.interchange.place import Site
from bulletins.interchange.story import Story, printable
from bulletins.models import Campaign, Release, SiteProfile, Unit
from bulletins.models.listing import ALL, Place, campaign_shelf, place_token, token_of, unit_shelf

SIZE = 30
# How long a correction of an older story, or a withdrawal, goes on being told to those who ask now and then.
LATELY = timedelta(days=30)
MOST_GONE = 100
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """A list that has feeds. `held` says of a withdrawn release whether it stood there; it is asked only where needed."""

    shelf: str
    name: str
    description: str
    home: str
    held: Callable[[], Callable[[dict[str, Any]], bool]]


@dataclass(frozen=True)
class Gone:
    """A story that was withdrawn. Of its text nothing is repeated."""

    identity: str
    url: str
    at: datetime
    notice: str


@dataclass(frozen=True)
class Feed:
    """`updated` is when anything in it last changed; `next` is the address of earlier stories, empty at the end."""

    title: str
    description: str
    publisher: str
    home: str
    address: str
    next: str
    hub: str
    stories: list[Story]
    gone: list[Gone]
    updated: datetime


def everything(site: Site) -> Column:
    return Column(ALL, "", "", site.at("public:home"), lambda: lambda gone: True)


def of_unit(unit: Unit, site: Site) -> Column:
    def held() -> Callable[[dict[str, Any]], bool]:
        below = set(unit.descendants(include_self=True).values_list("pk", flat=True))
        return lambda gone: gone["unit_id"] in below

    return Column(unit_shelf(unit), unit.name, "", site.at("public:unit", unit.slug), held)


def of_campaign(campaign: Campaign, site: Site) -> Column:
    def held() -> Callable[[dict[str, Any]], bool]:
        # By its name too: its address may have been changed since.
        return lambda gone: any(
            named["slug"] == campaign.slug or named["name"] == campaign.name
            for named in gone["content__campaigns"]
        )

    home = site.at("public:campaign", campaign.slug)
    return Column(campaign_shelf(campaign), campaign.name, campaign.description, home, held)


def gather(column: Column, site: Site, address: str, *, at: datetime, before: Place | None) -> Feed:
    """At most six queries, however many stories there are. `address` is the feed's own, without a query."""
    profile = SiteProfile.objects.current()
    shelf = Release.objects.on_shelf(column.shelf, at=at, before=before).select_related("unit")
    found = list(shelf[: SIZE + 1])
    releases, more = found[:SIZE], len(found) > SIZE
    is_newest = before is None
    if is_newest and more:  # or they are all there already
        shown = {release.pk for release in releases}
        releases = releases + [release for release in corrected(column, at) if release.pk not in shown]
    stories = [Story.of(release, site) for release in releases]
    gone = withdrawn(column, site, at) if is_newest else []
    return Feed(
        title=printable(f"{profile.name} · {column.name}" if column.name else profile.name),
        description=printable(column.description or profile.tagline or profile.name),
        publisher=printable(profile.organiser or profile.name),
        home=column.home,
        address=address if before is None else f"{address}?before={place_token(before)}",
        next=f"{address}?before={token_of(found[SIZE - 1])}" if more else "",
        hub=settings.WEBSUB_HUB,
        stories=stories,
        gone=gone,
        updated=max([*(story.updated for story in stories), *(each.at for each in gone)], default=NEVER),
    )


def corrected(column: Column, at: datetime) -> list[Release]:
    """Stories whose text was replaced lately, the last one first, however old they are."""
    replaced = Release.objects.visible(at=at).filter(sequence__gt=1, public_from__gt=at - LATELY)
    on_it = replaced.filter(listings__shelf=column.shelf).select_related("unit")
    return list(on_it.order_by("-public_from", "-pk")[:SIZE])


def withdrawn(column: Column, site: Site, at: datetime) -> list[Gone]:
    """Stories taken away lately and not public again since. One query where there are none."""
    lately = Release.objects.withdrawn(at=at).filter(withdrawn_at__gt=at - LATELY).order_by("-withdrawn_at")
    wanted = lately.values("number", "withdrawn_at", "notice", "unit_id", "content__campaigns")
    found: list[Any] = list(wanted[:MOST_GONE])
    if not found:
        return []
    held = column.held()
    taken: dict[str, dict[str, Any]] = {}
    for each in found:
        if held(each):
            taken.setdefault(each["number"], each)
    back = Release.objects.visible(at=at).filter(number__in=taken).values_list("number", flat=True)
    for number in list(back):
        del taken[number]
    return [
        Gone(
            site.identity(number),
            site.at("public:article", number),
            each["withdrawn_at"],
            printable(each["notice"]),
        )
        for number, each in taken.items()
    ]
