"""Those who write: the list of them, and what each one published."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Correspondent
from bulletins.models.listing import correspondent_shelf
from bulletins.models.newest import attach_newest, shelf_named, with_newest
from bulletins.public.about_page import Column, Crumb, listed
from bulletins.public.addresses import find
from bulletins.public.paging import place_in, slice_of
from bulletins.public.rendering import page
from bulletins.public.subjects import subjects_of


def correspondents(request: HttpRequest) -> HttpResponse:
    """Those of whom something is public; whoever only drafts so far is nobody's business."""
    at = timezone.now()
    known = with_newest(Correspondent.objects.select_related("unit"), shelf_named("person"), at=at)
    people = attach_newest(known.filter(newest_id__isnull=False).order_by("name"), at=at)
    about = Column((Crumb(_("Correspondents")),))
    return page(request, "public/correspondents.html", section="correspondents", about=about, people=people)


def correspondent(request: HttpRequest, slug: str) -> HttpResponse:
    at, before = timezone.now(), place_in(request)
    people = Correspondent.objects.select_related("unit")
    person, moved = find(people, slug, request=request, view="correspondent")
    if moved:
        return moved
    stories = slice_of(correspondent_shelf(person), at=at, before=before)
    if not stories.items:
        raise Http404
    return page(
        request,
        "public/correspondent.html",
        section="correspondents",
        about=Column(
            (listed("correspondents", _("Correspondents")), Crumb(person.name, is_chinese=True)),
            told_by=("before",),
            type=_("Correspondents"),
            description=said_of(person),
            keywords=(person.unit.name,) if person.unit else (),
        ),
        person=person,
        stories=stories,
        subjects=subjects_of(stories.items),
    )


def said_of(person: Correspondent) -> str:
    """A line about the person, with the unit where it is known."""
    if person.unit is None:
        return _("What %(name)s published, newest first.") % {"name": person.name}
    named = {"name": person.name, "unit": person.unit.name}
    return _("What %(name)s of %(unit)s published, newest first.") % named
