"""What stands in a feed: the newest stories, those corrected lately, and word of those withdrawn lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from bulletins.interchange.place import Site
from bulletins.interchange.story import Story, printable
from bulletins.models import Campaign, Release, SiteProfile, Unit
from bulletins.models.listing import ALL, Place, campaign_shelf, place_token, token_of, unit_shelf
from bulletins.search import Question, find, read_query

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
    """`next` is the address of earlier stories, empty at the end."""

    title: str
    description: str
    publisher: str
    home: str
    address: str
    next: str
    stories: list[Story]
    gone: list[Gone]
    # Who spreads the word of what is new, if anybody does.
    hub: str = ""

    @property
    def updated(self) -> datetime:
        """When anything in it last changed."""
        return max(
            [*(story.updated for story in self.stories), *(each.at for each in self.gone)], default=NEVER
        )


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
    address = known_as(profile, address)
    shelf = Release.objects.on_shelf(column.shelf, at=at, before=before).select_related("unit")
    found = list(shelf[: SIZE + 1])
    releases, more = found[:SIZE], len(found) > SIZE
    is_newest = before is None
    if is_newest and more:  # or they are all there already
        shown = {release.pk for release in releases}
        releases = releases + [release for release in corrected(column, at) if release.pk not in shown]
    return Feed(
        **called(profile, column.name, column.description),
        home=column.home,
        address=address if before is None else f"{address}?before={place_token(before)}",
        next=f"{address}?before={token_of(found[SIZE - 1])}" if more else "",
        stories=[Story.of(release, site) for release in releases],
        gone=withdrawn(column, site, at) if is_newest else [],
        # The hub is told of changes by the address that the site knows itself by; without one, nobody tells it.
        hub=settings.WEBSUB_HUB if profile.address else "",
    )


def known_as(profile: SiteProfile, address: str) -> str:
    """The one address of a feed, by which a hub is told of it, whatever name it was reached by."""
    return profile.address + urlsplit(address).path if profile.address else address


def gather_found(words: str, site: Site, address: str, *, at: datetime) -> Feed:
    """The newest of what a search finds: one page of it. At most six queries.

    Of what was withdrawn all is told, found or not: whoever never had it loses nothing, and nobody can learn by asking
    for one word after the other what it said. No hub is named, since none is told what a search would find.
    """
    found = find(Question(read_query(words)), at=at, newest_first=True)
    query = urlencode({"q": words})
    profile = SiteProfile.objects.current()
    return Feed(
        **called(profile, words, ""),
        home=f"{site.at('public:search')}?{query}",
        address=f"{known_as(profile, address)}?{query}",
        next="",
        stories=[Story.of(release, site) for release in found.releases],
        gone=withdrawn(everything(site), site, at),
    )


def called(profile: SiteProfile, name: str, description: str) -> dict[str, str]:
    """What a feed is called, and by whom it is published."""
    return {
        "title": printable(f"{profile.name} · {name}" if name else profile.name),
        "description": printable(description or profile.tagline or profile.name),
        "publisher": printable(profile.organiser or profile.name),
    }


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
