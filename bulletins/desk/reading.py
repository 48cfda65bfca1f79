"""One article as a reader would see it, its history, and the buttons of whoever looks at it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from bulletins import workflow
from bulletins.arranging import VERB_AT
from bulletins.desk import difference, proofs
from bulletins.desk.arranged import arranged_beside
from bulletins.desk.found import found_in, stopped_sentence
from bulletins.desk.queue import next_after
from bulletins.desk.remarked import read_remarks, remarked
from bulletins.desk.since import changes_since
from bulletins.desk.verbs import VERB_FORMS
from bulletins.models import (
    Article,
    Decision,
    Override,
    Release,
    ReleaseState,
    Review,
    Revision,
    Stage,
)
from bulletins.models.release import open_proposal, title_of
from bulletins.models.revision import Content
from bulletins.workflow.findings import standing

# In the order in which a person looks for them; the first open one is the primary button.
PRIMARY = ("submit", "pass", "release", "confirm_withdrawal", "confirm_restoration", "sign_off")
# Those that are refused while something must be mended.
STOPPED = ("submit", "pass", "release", "confirm_restoration")


@dataclass(frozen=True)
class Button:
    """A verb that this person may use now, with the form that goes with it."""

    verb: str
    label: str
    form: forms.Form | None
    is_primary: bool


def readable_article(user: User, number: str) -> Article:
    """The article, or 404 for whoever may not read it: that it exists is not told either."""
    readable = Article.objects.readable_by(user, on=roles.today())
    return get_object_or_404(readable.select_related("unit", "author", "arrangement__handler"), number=number)


def _buttons(
    options: list[workflow.Option],
    tried: dict[str, forms.Form],
    *,
    urges_to_submit: bool,
    is_own_proposal: bool,
    stopped: Collection[str],
) -> list[Button]:
    urged = PRIMARY if urges_to_submit else tuple(verb for verb in PRIMARY if verb != "submit")
    found = []
    for option in options:
        if option.verb in {"start", "edit", "override"} or not option.is_open:
            continue
        form_class = VERB_FORMS.get(option.verb)
        form = tried.get(option.verb) or (form_class(prefix=option.verb) if form_class else None)
        label = str(option.label)
        if is_own_proposal and option.verb in {"decline_withdrawal", "decline_restoration"}:
            label = _("Take back what you asked for")
        found.append(Button(option.verb, label, form, option.verb in urged and option.verb not in stopped))
    return sorted(found, key=lambda button: not button.is_primary)


def _returned_because(article: Article, reviews: list[Review]) -> list[Review]:
    """The reasons of the last return or refusal, while it still stands."""
    if article.stage not in {Stage.RETURNED, Stage.REFUSED, Stage.DRAFT}:
        return []
    return [r for r in reviews[-1:] if r.decision in {Decision.RETURNED, Decision.REFUSED}]


def _checked(
    article: Article, current: Revision, releases: list[tuple[Release, ReleaseState]]
) -> Content | None:
    """The text that the checks are asked about: what is in the making, or what is to come back. Else nothing."""
    if article.stage not in {Stage.SETTLED, Stage.REFUSED}:
        return current.content
    return next((release.content for release, state in releases if state == "withdrawn"), None)


def finished(
    article: Article, current: Revision | None, releases: list[tuple[Release, ReleaseState]]
) -> Content | None:
    """The text that may go out to other places: what is public, or else what is approved or waits for its hour."""
    for wanted in ("live", "scheduled"):
        if release := next((release for release, state in releases if state == wanted), None):
            return release.content
    return current.content if current and article.stage == Stage.APPROVED else None


def context_of(
    request: HttpRequest, article: Article, *, at: datetime, tried: dict[str, forms.Form] | None = None
) -> dict[str, Any]:
    """All that the read view shows. `tried`: forms of verbs that were refused a moment ago, as they were filled in."""
    user: User = request.user  # type: ignore[assignment]
    history = list(article.transitions.select_related("actor", "revision", "release").order_by("-at", "-pk"))
    written = {line.revision.number: line.revision for line in history if line.revision}
    # What a fixture brought has no line for each version.
    current = written.get(article.revision_number) or Revision.objects.current(article)
    if current is None:
        raise Http404
    # Read once, for the page and for the rules that ask for them again.
    prefetch_related_objects(
        [article],
        Prefetch("releases", Release.objects.order_by("-sequence")),
        Prefetch("reviews", Review.objects.knowing_what_is_void().select_related("reviewer", "revision")),
        Prefetch("overrides", Override.objects.select_related("by")),
        "photos",
    )
    read_remarks(article)
    reviews = list(article.reviews.all())
    releases = [(release, release.state(at=at)) for release in article.releases.all()]
    checked = _checked(article, current, releases)
    stands = None
    if checked is not None:
        stands = standing(checked, article=article, day=timezone.localdate(at))
    options = workflow.options(article, actor=user, at=at, standing=stands)
    open_verbs = {option.verb for option in options if option.is_open}
    # What the workflow would let pass waits, and so does what only lacks something yet.
    answer = VERB_AT.get(Stage(article.stage))
    waits = any(option.verb == answer and option.is_for_them for option in options)
    # Somebody else of the unit may submit as well, but a reviewer who returned it is not urged to; nor is its author
    # before anything was mended.
    is_unmended = article.stage == Stage.RETURNED and bool(reviews) and reviews[-1].revision == current
    proposal = open_proposal(list(article.releases.all()))
    found = None
    if checked is not None and stands is not None:
        found = found_in(checked, stands, article=article, history=history)
    # Verbs that are open to this person and would be refused for what must be mended.
    stopped = [option.verb for option in options if option.mends and option.verb in STOPPED]
    buttons = _buttons(
        options,
        tried or {},
        urges_to_submit=article.author_id == user.pk and not is_unmended,
        is_own_proposal=proposal is not None and proposal.asked_by_id == user.pk,
        stopped=stopped,
    )
    return admin.site.each_context(request) | {
        "title": title_of(current.content),
        "article": article,
        "content": current.content,
        "revision": current,
        "reviews": reviews,
        "history": history,
        "next": next_after(user, article, history=history, at=at, waits=waits),
        "since": changes_since(article, current, reviews, user=user, written=written),
        # Whoever is to judge it reads first what is new to them.
        "begins_with_changes": any(option.verb == "pass" and option.is_open for option in options),
        "is_changed_since_last_review": bool(reviews) and reviews[-1].revision.number != current.number,
        "since_live": _since_live(releases, current),
        "found": found,
        "remarked": remarked(article, current, user=user, at=at),
        "stopped": stopped_sentence(stopped[0], found.blocks) if found and stopped else "",
        "is_finished": finished(article, current, releases) is not None,
        "may_override": "override" in open_verbs,
        "tried_override": (tried or {}).get("override"),
        "returned_because": _returned_because(article, reviews),
        "may_edit": "edit" in open_verbs,
        "buttons": buttons,
        "has_primary": any(button.is_primary for button in buttons),
        "closed": [option for option in options if not option.is_open],
        "releases": releases,
        "proposal": proposal,
        **proofs.beside(article, releases, history, user=user, at=at),
        "arranged": arranged_beside(user, article, at=at, waits=waits, may_edit="edit" in open_verbs),
    }


def _since_live(
    releases: list[tuple[Release, ReleaseState]], current: Revision
) -> list[difference.Difference] | None:
    """What a new version would change in public; nothing unless one is public and another in the making."""
    live = next((release for release, state in releases if state == "live"), None)
    if live is None or live.content_hash == current.content_hash:
        return None
    return difference.between(live.content, current.content)


def show(request: HttpRequest, number: str) -> HttpResponse:
    """The one address of an article in the desk."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    return TemplateResponse(request, "desk/article.html", context_of(request, article, at=timezone.now()))


def show_revision(request: HttpRequest, number: str, revision: int) -> HttpResponse:
    """A version as it was frozen, and what it changed in the one before it."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    shown = get_object_or_404(article.revisions.select_related("created_by"), number=revision)
    before = article.revisions.filter(number=revision - 1).first()
    context = admin.site.each_context(request) | {
        "title": _("Version %(number)s") % {"number": shown.number},
        "article": article,
        "revision": shown,
        "content": shown.content,
        "differences": difference.between(before.content, shown.content) if before else None,
        "newest": article.revision_number,
        "reviews": shown.reviews.select_related("reviewer", "article", "revision").order_by("at"),
        "remarks": article.remarks.filter(revision=shown).with_replies(),
    }
    return TemplateResponse(request, "desk/revision.html", context)
