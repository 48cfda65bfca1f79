"""The log in the desk: for the auditor and the administrator, each with what they may know."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bulletins.models import LogEntry
from tests.factories import Newsroom, make_user

DeskOf = Callable[[User], Client]
LOG = reverse("admin:log")


def shown(client: Client, **asked: str) -> list[LogEntry]:
    return [line.entry for line in client.get(LOG, asked).context["lines"]]


def downloaded(client: Client, form: str, **asked: str) -> str:
    answer = client.get(reverse("admin:log_download", args=[form]), asked)
    assert answer.status_code == 200 and answer.streaming
    return b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["correspondent", "unit_reviewer", "desk_editor", "chief"])
def test_it_is_for_nobody_else(newsroom: Newsroom, desk_of: DeskOf, who: str) -> None:
    client = desk_of(getattr(newsroom, who))
    assert client.get(LOG).status_code == 403
    assert client.get(reverse("admin:log_download", args=["csv"])).status_code == 403
    assert 'href="/desk/log/"' not in client.get("/desk/").text


def test_steps_are_told_to_an_auditor_of_their_unit_and_to_nobody_who_may_not_read_the_article(
    newsroom: Newsroom, desk_of: DeskOf
) -> None:
    number = newsroom.submitted().number
    elsewhere = make_user(Role.AUDITOR, newsroom.other_station)
    assert {entry.number for entry in shown(desk_of(newsroom.auditor))} >= {number, ""}
    for user in (newsroom.administrator, elsewhere):
        client = desk_of(user)
        assert {entry.number for entry in shown(client)} == {""}
        assert shown(client, number=number) == []
        assert number not in downloaded(client, "jsonl")


def test_it_is_narrowed_by_kind_person_article_and_day(newsroom: Newsroom, desk_of: DeskOf) -> None:
    one, other = newsroom.submitted(), newsroom.draft()
    client = desk_of(newsroom.auditor)
    assert {e.kind for e in shown(client, kind="role")} == {"role"}
    assert {e.number for e in shown(client, number=other.number.lower())} == {other.number}
    told = shown(client, person="通讯员甲")
    assert {e.what for e in told} == {"added", "start", "submit"}
    assert [e.what for e in shown(client, number=one.number)] == ["submit", "start"]
    assert shown(client, since="2099-01-01") == [] and shown(client, until="2001-01-01") == []
    # What is no question is not asked.
    assert shown(client, since="2099-99-99", person="\0", kind="x", before="y" * 30)


def test_pages_go_on_where_the_last_one_ended(newsroom: Newsroom, desk_of: DeskOf, monkeypatch: Any) -> None:
    monkeypatch.setattr("bulletins.desk.log.PAGE", 4)
    client = desk_of(newsroom.auditor)
    seen: list[int] = []
    asked = ""
    while True:
        page = client.get(f"{LOG}?{asked}")
        seen += [line.entry.sequence for line in page.context["lines"]]
        asked = page.context["more"]
        if not asked:
            break
    assert seen == list(range(LogEntry.objects.count(), 0, -1))


def test_the_files_are_narrowed_as_the_page_is(newsroom: Newsroom, desk_of: DeskOf) -> None:
    newsroom.submitted()
    client = desk_of(newsroom.auditor)
    rows = list(csv.reader(io.StringIO(downloaded(client, "csv", kind="article").removeprefix("\ufeff"))))
    assert [row[3] for row in rows[1:]] == ["新建稿件", "投稿"]
    lines = [json.loads(line) for line in downloaded(client, "jsonl", kind="article").splitlines()]
    assert [line["what"] for line in lines] == ["start", "submit"]
    assert client.get(reverse("admin:log_download", args=["exe"])).status_code == 404


def test_it_asks_as_much_for_many_entries_as_for_few(
    newsroom: Newsroom, desk_of: DeskOf, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        newsroom.submitted()
    client = desk_of(newsroom.auditor)
    asked = {"person": "甲", "since": "2020-01-01", "until": "2099-01-01", "kind": "article"}
    with django_assert_max_num_queries(20):
        assert len(shown(client, **asked)) == 12
