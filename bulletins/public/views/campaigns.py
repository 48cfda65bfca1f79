"""Campaigns: which run, which are to come, which have ended, and what was published on each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Campaign
from bulletins.models.listing import campaign_shelf
from bulletins.models.newest import attach_newest, shelf_named, with_newest
from bulletins.public.about_page import Column, Crumb, listed
from bulletins.public.addresses import find
from bulletins.public.paging import place_in, slice_of
from bulletins.public.rendering import page
from bulletins.public.timeline import course_of, timeline

# In the order in which readers look for them.
STATES = ("running", "standing", "coming", "ended")


def campaigns(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    day = timezone.localdate(at)
    known = with_newest(Campaign.objects.public(), shelf_named("campaign"), at=at)
    groups: dict[str, list[Campaign]] = {state: [] for state in STATES}
    for campaign in attach_newest(known.select_related("lead_unit").order_by("position", "name"), at=at):
        groups[campaign.state(on=day)].append(campaign)
    return page(
        request,
        "public/campaigns.html",
        section="campaigns",
        about=Column((Crumb(_("Campaigns")),)),
        groups=[(state, found) for state, found in groups.items() if found],
    )


def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    at, before = timezone.now(), place_in(request)
    readable = Campaign.objects.public().select_related("lead_unit")
    campaign, moved = find(readable, slug, request=request, view="campaign")
    if moved:
        return moved
    day = timezone.localdate(at)
    stories = slice_of(campaign_shelf(campaign), at=at, before=before)
    others = Campaign.objects.public().running(on=day).exclude(pk=campaign.pk).order_by("position", "name")
    return page(
        request,
        "public/campaign.html",
        section="campaigns",
        about=Column(
            (listed("campaigns", _("Campaigns")), Crumb(campaign.name, is_chinese=True)),
            told_by=("before",),
            type=_("Campaigns"),
            description=" ".join(campaign.description.split()),
            keywords=(campaign.lead_unit.name,) if campaign.lead_unit else (),
        ),
        campaign=campaign,
        state=campaign.state(on=day),
        course=course_of(campaign, on=day),
        stories=stories,
        timeline=timeline(campaign, stories, on=day),
        others=[(other, other.state(on=day)) for other in others[:8]],
    )
