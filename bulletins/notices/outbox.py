"""Sending what waits. A message is claimed before it is sent, so two workers never send the same; docs/decisions/0010."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bulletins.models import Channel, Delivery, DeliveryState
from bulletins.notices import mail, robots
from bulletins.notices.outcome import NotNeeded, NotSent, Unsure

logger = logging.getLogger("bulletins.notices")

# After the first attempt that came to nothing, after the second …; after the last of them it is given up.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60)]
# Sending takes no longer than half of this. Whoever has held one for longer was killed.
LONGEST = timedelta(minutes=3)
# So many are sent before the worker looks at its other work again.
MOST_AT_ONCE = 10
SENDERS = {
    Channel.MAIL: mail.send,
    Channel.DIGEST: mail.send,
    Channel.ROBOT: robots.send,
    Channel.TEST: robots.send,
}


def send_due() -> None:
    """Send what is due, the oldest first."""
    _give_up_on_the_killed()
    for _one in range(MOST_AT_ONCE):
        delivery = _claimed(at=timezone.now())
        if delivery is None:
            return
        _send(delivery)


def _claimed(*, at: datetime) -> Delivery | None:
    """One that is due, and from here on nobody else's; committed before anything is sent."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try__lte=at).order_by("next_try", "pk")
    if not due.exists():
        return None  # without keeping any writer of SQLite waiting
    with transaction.atomic():
        delivery = due.select_for_update(skip_locked=True).first()
        if delivery is not None:
            delivery.state = DeliveryState.CLAIMED
            delivery.claimed_at = at
            delivery.attempts += 1
            delivery.save(update_fields=["state", "claimed_at", "attempts"])
    return delivery


def _send(delivery: Delivery) -> None:
    try:
        SENDERS[Channel(delivery.channel)](delivery)
        _end(delivery, DeliveryState.SENT)
    except NotNeeded:
        _end(delivery, DeliveryState.DROPPED)
    except Unsure as reason:
        _end(delivery, DeliveryState.UNSURE, str(reason))
    except NotSent as reason:
        _again(delivery, str(reason))
    except Exception:
        # A fault of ours, before anything was sent: a template, a broken row. It is told, and the rest goes on.
        logger.exception("delivery %s failed", delivery.pk)
        _again(delivery, "ours")


def _end(delivery: Delivery, state: DeliveryState, fault: str = "") -> None:
    delivery.state, delivery.fault, delivery.ended_at = state, fault, timezone.now()
    delivery.save(update_fields=["state", "fault", "ended_at"])
    if fault:
        logger.warning("delivery %s (%s) is %s: %s", delivery.pk, delivery.channel, state, fault)


def _again(delivery: Delivery, fault: str) -> None:
    # A test is a question: it is answered once.
    if delivery.channel == Channel.TEST or delivery.attempts > len(PAUSES):
        _end(delivery, DeliveryState.FAILED, fault)
        return
    delivery.state, delivery.fault = DeliveryState.WAITING, fault
    delivery.next_try = timezone.now() + PAUSES[delivery.attempts - 1]
    delivery.save(update_fields=["state", "fault", "next_try"])


def _give_up_on_the_killed() -> None:
    """What a worker held when it was killed may have gone: somebody decides whether it is sent again."""
    now = timezone.now()
    held = Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_at__lt=now - LONGEST)
    if held.exists():
        held.update(state=DeliveryState.UNSURE, fault="killed", ended_at=now)
        logger.warning("a worker was killed while it sent something: see the deliveries of the desk")
