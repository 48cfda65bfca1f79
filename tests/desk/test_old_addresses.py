"""Old addresses in the desk: kept one by one, taken in as lists, and refused with a sentence where they cannot stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from bulletins.models import OldAddress, SiteProfile
from bulletins.old_addresses import MOST_BYTES
from tests.factories import Newsroom, make_user
from tests.shown import as_shown, error_of

pytestmark = pytest.mark.django_db

LIST = reverse("admin:bulletins_oldaddress_changelist")
IMPORT = reverse("admin:old_addresses_import")
EXPORT = reverse("admin:old_addresses_export")


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


def add(desk: Client, old: str, target: str) -> HttpResponse:
    address = reverse("admin:bulletins_oldaddress_add")
    return desk.post(address, as_shown(desk.get(address), old=old, target=target))


def send(desk: Client, text: str | bytes, way: str = "take") -> HttpResponse:
    data = text.encode() if isinstance(text, str) else text
    return desk.post(IMPORT, {"file": SimpleUploadedFile("旧站.csv", data), "way": way})


def test_one_is_kept_and_leads_on(desk: Client) -> None:
    assert add(desk, " /News.asp?id=1 ", "JN-2021-000001").status_code == 302
    entry = OldAddress.objects.get()
    assert (entry.old, entry.target, entry.key) == ("/News.asp?id=1", "JN-2021-000001", "/news.asp?id=1")
    assert "/News.asp?id=1" in desk.get(LIST).content.decode()
    assert entry.history.get().history_user.name
    history = desk.get(reverse("admin:bulletins_oldaddress_history", args=[entry.pk])).content.decode()
    assert "JN-2021-000001" in history


@pytest.mark.parametrize(
    ("old", "target", "field"),
    [
        ("news.asp", "/units/", "old"), ("/", "/units/", "old"), ("/a\0", "/units/", "old"), ("/there", "/tags/", "old"),
        ("/a", "https://evil.example/", "target"), ("/a", "//evil.example/", "target"), ("/a", "/a/", "target"),
        ("/a", "/there", "target"), ("/units", "/b", "old"), ("/{x}", "/b/{y}", "target"), ("", "", "old"),
        ("/" + "a" * 600, "/units/", "old"), ("/a", "/" + "b" * 600, "target"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_beside_its_field(
    desk: Client, old: str, target: str, field: str
) -> None:
    OldAddress.objects.create(old="/there", target="/units/")
    response = add(desk, old, target)
    assert response.status_code == 200
    assert error_of(response, field)
    assert OldAddress.objects.count() == 1


def test_one_can_be_changed_without_standing_in_its_own_way(desk: Client) -> None:
    entry = OldAddress.objects.create(old="/a", target="/units/")
    other = OldAddress.objects.create(old="/b", target="/units/")
    address = reverse("admin:bulletins_oldaddress_change", args=[entry.pk])
    assert desk.post(address, as_shown(desk.get(address), target="/tags/")).status_code == 302
    assert error_of(desk.post(address, as_shown(desk.get(address), target="/b")), "target")
    assert error_of(desk.post(address, as_shown(desk.get(address), old="/B/")), "old")
    entry.refresh_from_db()
    assert (entry.old, entry.target) == ("/a", "/tags/")
    assert (
        desk.post(reverse("admin:bulletins_oldaddress_delete", args=[other.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert OldAddress.objects.count() == 1


def test_looking_at_a_list_changes_nothing(desk: Client) -> None:
    response = send(desk, "/a,/units/\nb,/units/\n", "look")
    shown = response.content.decode()
    assert response.status_code == 200
    assert all(said in shown for said in ("/a", "b,/units/", "要以斜杠开头", "尚未改动"))
    assert not OldAddress.objects.exists()


def test_a_list_is_taken_in_and_its_broken_lines_are_shown(desk: Client, newsroom: Newsroom) -> None:
    shown = send(desk, "旧地址,新地址\n/a,/units/\n/b,/c\n/c,/b\n<b>,/x\n").content.decode()
    assert all(said in shown for said in ("新增 2 条", "循环跳转", "&lt;b&gt;"))
    assert {entry.old for entry in OldAddress.objects.all()} == {"/a", "/b"}
    record = OldAddress.history.first()
    assert (record.history_user, record.history_change_reason) == (
        newsroom.administrator,
        "导入旧地址：旧站.csv",
    )
    again = send(desk, "/a,/units/\n/b,/c\n").content.decode()
    assert "新增 0 条" in again
    assert OldAddress.history.count() == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rest", b"\n"])
def test_what_is_no_list_is_told(desk: Client, data: bytes) -> None:
    response = send(desk, data)
    assert response.status_code == 422
    assert "errornote" in response.content.decode()


def test_a_list_that_is_too_large_or_missing_is_told(desk: Client) -> None:
    assert "10 MB" in send(desk, b"x" * (MOST_BYTES + 1)).content.decode()
    assert desk.post(IMPORT, {"way": "take"}).context["form"].errors["file"]
    assert desk.post(IMPORT, {"way": "all"}).context["form"].errors["way"]


def test_the_table_is_taken_out_as_it_can_be_read_again(desk: Client) -> None:
    OldAddress.objects.create(old="/新闻.asp?id=1", target="/units/")
    response = desk.get(EXPORT)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    OldAddress.objects.all().delete()
    send(desk, response.content)
    assert OldAddress.objects.get().old == "/新闻.asp?id=1"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_takes_lists_in(newsroom: Newsroom, desk_of: Callable[..., Client], role: Role) -> None:
    browser = desk_of(make_user(role, newsroom.bureau))
    assert browser.get(IMPORT).status_code == 403
    assert send(browser, "/a,/units/\n").status_code == 403
    assert browser.get(EXPORT).status_code == (200 if role == Role.AUDITOR else 403)
    assert not OldAddress.objects.exists()


def test_the_profile_refuses_what_is_no_address(desk: Client) -> None:
    profile = SiteProfile.objects.create()
    address = reverse("admin:bulletins_siteprofile_change", args=[profile.pk])

    def refused(**fields: Any) -> set[str]:
        response = desk.post(address, as_shown(desk.get(address), **fields))
        return set(response.context["adminform"].form.errors) if response.status_code == 200 else set()

    for bad in (
        "www.example.gov.cn",
        "https://a.example/",
        "https://a.example/x",
        "javascript:x",
        "https://A.example",
    ):
        assert refused(address=bad) == {"address"}, bad
    for bad in ("//evil.example", "javascript:x", "/\\evil", "somewhere"):
        assert refused(accessibility_statement=bad) == {"accessibility_statement"}, bad
    for bad in ("security@example.cn", "mailto:x", "mailto:a@b.cn\nx", "javascript:x"):
        assert refused(security_contact=bad) == {"security_contact"}, bad
    assert not refused(
        address="https://www.example.gov.cn:8443", accessibility_statement="/about/",
        security_contact="mailto:a@b.cn", security_expires="2027-01-31",
    )  # fmt: skip
