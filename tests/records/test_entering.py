"""What is entered in the log: by whom, about what, in the transaction of what it tells, and never a secret."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import AppendOnlyError, Kind, LogEntry, LogHead, Route, TermEntry, Transition
from tests.factories import Newsroom, make_user
from units import telling

LOGIN = "admin:login"


def last() -> LogEntry:
    found = LogEntry.objects.order_by("sequence").last()
    assert found is not None
    return found


def details(entry: LogEntry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.details)
    return found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_entry_holds_the_hash_of_the_one_before_it(newsroom: Newsroom) -> None:
    before = ""
    for number, entry in enumerate(LogEntry.objects.order_by("sequence"), start=1):
        assert (entry.sequence, entry.before, entry.hash) == (number, before, entry.seal())
        before = entry.hash
    head = LogHead.objects.get()
    assert (head.sequence, head.hash) == (last().sequence, before)


def test_a_step_is_entered_with_the_hash_of_the_text_and_without_the_text(newsroom: Newsroom) -> None:
    article = newsroom.submitted(headline="绝密标题")
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="不外传的理由")
    step, entry = Transition.objects.latest("pk"), last()
    assert (entry.kind, entry.what, entry.actor, entry.number) == (
        "article", "return", newsroom.unit_reviewer, article.number,
    )  # fmt: skip
    assert entry.transition == step.pk
    assert step.revision and details(entry)["content_hash"] == step.revision.content_hash
    assert "绝密标题" not in entry.details + entry.about and "不外传的理由" not in entry.details + entry.about


def test_a_step_that_is_taken_back_leaves_no_entry(newsroom: Newsroom) -> None:
    article, before = newsroom.draft(), last()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        workflow.perform("submit", article, actor=newsroom.correspondent)
        raise ZeroDivisionError
    assert last() == before and LogHead.objects.get().sequence == before.sequence


def test_a_step_that_cannot_be_entered_is_not_taken(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = newsroom.draft()

    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(LogHead, "locked", full)
    with pytest.raises(DatabaseError):
        workflow.perform("submit", article, actor=newsroom.correspondent)
    article.refresh_from_db()
    assert article.stage == "draft"


def test_an_entry_costs_three_queries(newsroom: Newsroom, django_assert_num_queries: Any) -> None:
    newsroom.draft()
    step = Transition.objects.select_related("article", "actor", "revision", "release").latest("pk")
    with django_assert_num_queries(3):
        LogEntry.objects.append([LogEntry(kind="article", what=step.verb)])


def test_whoever_signs_in_and_out_is_entered_with_the_address(newsroom: Newsroom) -> None:
    client = Client()
    form = {"username": newsroom.chief.username, "password": "correct horse"}
    client.post(reverse(LOGIN), form)
    entry = last()
    assert (entry.kind, entry.what, entry.actor) == ("sign_in", "signed_in", newsroom.chief)
    assert details(entry) == {"address": "127.0.0.1"}
    client.post(reverse("admin:logout"))
    assert (last().what, last().actor) == ("signed_out", newsroom.chief)


def test_of_a_sign_in_that_failed_only_a_known_account_is_named(newsroom: Newsroom) -> None:
    def fails(username: str) -> LogEntry:
        Client().post(reverse(LOGIN), {"username": username, "password": "hunter2"})
        assert last().what == "sign_in_failed" and last().actor is None
        return last()

    assert fails(newsroom.chief.username).about == f"主任丁（{newsroom.chief.username}）"
    for typed in ("correct horse", "🙂" * 150, "'; DROP TABLE x; --" + "x" * 130):
        entry = fails(typed)
        assert (entry.about, entry.who, details(entry)) == ("", "", {"address": "127.0.0.1"})
    assert not LogEntry.objects.filter(details__contains="hunter2").exists()


@pytest.mark.parametrize("typed", ["名\x00字", "x" * 5000])
def test_what_is_no_name_at_all_is_refused_before_anybody_is_asked(newsroom: Newsroom, typed: str) -> None:
    Client().post(reverse(LOGIN), {"username": typed, "password": "hunter2"})
    assert not LogEntry.objects.filter(details__contains="xxxx").exists()


def test_a_role_that_is_given_is_entered_with_who_gave_it(newsroom: Newsroom) -> None:
    somebody = make_user(name="新人🙂")
    page = reverse("admin:accounts_user_change", args=[somebody.pk])
    form = {
        "name": somebody.name, "username": somebody.username, "email": "a@b.cn", "language": "zh-hans", "is_active": "on",
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-0-user": somebody.pk,
        "memberships-0-role": Role.DESK_EDITOR, "memberships-0-unit": newsroom.bureau.pk,
    }  # fmt: skip
    before = last().sequence
    assert browser(newsroom.administrator).post(page, form).status_code == 302
    person, role = LogEntry.objects.filter(sequence__gt=before + 1).order_by("sequence")
    assert (role.kind, role.what, role.actor) == ("role", "added", newsroom.administrator)
    assert role.about == f"新人🙂（{somebody.username}）"
    assert details(role)["set"]["role"] == Role.DESK_EDITOR and details(role)["set"]["unit"] == "市公安局"
    # That there is an address now, and not which.
    assert (person.kind, details(person)["changed"]) == ("person", {"email": None})


def test_a_role_that_is_taken_away_and_a_password_that_is_set_are_entered(newsroom: Newsroom) -> None:
    newsroom.chief.memberships.get().delete()
    assert (last().kind, last().what) == ("role", "removed")
    page = reverse("admin:auth_user_password_change", args=[newsroom.chief.pk])
    form = {"usable_password": "true", "password1": "a brand new phrase", "password2": "a brand new phrase"}
    assert browser(newsroom.administrator).post(page, form).status_code == 302
    entry = last()
    assert (entry.kind, entry.what, entry.actor) == ("person", "password_set", newsroom.administrator)
    assert not LogEntry.objects.filter(details__contains="password").exists()


def test_a_setting_is_entered_with_what_it_was_and_is(newsroom: Newsroom) -> None:
    route = Route.objects.create(kind=Kind.BRIEF)
    page = reverse("admin:bulletins_route_change", args=[route.pk])
    browser(newsroom.administrator).post(page, {"kind": "brief", "unit_review": "on"})
    entry = last()
    assert (entry.kind, entry.what, entry.about) == ("setting", "changed", "简讯")
    assert details(entry)["changed"] == {"desk_review": [True, False]}


def test_what_one_form_changes_is_told_together_and_not_at_all_if_it_fails(newsroom: Newsroom) -> None:
    before = last().sequence
    with pytest.raises(ZeroDivisionError), telling.together():
        Route.objects.create(kind=Kind.BRIEF)
        raise ZeroDivisionError
    assert last().sequence == before and not Route.objects.exists()
    with telling.together():
        Route.objects.create(kind=Kind.BRIEF)
        assert last().sequence == before
        Membership.objects.create(user=newsroom.chief, role=Role.AUDITOR, unit=newsroom.bureau)
    assert [e.kind for e in LogEntry.objects.filter(sequence__gt=before)] == ["setting", "role"]


def test_a_list_of_terms_that_is_taken_in_is_one_entry(newsroom: Newsroom) -> None:
    for term in TermEntry.objects.all()[:2]:
        term.delete()
    assert browser(newsroom.administrator).post(reverse("admin:terms_shipped")).status_code == 302
    assert (last().what, last().actor) == ("list_taken_in", newsroom.administrator)
    assert details(last())["counts"] == {"added": 2}


@pytest.mark.django_db
def test_the_steps_of_a_fixture_are_entered_once_however_often_it_is_loaded() -> None:
    for _time in range(2):
        call_command("loaddata", "sample_page", verbosity=0)
        entered = LogEntry.objects.filter(kind="article")
        assert entered.count() == Transition.objects.count() == 48
    assert all(details(entry)["was_there"] for entry in entered)
    assert LogEntry.objects.filter(what="loaded").count() == 2


def test_an_entry_is_never_changed_or_deleted(newsroom: Newsroom) -> None:
    entry = last()
    for change in (entry.save, entry.delete, LogEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        LogEntry.objects.update(what="x")
    if connection.vendor == "postgresql":
        for statement in ("UPDATE bulletins_logentry SET what = 'x'", "DELETE FROM bulletins_logentry"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
