"""What every worker does at intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bulletins.models import Delivery, DeliveryState, Notice
from bulletins.notices import digests, outbox
from bulletins.proof import prove_due
from bulletins.tasks import lost, reminding

# Tasks that were done are kept so long for whoever wonders; those that failed, longer.
KEPT = timedelta(days=7)
KEPT_FAILED = timedelta(days=90)
# Messages that went, and notices, for as long.
KEPT_DELIVERIES = timedelta(days=90)
KEPT_NOTICES = timedelta(days=365)


@dataclass(frozen=True)
class Round:
    """Every worker goes it, so it finds for itself what is due, and may be gone by two at once."""

    go: Callable[[], object]
    seconds: float


def forget_finished() -> None:
    """Delete the rows of what ended long ago."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT_FAILED).delete()
    ended = Delivery.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.DROPPED])
    ended.filter(ended_at__lt=now - KEPT_DELIVERIES).delete()
    Notice.objects.filter(at__lt=now - KEPT_NOTICES).delete()


ROUNDS: tuple[Round, ...] = (
    Round(outbox.send_due, seconds=1),
    Round(digests.gather_due, seconds=60),
    Round(prove_due, seconds=5),
    Round(reminding.remind, seconds=60),
    Round(lost.put_back, seconds=15),
    Round(forget_finished, seconds=24 * 60 * 60),
)
