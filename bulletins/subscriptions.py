"""Which event wakes whom. All listeners of this app are wired here and nowhere else."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from bulletins import search, workflow
from bulletins.interchange import hub
from bulletins.models import Arrangement, Listing, Release, Stage, Transition
from units.models import Unit, moved, renamed

logger = logging.getLogger("bulletins.workflow")


@receiver(moved)
def unit_moved(*, unit: Unit, **_: Any) -> None:
    """What a unit released stands in the lists of the units above it: enter it anew."""
    at = timezone.now()
    Listing.objects.rebuild_below(unit, at=at)
    below = Release.objects.filter(unit__in=list(unit.descendants(include_self=True)))
    search.index.update(below, at=at, anew=True)


@receiver(renamed)
def unit_renamed(*, unit: Unit, **_: Any) -> None:
    """What a unit released is found by the names that it has now."""
    search.index.update(Release.objects.filter(unit=unit), at=timezone.now(), anew=True)


@receiver(workflow.performing)
def release_changes(*, transition: Transition, **_: Any) -> None:
    """What is released or withdrawn is found or not found from the same moment on."""
    if transition.release_id:
        search.index.update(Release.objects.filter(article=transition.article_id), at=transition.at)


@receiver(workflow.performing)
def step_is_left(*, transition: Transition, **_: Any) -> None:
    """What was arranged for a step ends with it."""
    if transition.from_stage in Stage.values and transition.from_stage != transition.to_stage:
        Arrangement.objects.step_left(transition.article_id, to_stage=transition.to_stage)


@receiver(workflow.performed)
def transition_was_committed(*, transition: Transition, **_: Any) -> None:
    """One line a transition for whoever watches the server's log; numbers and names only, never the text."""
    logger.info(
        "%s: %s by %s (%s → %s)",
        transition.article.number,
        transition.verb,
        transition.actor.username,
        transition.from_stage or "-",
        transition.to_stage,
    )


# What changes a feed.
TOLD = frozenset({"release", "confirm_withdrawal", "withdraw_at_once", "confirm_restoration"})


@receiver(workflow.performed)
def feeds_changed(*, transition: Transition, **_: Any) -> None:
    """The hub, if one is set, hears of every feed in which any text of that story stands or stood."""
    release = transition.release
    if not settings.WEBSUB_HUB or transition.verb not in TOLD or release is None:
        return
    if release.public_from <= transition.at:  # or it changes them later, when nothing is performed
        told = Release.objects.filter(article=transition.article_id, public_from__lte=transition.at)
        hub.messenger.tell(hub.topics_of(list(told.select_related("unit"))))
