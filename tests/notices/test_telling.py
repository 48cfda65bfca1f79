"""Who hears of what: those who wrote it and those whose turn it is, once, and nobody who may not read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins import notices, workflow
from bulletins.models import Delivery, Event, Mail, Notice, Stage
from tests.factories import Newsroom, make_user
from tests.notices.conftest import robot_of, with_mailbox

pytestmark = pytest.mark.django_db


def heard(person: User) -> list[tuple[str, bool]]:
    """What a person was told, the newest first, and whether it is that person's turn."""
    return list(Notice.objects.filter(person=person).values_list("event", "waits"))


def test_what_is_submitted_waits_for_the_units_reviewer_and_nobody_else_is_told(newsroom: Newsroom) -> None:
    newsroom.submitted()
    assert heard(newsroom.unit_reviewer) == [("submitted", True)]
    assert Notice.objects.count() == 1


def test_what_was_passed_is_told_to_its_author_and_waits_for_the_next_step(newsroom: Newsroom) -> None:
    newsroom.at_stage(Stage.DESK_REVIEW)
    assert heard(newsroom.correspondent) == [("passed", False)]
    assert heard(newsroom.desk_editor) == [("passed", True)]
    assert heard(newsroom.chief) == heard(newsroom.auditor) == heard(newsroom.administrator) == []


def test_a_return_is_told_with_its_reason(newsroom: Newsroom) -> None:
    newsroom.at_stage(Stage.RETURNED)
    notice = Notice.objects.get(person=newsroom.correspondent)
    assert (notice.event, notice.line, notice.actor) == ("returned", "请补充时间地点", newsroom.unit_reviewer)


def test_a_refusal_without_words_is_told_with_its_code_in_the_language_of_the_house(
    newsroom: Newsroom,
) -> None:
    newsroom.at_stage(Stage.REFUSED)
    assert Notice.objects.get(event=Event.REFUSED).line == "缺乏新闻价值"


def test_a_release_that_waits_for_its_time_says_so(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.APPROVED)
    later = timezone.now() + timedelta(days=2)
    workflow.perform("release", article, actor=newsroom.chief, public_from=later)
    notice = Notice.objects.get(person=newsroom.correspondent, event=Event.RELEASED)
    assert f"{timezone.localtime(later):%Y-%m-%d %H:%M}" in notice.line


def test_who_changed_the_text_hears_of_it_and_is_not_told_that_it_waits_for_them(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.FINAL_REVIEW)

    def write(article: object) -> None:
        article.kicker = "改过"  # type: ignore[attr-defined]
        article.save()  # type: ignore[attr-defined]

    workflow.perform("edit", article, actor=newsroom.chief, write=write)
    workflow.perform("pass", article, actor=newsroom.second_chief)
    told = Notice.objects.filter(person=newsroom.chief, event=Event.PASSED).first()
    assert told is not None
    workflow.perform("return", article, actor=newsroom.second_chief, reason="再核")
    assert heard(newsroom.chief)[0] == ("returned", False)


def test_an_emergency_withdrawal_waits_for_a_second_signature(newsroom: Newsroom) -> None:
    release = newsroom.released()
    Notice.objects.all().delete()
    workflow.perform("withdraw_at_once", release.article, actor=newsroom.chief, reason="泄露隐私")
    assert heard(newsroom.second_chief) == heard(newsroom.desk_editor) == [("withdrawn", True)]
    assert heard(newsroom.correspondent) == [("withdrawn", False)]
    assert heard(newsroom.chief) == []


def test_nobody_is_told_of_a_story_that_they_may_not_read(newsroom: Newsroom) -> None:
    elsewhere = make_user(Role.CORRESPONDENT, newsroom.other_station)
    gone = make_user(Role.DESK_EDITOR, newsroom.bureau, is_active=False)
    article = newsroom.draft()
    people = [elsewhere, gone, newsroom.administrator, newsroom.unit_reviewer]
    notices.tell(
        Event.MENTIONED, article, people, actor=newsroom.correspondent, at=timezone.now(), key="remark-1"
    )
    assert [notice.person for notice in Notice.objects.all()] == [newsroom.unit_reviewer]


def test_told_again_with_the_same_key_nobody_hears_it_twice(newsroom: Newsroom) -> None:
    person, article = with_mailbox(newsroom.chief), newsroom.draft()
    robot_of(newsroom, events=["overdue"])
    for key in ("2026-03-02", "2026-03-02", "2026-03-03"):
        notices.tell(Event.OVERDUE, article, [person, person], actor=None, at=timezone.now(), key=key)
    assert Notice.objects.filter(person=person).count() == 2
    assert Notice.objects.filter(robot__isnull=False).count() == 2
    assert Delivery.objects.count() == 4


def test_what_was_rolled_back_was_never_told(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    with pytest.raises(RuntimeError), transaction.atomic():
        workflow.perform("submit", article, actor=newsroom.correspondent)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_a_long_line_with_line_ends_is_one_short_line(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    notices.tell(
        Event.MENTIONED,
        article,
        [newsroom.chief],
        actor=None,
        at=timezone.now(),
        line="民警🚓\n" + "长" * 500,
    )
    line = Notice.objects.get().line
    assert line.startswith("民警🚓 长长")
    assert len(line) == 200


def test_a_robot_hears_once_what_it_listens_for_in_its_unit_and_below(newsroom: Newsroom) -> None:
    robots = [
        robot_of(newsroom),
        robot_of(newsroom, unit=newsroom.station, events=["passed"]),
        robot_of(newsroom, unit=newsroom.other_station),
        robot_of(newsroom, is_on=False),
    ]
    newsroom.submitted()
    assert [notice.robot for notice in Notice.objects.filter(robot__isnull=False)] == robots[:1]


@pytest.mark.parametrize(
    ("way", "mails", "for_digest"),
    [(Mail.NEVER, 0, False), (Mail.DIGEST, 0, True), (Mail.AT_ONCE, 1, False)],
)
def test_mail_comes_as_the_person_chose(newsroom: Newsroom, way: Mail, mails: int, for_digest: bool) -> None:
    with_mailbox(newsroom.unit_reviewer, way)
    newsroom.submitted()
    assert Delivery.objects.count() == mails
    assert Notice.objects.get().for_digest == for_digest


def test_without_a_mail_server_or_a_mailbox_nothing_waits_to_be_sent(
    newsroom: Newsroom, settings: object
) -> None:
    newsroom.submitted()  # the reviewer has no mailbox
    with_mailbox(newsroom.unit_reviewer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # type: ignore[attr-defined]
    newsroom.submitted()
    assert Notice.objects.count() == 2
    assert not Delivery.objects.exists()
    assert not Notice.objects.filter(for_digest=True).exists()
