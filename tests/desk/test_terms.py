"""The table of terms in the desk: kept term by term, tried on a sentence, taken in and out as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from bulletins.desk import term_lists
from bulletins.models import TermEntry
from bulletins.readiness import Severity, office_terms
from bulletins.readiness.term_files import MOST_BYTES, read, shipped, to_csv, to_xlsx
from bulletins.readiness.terms import Term
from tests.factories import Newsroom, make_user
from tests.shown import as_shown, error_of, sentences

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bulletins_termentry_changelist")
IMPORT = reverse("admin:terms_import")
LOOK = reverse("admin:terms_look")
HEAD = "词语,建议,级别,例外,说明,生效日期,失效日期\n"


@pytest.fixture(autouse=True)
def three_terms() -> None:
    TermEntry.objects.all().delete()
    TermEntry.history.all().delete()
    office_terms.change(
        add=[
            Term("样版", ("样版面",), suggestion="样板", note="“版”指印刷。"),
            Term("罪犯", severity=Severity.BLOCK, note="判决前不能用。"),
            Term("登陆", severity=Severity.INFO),
        ],
        by=None,
        reason="",
    )


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


def add(desk: Client, **fields: Any) -> HttpResponse:
    address = reverse("admin:bulletins_termentry_add")
    return desk.post(address, as_shown(desk.get(address), **fields))


def change(desk: Client, match: str, **fields: Any) -> HttpResponse:
    entry = TermEntry.objects.get(match=match)
    address = reverse("admin:bulletins_termentry_change", args=[entry.pk])
    return desk.post(address, as_shown(desk.get(address), **fields))


def page(response: HttpResponse) -> str:
    return response.content.decode()


# --- The list -----------------------------------------------------------------------------------------------------


def test_the_list_shows_what_a_term_says(desk: Client) -> None:
    shown = page(desk.get(LIST))
    assert all(words in shown for words in ("样版", "样板", "“版”指印刷。", "severity-block"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "样"}, ["样版"]),
        ({"q": "判决"}, ["罪犯"]),
        ({"severity__exact": "info"}, ["登陆"]),
        ({"q": "无此词"}, []),
    ],
)
def test_terms_are_found_by_their_words_and_by_severity(
    desk: Client, query: dict[str, str], found: list[str]
) -> None:
    response: Any = desk.get(LIST, query)
    assert [entry.match for entry in response.context["cl"].result_list] == found


def test_a_list_of_thousands_is_not_counted_by_the_database(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    TermEntry.objects.bulk_create(TermEntry(match=f"词{number}") for number in range(2500))
    with django_assert_max_num_queries(15) as caught:
        assert desk.get(LIST).status_code == 200
    assert not [query for query in caught if "COUNT(*)" in query["sql"].upper()]


# --- The form -----------------------------------------------------------------------------------------------------


def test_a_term_is_added_as_a_list_would_write_it(desk: Client) -> None:
    response = add(
        desk,
        match=" 政部 ",
        severity="warn",
        exceptions="市政部门\r\n 民政部 \r\n市政部门",
        note="一\r\n二",
        valid_from="2026-01-01",
    )
    assert response.status_code == 302
    entry = TermEntry.objects.get(match="政部")
    assert (entry.exceptions, entry.note) == ("市政部门\n民政部", "一\n二")
    assert (
        Term("政部", ("市政部门", "民政部"), note="一\n二", valid_from=entry.valid_from)
        in office_terms.terms().terms
    )


@pytest.mark.parametrize(
    ("fields", "where", "sentence"),
    [
        ({"match": ""}, "match", "必填"),
        ({"match": "\u200b"}, "match", "缺少词语"),
        ({"match": "样\u200b本"}, "match", "看不见"),
        ({"match": "甲", "suggestion": "甲"}, "suggestion", "建议写法与词语相同"),
        ({"match": "甲", "exceptions": "甲板\n乙板"}, "exceptions", "乙板"),
        ({"match": "甲", "exceptions": "甲"}, "exceptions", "甲"),
        ({"match": "甲", "exceptions": "甲" * 101}, "exceptions", "100"),
        ({"match": "甲", "note": "一\n" * 20 + "二"}, "note", "20"),
        ({"match": "甲", "valid_from": "2026-02-02", "valid_to": "2026-02-01"}, "valid_to", "早于"),
        ({"match": "甲", "valid_from": "2026-02-30"}, "valid_from", "日期"),
    ],
)
def test_what_a_list_would_leave_out_the_form_refuses_beside_the_field(
    desk: Client, fields: dict[str, str], where: str, sentence: str
) -> None:
    response = add(desk, **({"severity": "warn"} | fields))
    assert sentence in error_of(response, where)
    assert TermEntry.objects.count() == 3


def test_a_word_stands_once_in_a_period(desk: Client) -> None:
    assert "词语表中已有该词语" in sentences(add(desk, match="样版", severity="info"))
    assert add(desk, match="样版", severity="info", valid_to="2020-01-01").status_code == 302


def test_a_term_with_too_many_others_in_it_is_refused_and_so_is_the_one_too_many(desk: Client) -> None:
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"
    office_terms.change(add=[Term(letter) for letter in letters], by=None, reason="")
    assert "20" in error_of(add(desk, match=letters, severity="warn"), "match")
    TermEntry.objects.get(match="戌").delete()
    assert add(desk, match=letters, severity="warn").status_code == 302
    assert letters in error_of(add(desk, match="戌", severity="warn"), "match")
    assert add(desk, match="亥", severity="warn").status_code == 302
    assert change(desk, letters, note="还能改").status_code == 302


def test_every_change_and_the_end_of_a_term_stand_in_its_history(desk: Client) -> None:
    entry = TermEntry.objects.get(match="样版")
    change(desk, "样版", suggestion="样本")
    desk.post(reverse("admin:bulletins_termentry_delete", args=[entry.pk]), {"post": "yes"})
    history = page(desk.get(reverse("admin:bulletins_termentry_history", args=[entry.pk])))
    assert all(words in history for words in ("样板", "样本", "管理员己"))
    assert "样版" not in {term.match for term in office_terms.terms().terms}


# --- A sentence to try it on --------------------------------------------------------------------------------------


def test_a_sentence_shows_what_would_be_found_in_it(desk: Client) -> None:
    shown = page(desk.get(reverse("admin:terms_try"), {"text": "罪犯在样版面的样版前。"}))
    assert shown.count("<mark>样版</mark>") == 1
    assert "<mark>罪犯</mark>" in shown


@pytest.mark.parametrize("text", ["", "没有。", "<b>&\x00\ud7ff😀", "样版" * 400])
def test_any_sentence_can_be_tried(desk: Client, text: str) -> None:
    response = desk.get(reverse("admin:terms_try"), {"text": text})
    assert response.status_code == 200
    assert "<b>&" not in page(response)


def test_a_sentence_full_of_terms_says_that_it_was_not_read_to_its_end(desk: Client) -> None:
    TermEntry.objects.create(match="的")
    assert "没有检查到底" in page(desk.get(reverse("admin:terms_try"), {"text": "的" * 500}))


# --- What comes with the program ----------------------------------------------------------------------------------


def test_shipped_terms_that_are_missing_are_added_by_a_button_until_none_is(desk: Client) -> None:
    assert reverse("admin:terms_shipped") in page(desk.get(LIST))
    for _ in range(2):
        assert desk.post(reverse("admin:terms_shipped")).status_code == 302
    assert TermEntry.objects.count() == len({term.match for term in shipped()} | {"罪犯", "登陆"})
    assert TermEntry.objects.get(match="样版").note == "“版”指印刷。"
    assert reverse("admin:terms_shipped") not in page(desk.get(LIST))


# --- Taking a list in ---------------------------------------------------------------------------------------------


def send(
    desk: Client, data: bytes | str, *, name: str = "list.csv", way: str = "add", follow: bool = True
) -> Any:
    chosen = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return desk.post(IMPORT, {"file": chosen, "way": way}, follow=follow)


def confirm(desk: Client, shown: Any) -> Any:
    token, seen = shown.context["upload"].token, shown.context["seen"]
    return desk.post(LOOK, {"upload": token, "seen": seen}, follow=True)


def kept() -> list[Path]:
    folder = Path(house.MEDIA_ROOT) / term_lists.FOLDER
    return list(folder.iterdir()) if folder.exists() else []


def matches() -> set[str]:
    return {term.match for term in office_terms.terms().terms}


def test_what_a_list_would_do_is_shown_before_anything_is_written(desk: Client) -> None:
    response = send(desk, HEAD + "按装,安装\n样版,样板,禁止\n布署,,最坏\n")
    shown = page(response)
    plan = response.context["plan"]
    assert (len(plan.added), len(plan.changed), len(plan.removed), len(plan.left_out)) == (1, 1, 0, 1)
    assert all(words in shown for words in ("按装", "样版", "布署", "最坏", "list.csv"))
    assert matches() == {"样版", "罪犯", "登陆"}


@pytest.mark.parametrize(
    ("way", "after"), [("add", {"样版", "罪犯", "登陆", "按装"}), ("replace", {"样版", "按装"})]
)
def test_one_button_does_what_was_shown(
    desk: Client, way: str, after: set[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = confirm(desk, send(desk, HEAD + "按装,安装\n样版,样板,禁止\n", way=way))
    assert response.redirect_chain[-1][0] == LIST
    assert matches() == after
    assert TermEntry.objects.get(match="样版").severity == "block"
    assert kept() == []
    history = page(
        desk.get(reverse("admin:bulletins_termentry_history", args=[TermEntry.objects.get(match="按装").pk]))
    )
    assert all(words in history for words in ("管理员己", "list.csv"))


def test_the_button_pressed_twice_does_it_once(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    shown = send(desk, HEAD + "按装,安装\n")
    # The second comes before the first has put the file away, the third after it.
    with django_capture_on_commit_callbacks(execute=True):
        confirm(desk, shown)
        assert "已经导入" in page(confirm(desk, shown))
    assert "已经导入" in page(confirm(desk, shown))
    assert TermEntry.history.filter(match="按装").count() == 1


def test_a_table_that_was_changed_meanwhile_is_looked_at_once_more(desk: Client) -> None:
    shown = send(desk, HEAD + "按装,安装\n", way="replace")
    TermEntry.objects.create(match="新来")
    again = confirm(desk, shown)
    assert len(again.context["plan"].removed) == 4
    assert "新来" in matches()
    confirm(desk, again)
    assert matches() == {"按装"}


def test_a_list_that_says_what_the_table_says_has_no_button(desk: Client) -> None:
    response = send(desk, to_csv(office_terms.table()), way="replace")
    assert 'name="seen"' not in page(response)
    assert "没有需要导入" in page(response)


def test_an_upload_is_of_use_to_nobody_else(desk: Client, desk_of: Callable[..., Client]) -> None:
    shown = send(desk, HEAD + "按装,安装\n")
    other = desk_of(make_user(Role.ADMINISTRATOR))
    assert other.get(LOOK, {"upload": shown.context["upload"].token}).status_code == 302
    assert (
        other.get(reverse("admin:terms_left_out"), {"upload": shown.context["upload"].token}).status_code
        == 302
    )
    confirm(other, shown)
    assert "按装" not in matches()


def test_an_upload_is_kept_for_a_day(desk: Client) -> None:
    shown = send(desk, HEAD + "按装,安装\n")
    token = shown.context["upload"].token
    later = timezone.now() + timedelta(days=2)
    with mock.patch("django.core.signing.time.time", lambda: later.timestamp()):
        desk.post(LOOK, {"upload": token, "seen": shown.context["seen"]})
    assert "按装" not in matches()
    with mock.patch.object(timezone, "now", lambda: later):
        send(desk, HEAD + "布署,部署\n")
    assert len(kept()) == 1


@pytest.mark.parametrize("token", ["", "x", "e30:x:y"])
def test_a_broken_token_leads_back_to_the_list(desk: Client, token: str) -> None:
    for response in (desk.get(LOOK, {"upload": token}), desk.post(LOOK, {"upload": token, "seen": ""})):
        assert (response.status_code, response["Location"]) == (302, LIST)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("list.csv", b"", "文件是空的"),
        ("list.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 99, "第一行"),
        ("list.xlsx", b"PK\x03\x04" + bytes(99), "已损坏"),
        ("list.xls", b"\xd0\xcf\x11\xe0" + bytes(99), ".xls"),
        ("list.csv", b"a" * (MOST_BYTES + 1), "20 MB"),
        ("big.csv", b"a" * 40_000_000, "20 MB"),
    ],
    ids=["empty", "a program", "damaged", "old", "too large", "40 MB"],
)
def test_a_file_that_is_no_list_is_answered_with_a_sentence_and_not_kept(
    desk: Client, name: str, data: bytes, sentence: str
) -> None:
    response = send(desk, data, name=name)
    assert response.status_code in {200, 422}
    assert sentence in page(response)
    assert kept() == []


def test_no_file_is_asked_for(desk: Client) -> None:
    assert "先选择" in page(desk.post(IMPORT, {"way": "add"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_list_is_taken_in_whatever_an_office_saves_it(desk: Client, encoding: str) -> None:
    confirm(desk, send(desk, (HEAD + "按装,安装\n").encode(encoding)))
    assert "按装" in matches()


def test_long_lists_are_cut_on_screen_and_their_number_is_said(desk: Client) -> None:
    broken = "".join(f"坏{n},,最坏\n" for n in range(120))
    response = send(desk, HEAD + broken + "".join(f"词{n}\n" for n in range(150)))
    shown = page(response)
    assert [number for number in (0, 49, 50, 119) if f"坏{number}," in shown] == [0, 49]
    assert [number for number in (0, 49, 50, 149) if f">词{number}<" in shown] == [0, 49]
    assert all(number in shown for number in ("120", "150", "70", "100"))
    report = desk.get(f"{reverse('admin:terms_left_out')}?{response.context['address']}")
    rows = list(csv.reader(io.StringIO(report.content.decode("utf-8-sig"))))
    assert (len(rows), rows[1][0], rows[-1][0]) == (121, "2", "121")
    assert rows[1][2].startswith("坏0")


def test_no_cell_of_the_report_is_a_formula(desk: Client) -> None:
    response = send(desk, HEAD + "=cmd(),,最坏\n")
    report = desk.get(f"{reverse('admin:terms_left_out')}?{response.context['address']}").content.decode()
    assert "'=cmd()" in report


# --- Taking the table out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_table_goes_out_and_comes_in_as_it_was(desk: Client, kind: str) -> None:
    response = desk.get(reverse("admin:terms_export", args=[kind]))
    assert f".{kind}" in response["Content-Disposition"]
    assert read(f"t.{kind}", response.content).terms == list(office_terms.table())
    before = matches()
    TermEntry.objects.all().delete()
    confirm(desk, send(desk, response.content, name=f"t.{kind}", way="replace"))
    assert matches() == before


def test_there_is_no_other_kind(desk: Client) -> None:
    assert desk.get(reverse("admin:terms_export", args=["exe"])).status_code == 404


# --- Who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_the_administrator_changes_it_by_the_dozen_and_the_auditor_looks_at_it(
    newsroom: Newsroom, desk_of: Callable[..., Client], role: str
) -> None:
    user = make_user(Role(role), None if role == Role.ADMINISTRATOR else newsroom.bureau)
    client = desk_of(user)
    looks = [client.get(reverse("admin:terms_try")), client.get(reverse("admin:terms_export", args=["csv"]))]
    may_look = role in {Role.ADMINISTRATOR, Role.AUDITOR}
    assert [response.status_code for response in looks] == [200 if may_look else 403] * 2
    asks = [client.get(IMPORT), client.post(IMPORT), client.get(LOOK), client.post(LOOK)]
    asks += [client.get(reverse("admin:terms_left_out")), client.post(reverse("admin:terms_shipped"))]
    may_change = role == Role.ADMINISTRATOR
    assert [response.status_code != 403 for response in asks] == [may_change] * 6
    assert TermEntry.objects.exclude(match__in=["样版", "罪犯", "登陆"]).exists() is may_change


def test_the_auditor_is_offered_no_button_that_would_be_refused(
    newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    shown = page(desk_of(make_user(Role.AUDITOR, newsroom.bureau)).get(LIST))
    assert IMPORT not in shown
    assert reverse("admin:terms_shipped") not in shown
    assert reverse("admin:terms_export", args=["csv"]) in shown


def test_shipped_terms_are_not_added_by_following_a_link(desk: Client) -> None:
    assert desk.get(reverse("admin:terms_shipped")).status_code == 403


def test_xlsx_is_taken_in_too(desk: Client) -> None:
    confirm(desk, send(desk, to_xlsx([Term("按装", suggestion="安装")]), name="list.xlsx"))
    assert TermEntry.objects.get(match="按装").suggestion == "安装"
