"""Things of the site as JSON. Shapes stand beside them in `shapes`, and tests hold one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bulletins.interchange.place import Site
from bulletins.interchange.story import Picture, Story
from bulletins.models import Campaign, Correspondent, Page, Placement, Release, Unit

Json = dict[str, Any]
FEEDS = ("atom", "rss", "json")


def instant(moment: datetime) -> str:
    """RFC 3339, in the site's own time zone."""
    return timezone.localtime(moment).isoformat()


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def articles(releases: list[Release], site: Site) -> list[Json]:
    """At most one query, for the campaigns that have an address of their own."""
    named = [campaign for release in releases for campaign in release.content["campaigns"]]
    slugs = Campaign.objects.public().present_slugs(named)
    return [article(release, site, slugs) for release in releases]


def article(release: Release, site: Site, campaign_slugs: Mapping[str, str]) -> Json:
    content, story = release.content, Story.of(release, site)
    return {
        "number": release.number,
        "id": story.identity,
        "url": story.url,
        "self": site.at("api:article", release.number),
        "ninjs": site.at("api:article-ninjs", release.number),
        "version": release.sequence,
        "kind": release.kind,
        "unit": unit_reference(release.unit, site),
        "kicker": content["kicker"],
        "headline": release.headline,
        "headline_lines": content["headline"],
        "subhead": content["subhead"],
        "summary": content["summary"],
        "title": story.title,
        "html": story.html,
        "text": story.text,
        "source": content["source"],
        "credits": [
            {name: credit[name] for name in ("name", "role", "capacity", "unit", "correspondent")}
            for credit in content["credits"]
        ],
        "campaigns": [
            {"slug": campaign_slugs.get(campaign["slug"]), "name": campaign["name"]}
            for campaign in content["campaigns"]
        ],
        "tags": content["tags"],
        "photos": [photo(each) for each in story.pictures],
        "published": instant(story.published),
        "date_is_approximate": release.date_is_approximate,
        "updated": instant(release.updated_at) if release.updated_at else None,
        "corrections": [{"text": each.text, "date": instant(each.at)} for each in story.corrections],
    }


def photo(picture: Picture) -> Json:
    names = ("url", "width", "height", "caption", "alt", "credit")
    return {name: getattr(picture, name) for name in names} | {
        "files": [asdict(file) for file in picture.files]
    }


def article_reference(release: Release, site: Site) -> Json:
    return {
        "number": release.number,
        "title": f"{release.content['kicker']} {release.title}".strip(),
        "url": site.at("public:article", release.number),
        "self": site.at("api:article", release.number),
    }


def unit_reference(unit: Unit, site: Site) -> Json:
    return {"slug": unit.slug, "name": unit.name, "self": site.at("api:unit", unit.slug)}


def unit(unit: Unit, site: Site) -> Json:
    """Its `parent` is to be loaded with it."""
    return unit_reference(unit, site) | {
        "url": site.at("public:unit", unit.slug),
        "short_name": unit.short_name,
        "aliases": unit.aliases,
        "code": unit.code or None,
        "kind": unit.kind,
        "parent": unit.parent.slug if unit.parent else None,
        "opened": day(unit.opened_on),
        "closed": day(unit.closed_on),
        "address": unit.address,
        "phone": unit.phone,
        "feeds": {form: site.at("feeds:unit", unit.slug, form) for form in FEEDS},
    }


def campaign(campaign: Campaign, site: Site, *, on: date) -> Json:
    return {
        "slug": campaign.slug,
        "name": campaign.name,
        "url": site.at("public:campaign", campaign.slug),
        "self": site.at("api:campaign", campaign.slug),
        "description": campaign.description,
        "lead_unit": unit_reference(campaign.lead_unit, site) if campaign.lead_unit else None,
        "starts": day(campaign.starts_on),
        "ends": day(campaign.ends_on),
        "state": campaign.state(on=on),
        "feeds": {form: site.at("feeds:campaign", campaign.slug, form) for form in FEEDS},
    }


def correspondent(person: Correspondent, site: Site) -> Json:
    return {
        "slug": person.slug,
        "name": person.name,
        "url": site.at("public:correspondent", person.slug),
        "self": site.at("api:correspondent", person.slug),
        "unit": unit_reference(person.unit, site) if person.unit else None,
    }


def page(paper: Page, site: Site) -> Json:
    return {
        "date": paper.date.isoformat(),
        "date_is_approximate": paper.date_is_approximate,
        "number": paper.number,
        "publication": paper.publication,
        "title": paper.title,
        "note": paper.note,
        "url": site.at("public:page", paper.date, paper.number),
        "self": site.at("api:page", paper.date, paper.number),
    }


def placements(placed: Iterable[Placement], site: Site) -> list[Json]:
    """What stands on a page, in the order of reading: which cells of a grid of twelve columns it takes, from 1."""
    names = ("column", "row", "width", "height", "weight", "text_columns")
    return [
        {"article": article_reference(placement.release, site)}  # type: ignore[attr-defined]
        | {name: getattr(placement, name) for name in names}
        for placement in placed
    ]
