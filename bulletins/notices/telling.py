"""Writing notices, and the messages that are to go with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from bulletins.models import Article, Channel, Delivery, Event, Mail, Notice, NoticeChoice, Robot, Transition
from bulletins.notices import audience, mail

LONGEST_LINE = 200


@transaction.atomic
def tell(
    event: Event,
    article: Article,
    people: Iterable[User],
    *,
    actor: User | None,
    at: datetime,
    line: str | None = None,
    key: str = "",
    waits_for: Collection[User] = (),
) -> list[Notice]:
    """Tell these people, and the robots that listen for it, that this happened to the story. Gives the new notices.

    `actor` did it and is not told; nobody, where it came about by itself. `line` is one more line for those who may read
    the story, cut at 200 characters. Whoever is in `waits_for` is told besides that the next step is theirs. Told again
    with the same event, story and `key`, nobody hears it again. Call it in the transaction of what happened.
    """
    identity = f"{event}:{article.pk}:{key}"
    text = Truncator(" ".join((line or "").split())).chars(LONGEST_LINE)
    on = timezone.localdate(at)
    waiting = {person.pk for person in waits_for}
    heard = {person.pk: person for person in (*people, *waits_for)}
    if actor is not None:
        heard.pop(actor.pk, None)
    written = []
    for person in heard.values():
        if not Article.objects.readable_by(person, on=on).filter(pk=article.pk).exists():
            continue
        notice, is_new = Notice.objects.get_or_create(
            person=person,
            key=identity,
            defaults={
                "event": event, "article": article, "actor": actor, "at": at, "line": text,
                "waits": person.pk in waiting,
            },
        )  # fmt: skip
        if is_new:
            _mail(notice, person, at)
            written.append(notice)
    return written + _to_robots(event, article, actor=actor, at=at, key=identity)


def told(transition: Transition) -> list[Notice]:
    """Tell those whom a line of history concerns; nobody for a verb that concerns nobody else."""
    hearing = audience.of(transition)
    if hearing is None:
        return []
    return tell(
        hearing.event,
        transition.article,
        hearing.people,
        actor=transition.actor,
        at=transition.at,
        line=hearing.line,
        key=str(transition.pk),
        waits_for=hearing.waits_for,
    )


def _mail(notice: Notice, person: User, at: datetime) -> None:
    """Have it sent as the person chose. Where no mail can go, nothing is written that would wait for ever."""
    if not mail.reaches(person):
        return
    choice = NoticeChoice.of(person)
    if choice.mail == Mail.AT_ONCE:
        notice.delivery = Delivery.objects.create(
            channel=Channel.MAIL, person=person, created_at=at, next_try=at
        )
        notice.save(update_fields=["delivery"])
    elif choice.mail == Mail.DIGEST:
        notice.for_digest = True
        notice.save(update_fields=["for_digest"])


def _to_robots(event: Event, article: Article, *, actor: User | None, at: datetime, key: str) -> list[Notice]:
    """One notice for each robot that listens, however many people hear the same."""
    above = [unit.pk for unit in article.unit.lineage()]
    written = []
    for robot in Robot.objects.filter(is_on=True, unit__in=above):
        if event not in robot.events:
            continue
        notice, is_new = Notice.objects.get_or_create(
            robot=robot, key=key, defaults={"event": event, "article": article, "actor": actor, "at": at}
        )
        if is_new:
            notice.delivery = Delivery.objects.create(
                channel=Channel.ROBOT, robot=robot, created_at=at, next_try=at
            )
            notice.save(update_fields=["delivery"])
            written.append(notice)
    return written
