"""Where a story could still stand: every public address that ever showed it, as far as the site itself knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from taggit.models import Tag

from accounts.models import Correspondent
from bulletins.models import Campaign, Placement, Release
from bulletins.models.listing import (
    Place,
    campaign_shelf,
    place_token,
    rising,
    tag_shelf,
    unit_shelf,
)
from bulletins.models.renditions import FORMS, LARGE, WIDTHS, Rendition, card
from bulletins.proof.copies import kept_files
from bulletins.proof.traces import Traces

FEED_FORMS = ("atom", "rss", "json")
# Of other stories, so many of each list are asked whether they name it; a story leads on to as many of them.
NEIGHBOURS = 4
MOST_NEIGHBOURS = 20


@dataclass(frozen=True)
class Asked:
    """An address, and what is wanted of it: that nothing is there (`is_gone`), or that what is there does not show it."""

    path: str
    is_gone: bool = False


def address(view: str, *args: Any, query: dict[str, str] | None = None) -> str:
    path = reverse(view, urlconf=settings.READERS_URLCONF, args=args)
    return f"{path}?{urlencode(query)}" if query else path


def in_each_language(view: str, *args: Any, query: dict[str, str] | None = None) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield address(view, *args, query=query)


@dataclass(frozen=True)
class Story:
    """All releases of one article that were ever public, the newest first, and what belonged to them."""

    releases: list[Release]
    traces: Traces
    at: datetime

    @property
    def number(self) -> str:
        return self.traces.number

    def named(self, key: str) -> list[Any]:
        """What their contents name under that key, each once."""
        return list({str(each): each for release in self.releases for each in release.content[key]}.values())

    def campaigns(self) -> list[Campaign]:
        found = (Campaign.objects.public().at_address(each["slug"])[0] for each in self.named("campaigns"))
        return [campaign for campaign in found if campaign]

    def tags(self) -> list[Tag]:
        return list(Tag.objects.filter(name__in=self.named("tags")))

    def people(self) -> list[Correspondent]:
        slugs = {credit["correspondent"] for credit in self.named("credits")} - {None}
        found = (Correspondent.objects.at_address(slug)[0] for slug in sorted(slugs))
        return [person for person in found if person]


def places_of(story: Story) -> list[Asked]:
    """Each address once, in the order in which they are read in the record."""
    found = [*own(story), *pictures(story), *lists(story), *at_its_place(story), *machines(story)]
    found += [*searches(story), *neighbours(story)]
    return list({asked.path: asked for asked in found}.values())


def own(story: Story) -> Iterator[Asked]:
    """Its page, the code that leads to it, and itself in the interface: none of them may be there."""
    for view in ("public:article", "public:article_code"):
        yield from (Asked(path, is_gone=True) for path in in_each_language(view, story.number))
    yield Asked(address("api:article", story.number), is_gone=True)
    yield Asked(address("api:article-ninjs", story.number), is_gone=True)


def pictures(story: Story) -> Iterator[Asked]:
    """Every picture in every width and form, by the addresses of pages and by those of the files themselves."""
    for sha256, points in story.traces.pictures.items():
        labels = [f"{size}.{form}" for size in (*WIDTHS, LARGE) for form in FORMS]
        for label in [*labels, *(card(point) for point in sorted(points))]:
            for path in in_each_language("public:photo", Rendition(sha256, label)):
                yield Asked(path, is_gone=True)
    # No address of the store is public. A server in front of the site that gives its files away would be found here.
    for name in kept_files(story.releases, story.traces):
        yield Asked(settings.MEDIA_URL + quote(name), is_gone=True)


def lists(story: Story) -> Iterator[Asked]:
    """Each list that it stood on, at its beginning, in every language; and what leads to those lists."""
    for view, args, query in _lists(story):
        yield from map(Asked, in_each_language(view, *args, query=query))
    for view in ("units", "campaigns", "tags", "correspondents", "pages", "months", "map", "about"):
        yield from map(Asked, in_each_language(f"public:{view}"))


Way = tuple[str, tuple[Any, ...], dict[str, str] | None]


def _lists(story: Story) -> Iterator[Way]:
    yield "public:home", (), None
    for release in story.releases:
        yield "public:unit", (release.unit.slug,), {"scope": "own"}
        yield "public:kind", (release.kind,), None
        published = timezone.localtime(release.published_at)
        yield "public:archive", (published.year, published.month), None
        for unit in release.unit.lineage():
            yield "public:unit", (unit.slug,), None
    for campaign in story.campaigns():
        yield "public:campaign", (campaign.slug,), None
    for tag in story.tags():
        yield "public:tag", (tag.slug,), None
    for person in story.people():
        yield "public:correspondent", (person.slug,), None
    for placement in _placements(story):
        yield "public:page", (placement.page.date, placement.page.number), None


def _placements(story: Story) -> Iterable[Placement]:
    article = story.releases[0].article_id
    return Placement.objects.filter(article=article, page__is_public=True).select_related("page")


def at_its_place(story: Story) -> Iterator[Asked]:
    """The same lists further down, where it stood: an older story is not at their beginning."""
    for release in story.releases:
        before = {"before": place_token(_just_above(release))}
        for view, args, query in _lists(story):
            if view != "public:page":
                yield Asked(address(view, *args, query=(query or {}) | before))
        yield Asked(address("feeds:site", "json", query=before))
        second = release.published_at.replace(microsecond=0)
        span = {"since": second.isoformat(), "until": (second + timedelta(seconds=1)).isoformat()}
        yield Asked(address("api:articles", query=span))


def _just_above(release: Release) -> Place:
    return release.published_at, release.pk + 1


def machines(story: Story) -> Iterator[Asked]:
    """Feeds, lists of the interface, sitemaps, and newspaper pages as other programs read them."""
    columns: list[tuple[str, list[str]]] = [("site", [])]
    filters: list[dict[str, str]] = [{}, {"kind": story.releases[0].kind}]
    for unit in {unit.slug: unit for release in story.releases for unit in release.unit.lineage()}:
        columns.append(("unit", [unit]))
        filters.append({"unit": unit})
    for campaign in story.campaigns():
        columns.append(("campaign", [campaign.slug]))
        filters.append({"campaign": campaign.slug})
    filters += [{"tag": tag.name} for tag in story.tags()]
    for name, args in columns:
        yield from (Asked(address(f"feeds:{name}", *args, form)) for form in FEED_FORMS)
    yield from (Asked(address("api:articles", query=query)) for query in filters)
    yield from map(Asked, in_each_language("interface:reference"))
    for view in ("sitemap_index", "sitemap_of_lists", "sitemap_of_news"):
        yield Asked(address(f"public_root:{view}"))
    for release in story.releases:
        published = timezone.localtime(release.published_at)
        yield Asked(address("public_root:sitemap_of_month", published.year, published.month))
    for placement in _placements(story):
        day, number = placement.page.date, placement.page.number
        yield Asked(address("api:page", day, number))
        yield Asked(address("public_root:page_pdf", day, number))


def searches(story: Story) -> Iterator[Asked]:
    """What is found by its number, and by words of its headline and of its body."""
    for words in (story.number, *story.traces.texts):
        for view in ("public:search", "public:suggest", "api:search"):
            yield Asked(address(view, query={"q": words}))
        yield Asked(address("feeds:search", FEED_FORMS[0], query={"q": words}))


def neighbours(story: Story) -> Iterator[Asked]:
    """Pages of other stories that could name it as the one before or after, or as related."""
    found: dict[int, str] = {}
    for release in story.releases:
        lineage = release.unit.lineage()
        own_shelf, place = unit_shelf(lineage[-1]), (release.published_at, release.pk)
        shelves = [campaign_shelf(campaign) for campaign in story.campaigns()]
        shelves += [tag_shelf(tag) for tag in story.tags()] + [own_shelf, unit_shelf(lineage[0])]
        ways: list[QuerySet[Release]] = [
            Release.objects.on_shelf(own_shelf, at=story.at, before=place)[:NEIGHBOURS],
            rising(own_shelf, at=story.at, above=place)[:NEIGHBOURS],
        ]
        ways += [Release.objects.on_shelf(shelf, at=story.at)[:NEIGHBOURS] for shelf in shelves]
        for way in ways:
            found |= dict(way.values_list("pk", "number"))
    for number in list(dict.fromkeys(found.values()))[:MOST_NEIGHBOURS]:
        yield Asked(address("public:article", number))


def ever_public(article_id: int, *, at: datetime) -> list[Release]:
    """The newest first. One that was called off before its time never was."""
    was = Release.objects.filter(article=article_id, public_from__lte=at).select_related("unit")
    return list(was.exclude(public_until=F("public_from")).order_by("-sequence"))
