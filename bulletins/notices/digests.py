"""The daily e-mail: gathers what waits for it, once its hour has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from bulletins.models import Channel, Delivery, Notice, NoticeChoice


def hour_after(moment: datetime, hour: int) -> datetime:
    """The first full hour of that number, in the time of the house, after the moment."""
    local = timezone.localtime(moment)
    then = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return then if then > local else then + timedelta(days=1)


def gather_due() -> None:
    """Write a message for everybody whose oldest waiting notice has seen the hour of the daily e-mail come."""
    now = timezone.now()
    waiting = Notice.objects.filter(for_digest=True, delivery=None, read_at=None)
    oldest = dict(waiting.values_list("person").annotate(since=Min("at")).order_by("person"))
    if not oldest:
        return
    hours = dict(NoticeChoice.objects.filter(person__in=oldest).values_list("person", "digest_hour"))
    default = NoticeChoice._meta.get_field("digest_hour").default
    for person, since in oldest.items():
        if hour_after(since, hours.get(person, default)) <= now:
            _gather(person, now)


def _gather(person: int, now: datetime) -> None:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person)  # two workers must not gather the same
        waiting = Notice.objects.filter(person=person, for_digest=True, delivery=None, read_at=None)
        if waiting.exists():
            delivery = Delivery.objects.create(
                channel=Channel.DIGEST, person_id=person, created_at=now, next_try=now
            )
            waiting.update(delivery=delivery)
