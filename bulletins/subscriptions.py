"""Which event wakes whom. All listeners of this app are wired here and nowhere else."""

from __future__ import annotations

import logging
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from bulletins import workflow
from bulletins.models import Listing, Transition
from units.models import Unit, moved

logger = logging.getLogger("bulletins.workflow")


@receiver(moved)
def unit_moved(*, unit: Unit, **_: Any) -> None:
    """What a unit released stands in the lists of the units above it: enter it anew."""
    Listing.objects.rebuild_below(unit, at=timezone.now())


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
