"""The front page: one lead, a second rank, what runs, the newspaper page, what each unit did last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Campaign, Kind, Release, Unit
from bulletins.models.listing import ALL, kind_shelf
from bulletins.models.newest import attach_newest, shelf_named, with_newest
from bulletins.models.placing import newest_page
from bulletins.public.about_page import Column, Crumb, FrontPage
from bulletins.public.paging import place_in, slice_of, token_of
from bulletins.public.rendering import page

SECOND_RANK = 3
REST = 6
FRONT = 16
PHOTO_STORIES = 4
CAMPAIGNS = 9
UNITS = 24


def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    before = place_in(request)
    stories = slice_of(ALL, at=at, before=before, size=FRONT)
    if before is not None:
        about = Column((Crumb(_("Earlier items")),), told_by=("before",))
        return page(request, "public/all.html", section="home", about=about, stories=stories)
    lead, second, rest = composed(stories.items)
    pictured = photo_stories(at)
    rest = [story for story in rest if story not in pictured]
    day = timezone.localdate(at)
    campaigns = Campaign.objects.public().running(on=day).order_by("position", "name")[:CAMPAIGNS]
    return page(
        request,
        "public/home.html",
        section="home",
        about=FrontPage(),
        today=day,
        lead=lead,
        second=second,
        rest=rest[:REST],
        stories=replace(stories, earlier=token_of(rest[REST - 1])) if len(rest) > REST else stories,
        photo_stories=pictured,
        campaigns=[(campaign, campaign.state(on=day)) for campaign in campaigns],
        paper=newest_page(at=at),
        units=units_latest(at),
    )


def composed(items: list[Release]) -> tuple[Release | None, list[Release], list[Release]]:
    """The lead is the newest that has a headline and is more than a brief; then the second rank, then the others."""
    heads = [item for item in items if item.headline]
    lead = next((item for item in heads if item.kind != Kind.BRIEF), heads[0] if heads else None)
    second = [item for item in heads if item is not lead][:SECOND_RANK]
    return lead, second, [item for item in items if item is not lead and item not in second]


def photo_stories(at: datetime) -> list[Release]:
    shelf = Release.objects.on_shelf(kind_shelf(Kind.PHOTO), at=at)
    return list(shelf.select_related("unit")[:PHOTO_STORIES])


def units_latest(at: datetime) -> list[Unit]:
    """The topmost units with their own newest story, those right below them with the newest of all they cover."""
    upper = Unit.objects.active(on=timezone.localdate(at)).filter(Q(parent=None) | Q(parent__parent=None))
    shelf = Case(When(parent=None, then=shelf_named("own")), default=shelf_named("unit"))
    found = with_newest(upper, shelf, at=at).filter(newest_id__isnull=False)
    top_first = F("parent_id").asc(nulls_first=True)
    return attach_newest(found.order_by(top_first, "position", "name")[:UNITS], at=at)
