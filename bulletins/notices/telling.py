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


@transaction.atomic(savepoint=False)
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
    above: Collection[int] | None = None,
) -> list[Notice]:
    """Tell these people, and the robots that listen for it, that this happened to the story. Gives the new notices.

    `actor` did it and is not told; nobody, where it came about by itself. `line` is one more line for those who may read
    the story, cut at 200 characters. Whoever is in `waits_for` is told besides that the next step is theirs. Told again
    with the same event, story and `key`, nobody hears it again. `above`: ids of its unit and of those above that, where
    they were looked up already. Call it in the transaction of what happened. As many queries for many people as for one.
    """
    # Of two who tell of the same story, one waits: so nobody hears from both.
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    above = above_of(article) if above is None else above
    identity = f"{event}:{article.pk}:{key}"
    text = Truncator(" ".join((line or "").split())).chars(LONGEST_LINE)
    waiting = {person.pk for person in waits_for}
    heard = {person.pk: person for person in (*people, *waits_for)}
    if actor is not None:
        heard.pop(actor.pk, None)
    to_hear = article.readers_among(heard, above=above, on=timezone.localdate(at)) - _heard(
        "person", identity
    )
    notices = [
        Notice(
            person=person, key=identity, event=event, article=article, actor=actor, at=at, line=text,
            waits=person.pk in waiting,
        )
        for person in heard.values()
        if person.pk in to_hear
    ]  # fmt: skip
    _mail(notices, at)
    to_robots = _to_robots(event, article, above, actor=actor, at=at, key=identity)
    return Notice.objects.bulk_create(notices + to_robots)


def told(transition: Transition) -> list[Notice]:
    """Tell those whom a line of history concerns; nobody for a verb that concerns nobody else."""
    above = above_of(transition.article)
    hearing = audience.of(transition, above=above)
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
        above=above,
    )


def above_of(article: Article) -> list[int]:
    """Ids of the story's unit and of those above it."""
    return [unit.pk for unit in article.unit.lineage()]


def _heard(whom: str, key: str) -> set[int]:
    """Ids of the persons, or of the robots, that were told this already."""
    return set(Notice.objects.filter(key=key).exclude(**{whom: None}).values_list(whom, flat=True))


def _mail(notices: list[Notice], at: datetime) -> None:
    """Have them sent as each person chose. Where no mail can go, nothing is written that would wait for ever."""
    reached = [(notice, notice.person) for notice in notices if notice.person and mail.reaches(notice.person)]
    if not reached:
        return
    people = [person for _, person in reached]
    chosen = dict(NoticeChoice.objects.filter(person__in=people).values_list("person_id", "mail"))
    for notice, person in reached:
        choice = chosen.get(person.pk, NoticeChoice().mail)
        notice.for_digest = choice == Mail.DIGEST
        if choice == Mail.AT_ONCE:
            notice.delivery = Delivery(channel=Channel.MAIL, person=person, created_at=at, next_try=at)
    _send([notice for notice, _ in reached if notice.delivery])


def _to_robots(
    event: Event, article: Article, above: Collection[int], *, actor: User | None, at: datetime, key: str
) -> list[Notice]:
    """One notice for each robot that listens, however many people hear the same."""
    listening = [robot for robot in Robot.objects.filter(is_on=True, unit__in=above) if event in robot.events]
    if not listening:
        return []
    heard = _heard("robot", key)
    notices = [
        Notice(
            robot=robot, key=key, event=event, article=article, actor=actor, at=at,
            delivery=Delivery(channel=Channel.ROBOT, robot=robot, created_at=at, next_try=at),
        )
        for robot in listening
        if robot.pk not in heard
    ]  # fmt: skip
    _send(notices)
    return notices


def _send(notices: list[Notice]) -> None:
    """Write the messages that go with these notices."""
    Delivery.objects.bulk_create([notice.delivery for notice in notices if notice.delivery])
    for notice in notices:
        notice.delivery = notice.delivery  # takes over the key that it has now
