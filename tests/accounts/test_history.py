"""Whoever gives a role is seen giving it, oneself included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from tests.accounts.test_people_screens import STRONG, change, give, last_row
from tests.factories import Newsroom, make_user
from units import history

pytestmark = pytest.mark.django_db
ALL_CHANGES = "accounts_membership_changes"


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


@pytest.fixture
def auditor(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.auditor)


def entries(reader: Client, user: User | None = None, **query: Any) -> list[history.Entry]:
    address = (
        reverse("admin:accounts_user_history", args=[user.pk]) if user else reverse(f"admin:{ALL_CHANGES}")
    )
    return list(reader.get(address, query).context["entries"])


def test_an_administrator_who_makes_oneself_a_reviewer_is_seen_by_the_auditor(
    desk: Client, auditor: Client, newsroom: Newsroom
) -> None:
    give(desk, newsroom.administrator, "chief_editor", newsroom.bureau)
    newest = entries(auditor, newsroom.administrator)[0]
    assert (newest.who, newest.sign, newest.subject) == ("管理员己", "added", "任职：总编 · 市公安局")


def test_it_stands_in_the_list_of_all_changes_of_roles_too(
    desk: Client, auditor: Client, newsroom: Newsroom
) -> None:
    give(desk, newsroom.administrator, "chief_editor", newsroom.bureau)
    newest = entries(auditor)[0]
    assert (newest.who, newest.subject) == ("管理员己", "管理员己: 总编 · 市公安局")


def test_a_role_that_was_taken_away_again_still_stands_there(
    desk: Client, auditor: Client, newsroom: Newsroom
) -> None:
    give(desk, newsroom.correspondent, "chief_editor", newsroom.bureau)
    row = newsroom.correspondent.memberships.get(role=Role.CHIEF_EDITOR)
    position = list(newsroom.correspondent.memberships.order_by("pk")).index(row)
    change(desk, newsroom.correspondent, **{f"memberships-{position}-DELETE": "on"})
    told = [(e.sign, e.subject) for e in entries(auditor, newsroom.correspondent)]
    assert told[:2] == [("removed", "任职：总编 · 市公安局"), ("added", "任职：总编 · 市公安局")]


def test_a_changed_role_shows_what_it_was(desk: Client, auditor: Client, newsroom: Newsroom) -> None:
    user = newsroom.unit_reviewer
    change(desk, user, **last_row(user, role="chief_editor", until="2027-01-01"))
    changes = {c.field: (c.old, c.new) for c in entries(auditor, user)[0].changes}
    assert changes == {"角色": ("单位审核人", "总编"), "截止日期": ("—", "2027年1月1日")}


def test_what_no_signed_in_person_did_says_so(auditor: Client, newsroom: Newsroom) -> None:
    Membership.objects.create(user=newsroom.chief, role=Role.AUDITOR, unit=newsroom.bureau)
    assert entries(auditor, newsroom.chief)[0].who == ""
    page = auditor.get(reverse(f"admin:{ALL_CHANGES}")).content.decode()
    assert "系统（未经登录操作）" in page


def test_a_password_set_anew_stands_in_the_history_without_the_password(
    desk: Client, auditor: Client, newsroom: Newsroom
) -> None:
    address = reverse("admin:auth_user_password_change", args=[newsroom.chief.pk])
    desk.post(
        address,
        {"usable_password": "true", "password1": STRONG, "password2": STRONG, "unset-password": "1"},
    )
    newest = entries(auditor, newsroom.chief)[0]
    assert (newest.who, newest.reason, newest.changes) == ("管理员己", "重设了密码。", [])


def test_signing_in_is_no_change(newsroom: Newsroom) -> None:
    before = newsroom.chief.history.count()
    assert Client().login(username=newsroom.chief.username, password="correct horse")
    assert newsroom.chief.history.count() == before


def test_what_somebody_changed_stands_there_with_old_and_new(
    desk: Client, auditor: Client, newsroom: Newsroom
) -> None:
    change(desk, newsroom.chief, name="主任丁（退休）", is_active=None)
    changes = {(c.field, c.old, c.new) for c in entries(auditor, newsroom.chief)[0].changes}
    assert ("允许登录", "是", "否") in changes
    assert any(old == "主任丁" and new == "主任丁（退休）" for _field, old, new in changes)


def test_the_newest_change_stands_first(desk: Client, auditor: Client, newsroom: Newsroom) -> None:
    change(desk, newsroom.chief, email="d@example.org")
    give(desk, newsroom.chief, "auditor", newsroom.bureau)
    change(desk, newsroom.chief, email="e@example.org")
    moments = [entry.at for entry in entries(auditor, newsroom.chief)]
    assert moments == sorted(moments, reverse=True)
    assert [e.subject for e in entries(auditor, newsroom.chief)][:3] == ["", "任职：督察员 · 市公安局", ""]


def test_a_long_history_is_read_page_by_page_and_nothing_is_left_out(
    auditor: Client, newsroom: Newsroom
) -> None:
    user = make_user()
    for n in range(history.PAGE + 15):
        Membership.objects.create(user=user, role=Role.AUDITOR, unit=newsroom.bureau).delete()
        # Several at one moment, as a command would leave them.
        moment = timezone.now() - timedelta(days=n // 7)
        newest = list(Membership.history.filter(user=user).order_by("-history_id")[:2])
        Membership.history.filter(history_id__in=[r.history_id for r in newest]).update(history_date=moment)
    seen: list[history.Entry] = []
    before = ""
    while True:
        response = auditor.get(
            reverse("admin:accounts_user_history", args=[user.pk]), {"before": before} if before else {}
        )
        seen += response.context["entries"]
        before = response.context["older"]
        if not before:
            break
    assert len(seen) == Membership.history.filter(user=user).count() + user.history.count()


def test_the_list_of_all_changes_asks_no_more_of_the_database_when_it_is_long(
    auditor: Client, newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    for _n in range(history.PAGE + 20):
        Membership.objects.create(user=make_user(), role=Role.AUDITOR, unit=newsroom.bureau)
    with django_assert_max_num_queries(12):
        assert len(entries(auditor)) >= history.PAGE - 1


def test_the_history_speaks_english_to_whoever_chose_it(auditor: Client, newsroom: Newsroom) -> None:
    User.objects.filter(pk=newsroom.auditor.pk).update(language="en")
    page = auditor.get(reverse("admin:accounts_user_history", args=[newsroom.chief.pk])).content.decode()
    assert "Role: chief editor" in page


def test_what_a_fixture_brought_is_told_as_it_was_first_changed(desk: Client, auditor: Client) -> None:
    call_command("loaddata", "sample_page", verbosity=0)
    user = User.objects.get(username="sample-chief")
    assert entries(auditor, user) == []
    change(desk, user, email="x@example.org")
    changes = {c.field: c.old for c in entries(auditor, user)[0].changes}
    assert changes["电子邮箱"] == ""
