"""Messages leave the house once, are tried again when they did not go, and never when nobody can say."""

from __future__ import annotations

import smtplib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone

from bulletins.models import Channel, Delivery, DeliveryState, Mail, Notice
from bulletins.notices import digests, outbox
from tests.factories import Newsroom
from tests.notices.conftest import DAY, robot_of, with_mailbox


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


class BrokenServer(EmailBackend):
    """Fails as it is told to: when it is reached, or when something is handed over."""

    at_opening: Exception | None = None
    at_sending: Exception | None = None

    def open(self) -> bool:
        if type(self).at_opening:
            raise type(self).at_opening
        return True

    def send_messages(self, messages: Any) -> int:
        if type(self).at_sending:
            raise type(self).at_sending
        return super().send_messages(messages)


@pytest.fixture
def broken(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"

    def break_it(**faults: Exception) -> None:
        for name in ("at_opening", "at_sending"):
            monkeypatch.setattr(BrokenServer, name, faults.get(name))

    return break_it


@pytest.fixture
def waiting(db: None, newsroom: Newsroom, clock: list[datetime]) -> Notice:
    """One notice of a returned story, to be mailed at once to its author."""
    with_mailbox(newsroom.correspondent)
    newsroom.at_stage("returned", headline="民警雪夜🚓\n送归走失老人", at=DAY)
    return Notice.objects.get(person=newsroom.correspondent)


def test_it_is_sent_once_with_number_and_headline_in_the_subject(waiting: Notice) -> None:
    outbox.send_due()
    outbox.send_due()
    (message,) = django_mail.outbox
    assert message.to == [waiting.person.email]  # type: ignore[union-attr]
    assert message.subject == f"已退回：民警雪夜🚓 送归走失老人（{waiting.article.number}）"
    assert "请补充时间地点" in message.body
    html, kind = message.alternatives[0]  # type: ignore[attr-defined]
    assert kind == "text/html" and "民警雪夜🚓 送归走失老人" in html
    assert "近日，民警接到求助" not in message.body + html
    assert states() == ["sent"]


def test_it_speaks_the_language_of_its_reader(waiting: Notice, newsroom: Newsroom) -> None:
    newsroom.correspondent.language = "en"
    newsroom.correspondent.save()
    outbox.send_due()
    assert django_mail.outbox[0].subject.startswith("returned: ")


def test_while_the_server_is_down_it_is_tried_again_after_longer_and_longer_pauses(
    waiting: Notice, broken: Any, clock: list[datetime]
) -> None:
    broken(at_opening=ConnectionRefusedError())
    pauses = []
    for _attempt in range(len(outbox.PAUSES)):
        outbox.send_due()
        delivery = Delivery.objects.get()
        pauses.append(delivery.next_try - clock[-1])
        outbox.send_due()  # too early: nothing is tried
        assert Delivery.objects.get().attempts == delivery.attempts
        clock.append(delivery.next_try)
    assert pauses == outbox.PAUSES == sorted(pauses)
    broken()
    outbox.send_due()
    assert (states(), len(django_mail.outbox)) == (["sent"], 1)


def test_it_is_given_up_in_the_end(waiting: Notice, broken: Any, clock: list[datetime]) -> None:
    broken(at_opening=smtplib.SMTPConnectError(421, "busy"))
    for _attempt in range(len(outbox.PAUSES) + 1):
        outbox.send_due()
        clock.append(clock[-1] + timedelta(days=1))
    outbox.send_due()
    assert Delivery.objects.get().attempts == len(outbox.PAUSES) + 1
    assert states() == ["failed"]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (smtplib.SMTPServerDisconnected(), "unsure"),
        (TimeoutError(), "unsure"),
        (smtplib.SMTPDataError(451, b"later"), "waiting"),
        (smtplib.SMTPRecipientsRefused({}), "waiting"),
    ],
)
def test_what_broke_off_in_the_middle_is_not_sent_again_by_itself(
    waiting: Notice, broken: Any, clock: list[datetime], fault: Exception, state: str
) -> None:
    broken(at_sending=fault)
    outbox.send_due()
    assert states() == [state]


def test_nothing_goes_to_somebody_who_may_not_sign_in_any_more(waiting: Notice, newsroom: Newsroom) -> None:
    newsroom.correspondent.is_active = False
    newsroom.correspondent.save()
    outbox.send_due()
    assert (states(), django_mail.outbox) == (["dropped"], [])


def test_nothing_goes_to_somebody_who_may_not_read_it_any_more(waiting: Notice, newsroom: Newsroom) -> None:
    newsroom.correspondent.memberships.update(until=DAY.date() - timedelta(days=1))
    outbox.send_due()
    assert (states(), django_mail.outbox) == (["dropped"], [])


def test_what_a_killed_worker_held_is_shown_and_not_sent_again(
    waiting: Notice, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(delivery: Delivery) -> None:
        raise SystemExit  # as far as the database can tell, a SIGKILL: nothing is written after it

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setitem(outbox.SENDERS, Channel.MAIL, killed)
        outbox.send_due()
    outbox.send_due()
    assert states() == ["claimed"]  # it may be a slow one that lives
    clock.append(clock[-1] + outbox.LONGEST + timedelta(seconds=1))
    outbox.send_due()
    assert (states(), Delivery.objects.get().fault, django_mail.outbox) == (["unsure"], "killed", [])


def test_a_fault_of_ours_keeps_no_other_message_from_going(
    waiting: Notice, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    robot_of(newsroom)
    newsroom.submitted(at=DAY)

    def breaks(delivery: Delivery) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(outbox.SENDERS, Channel.ROBOT, breaks)
    outbox.send_due()
    assert Counter(states()) == Counter(["sent", "waiting"])
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, now = with_mailbox(newsroom.correspondent), timezone.now()
    for _one in range(8):
        Delivery.objects.create(channel=Channel.MAIL, person=person, created_at=now, next_try=now)
    sent: list[int] = []
    monkeypatch.setitem(outbox.SENDERS, Channel.MAIL, lambda delivery: sent.append(delivery.pk))

    def work(_number: int) -> None:
        try:
            outbox.send_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    assert sorted(sent) == sorted(Delivery.objects.values_list("pk", flat=True))
    assert states() == ["sent"] * 8


# --- The daily e-mail ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "hour", "expected"),
    [
        ("2026-03-02T07:59:00+08:00", 8, "2026-03-02T08:00:00+08:00"),
        ("2026-03-02T08:00:00+08:00", 8, "2026-03-03T08:00:00+08:00"),
        ("2026-03-02T23:30:00+00:00", 8, "2026-03-03T08:00:00+08:00"),
    ],
)
def test_the_hour_is_that_of_the_house(moment: str, hour: int, expected: str) -> None:
    found = digests.hour_after(datetime.fromisoformat(moment), hour)
    assert found == datetime.fromisoformat(expected)


@pytest.mark.django_db
def test_the_daily_mail_comes_once_at_its_hour_with_what_is_unread(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    person = with_mailbox(newsroom.unit_reviewer, Mail.DIGEST, digest_hour=17)
    first, second, read = (
        newsroom.submitted(at=DAY, headline=text) for text in ("头一篇", "第二篇", "读过的")
    )
    Notice.objects.filter(article=read).update(read_at=DAY)
    digests.gather_due()
    outbox.send_due()
    assert django_mail.outbox == []
    clock.append(DAY.replace(hour=17, minute=1))
    for _round in range(2):
        digests.gather_due()
        outbox.send_due()
    (message,) = django_mail.outbox
    assert message.to == [person.email]
    assert second.number in message.subject and "第二篇" in message.subject
    assert "头一篇" in message.body and "读过的" not in message.body
    assert "轮到您处理" in message.body
    assert Notice.objects.get(article=first).delivery.state == DeliveryState.SENT  # type: ignore[union-attr]


@pytest.mark.django_db
def test_ten_thousand_notices_make_one_mail_of_bearable_length(
    newsroom: Newsroom, clock: list[datetime], django_assert_max_num_queries: Any
) -> None:
    person = with_mailbox(newsroom.unit_reviewer, Mail.DIGEST)
    article = newsroom.draft(at=DAY)
    Notice.objects.bulk_create(
        [
            Notice(person=person, event="mentioned", article=article, at=DAY, key=str(n), for_digest=True)
            for n in range(10_000)
        ],
        batch_size=1000,
    )
    clock.append(DAY + timedelta(days=1))
    with django_assert_max_num_queries(40):
        digests.gather_due()
        outbox.send_due()
    (message,) = django_mail.outbox
    assert message.body.count(article.number) == 50
    assert "更多通知请在编辑部查看" in message.body
    assert not Notice.objects.filter(delivery=None).exists()
