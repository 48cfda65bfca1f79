"""Notices as people read them, in the language that is set when they are asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletins.models import Event, Notice, Outcome, Proposal, SiteProfile


@dataclass(frozen=True)
class Said:
    """One notice in words. `line` is for those who may read the story; `address` is empty where the site's is not known."""

    event: str
    number: str
    headline: str
    unit: str
    who: str
    waits: bool
    line: str
    address: str

    @property
    def subject(self) -> str:
        return _("%(event)s: %(headline)s (%(number)s)") % {
            "event": self.event,
            "headline": self.headline,
            "number": self.number,
        }


def still_waiting(notices: Collection[Notice]) -> set[int]:
    """The ids of those whose next step has not been done by anybody. One query."""
    waits = [notice for notice in notices if notice.waits]
    asked = Proposal.objects.filter(
        outcome=Outcome.OPEN, release__article__in={notice.article_id for notice in waits}
    )
    open_ones = set(asked.values_list("release__article", flat=True))
    return {
        notice.pk
        for notice in waits
        if (
            notice.article_id in open_ones
            if notice.event in {Event.ASKED, Event.WITHDRAWN}
            else notice.article.stage_since <= notice.at
        )
    }


def said(notice: Notice, *, root: str, waits: bool = False) -> Said:
    article = notice.article
    path = reverse("admin:article", args=[article.number])
    return Said(
        event=str(Event(notice.event).label),
        number=article.number,
        headline=article.title or _("without a headline"),
        unit=article.unit.short_name,
        who=str(notice.actor) if notice.actor else "",
        waits=waits,
        line=notice.line,
        address=root + path if root else "",
    )


def root_of_the_site() -> str:
    """The address of this site, or nothing where the profile does not say it."""
    return SiteProfile.objects.current().address


def for_a_robot(notice: Notice) -> str:
    """Number, unit, headline, what and who; nothing of the text, since a chat group is not the desk."""
    words = said(notice, root="")
    lines = [
        _("[%(event)s] %(headline)s") % {"event": words.event, "headline": words.headline},
        " · ".join(filter(None, [words.number, words.unit, words.who])),
    ]
    return "\n".join(lines)


def test_for_a_robot() -> str:
    return _("%(site)s: this is a test. The robot hears us.") % {"site": SiteProfile.objects.current().name}
