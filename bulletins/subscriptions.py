"""Which event wakes whom. All listeners of this app are wired here and nowhere else."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from simple_history.signals import post_create_historical_record

from accounts.models import User
from bulletins import notices, proof, remarks, search, workflow
from bulletins.interchange import hub
from bulletins.interchange.api.limit import asker
from bulletins.models import Arrangement, Event, Listing, Release, Remark, RemarkReply, Stage, Transition
from bulletins.records import entering
from units import telling
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


@receiver(workflow.performing)
def withdrawal_is_to_be_proved(*, transition: Transition, **_: Any) -> None:
    """Written down with the withdrawal or not at all, and done by the worker: a failing proof undoes no withdrawal."""
    proof.order(transition)


@receiver(workflow.performing)
def those_concerned_are_told(*, transition: Transition, **_: Any) -> None:
    """The notice is written with what happened, so that it is neither lost nor told of what was rolled back."""
    notices.told(transition)


@receiver(remarks.mentioned)
def people_were_mentioned(
    *, remark: Remark, reply: RemarkReply | None, people: list[User], actor: User, at: datetime, **_: Any
) -> None:
    """Whoever is named in a remark hears of it, once for each time that somebody wrote."""
    said = reply or remark
    key = f"reply {reply.pk}" if reply else f"remark {remark.pk}"
    notices.tell(Event.MENTIONED, remark.article, people, actor=actor, at=at, line=said.text, key=key)


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


# The log. What it is told is entered last, since everybody waits for whoever appends until that transaction is over:
# no listener to `performing` stands below this one.


@receiver(workflow.performing)
def step_was_taken(*, transition: Transition, **_: Any) -> None:
    entering.step_was_taken(transition)


@receiver(post_create_historical_record)
def thing_was_kept(*, history_instance: Any, instance: models.Model, **_: Any) -> None:
    telling.tell(history_instance, instance)


@receiver(telling.changed)
def kept_things_changed(*, changes: list[telling.Changed], **_: Any) -> None:
    entering.kept_things_changed(changes)


def _address(request: HttpRequest | None) -> str:
    return asker(request) if request is not None else ""


@receiver(user_logged_in)
def signed_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    entering.signed("signed_in", by=user, address=_address(request))


@receiver(user_logged_out)
def signed_out(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        entering.signed("signed_out", by=user, address=_address(request))


@receiver(user_login_failed)
def sign_in_failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    entering.sign_in_failed(credentials.get("username"), address=_address(request))


@receiver(post_migrate, sender=apps.get_app_config("bulletins"))
def database_is_ready(*, apps: Any = None, **_: Any) -> None:
    """A database that has a log begins it, with all that was done before; one that was migrated back has none."""
    if apps is None or ("bulletins", "logentry") in {
        (m._meta.app_label, m._meta.model_name) for m in apps.get_models()
    }:
        entering.begin()
