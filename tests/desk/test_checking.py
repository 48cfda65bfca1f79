"""The checks beside the form: what is looked at is what would be saved, and looking writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from taggit.models import Tag

from accounts.models import User
from bulletins import workflow
from bulletins.desk import checking, photos
from bulletins.desk.sheet import Sheet
from bulletins.models import Article, Override, Stage
from bulletins.models.revision import content_of, hash_of
from tests.browser.people import photo_file
from tests.desk.conftest import filled_in
from tests.factories import Newsroom, make_campaign, make_correspondent

pytestmark = pytest.mark.django_db

CHECK = "/desk/articles/check/"
PHONE = "<p>联系人电话13812345678。</p>"
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|SAVEPOINT|BEGIN|SELECT.*FOR UPDATE)", re.IGNORECASE)
Desk = Callable[[User], Client]


def data_of(form: dict[str, Any]) -> QueryDict:
    """As a browser would send it."""
    data = QueryDict(mutable=True)
    for name, value in form.items():
        data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return data


def a_photo(name: str = "甲.jpg", colour: str = "steelblue") -> str:
    """The token of a picture that was uploaded a moment ago."""
    picture = photo_file(name, colour)
    return photos.receive(SimpleUploadedFile(name, picture["buffer"], picture["mimeType"]))


def about(article: Article, **fields: Any) -> dict[str, Any]:
    """The form of an article, as the script sends it."""
    return filled_in(article, **fields) | {"article": article.number}


def asked(desk: Client, form: dict[str, Any]) -> HttpResponse:
    """The answer, and proof that nothing was written for it."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = desk.post(CHECK, form)
    assert not [query["sql"] for query in queries if WRITING.match(query["sql"])]
    return answer


def keys(answer: HttpResponse) -> list[str]:
    panel: checking.Panel = answer.context["panel"]  # type: ignore[attr-defined]
    return [line.finding.key for group in panel.groups for line in group.lines]


def fields(answer: HttpResponse, key: str) -> list[str]:
    panel: checking.Panel = answer.context["panel"]  # type: ignore[attr-defined]
    return [line.field for group in panel.groups for line in group.lines if line.finding.key == key]


# --- What would be saved -----------------------------------------------------------------------------------------------


FORMS: dict[str, dict[str, Any]] = {
    "plain": {},
    "headline of several lines": {"headline": "  第一行 \r\n\r\n 第二行\r\n"},
    "summary of several lines": {"summary": " 提要第一行\r\n第二行 "},
    "markup from elsewhere": {
        "body": '<div onclick="x()">好<b>字</b></div><p>　　缩进</p><p> </p><img src="http://x.test/a.png">'
    },
    "plain text": {"body": "第一段：3<5。\r\n\r\n　　第二段&第三句。\n"},
    "emoji and rare characters": {"headline": "𬱖山👮", "body": "<p>𬱖𠮷👮‍♀️</p>"},
    "tags": {"tags": "反诈、abc，ABC 新词 新词"},
    "another kind": {"kind": "case", "headline_join": "nothing"},
    "byline": {
        "credits-TOTAL_FORMS": "5",
        "credits-0-name": "牛文县", "credits-0-ORDER": "3", "credits-0-role": "photo",
        "credits-1-name": "侯宪锋", "credits-1-ORDER": "1", "credits-1-capacity": "reporter",
        "credits-2-name": "删掉的", "credits-2-DELETE": "on",
        "credits-3-name": "没有次序",
        "credits-4-name": "",
    },
    "namesakes": {"credits-0-name": "李卫东"},
    "the only one of that name": {"credits-0-name": "侯宪锋"},
}  # fmt: skip


@pytest.mark.parametrize("fields_", FORMS.values(), ids=FORMS)
def test_what_is_checked_is_what_would_be_saved(newsroom: Newsroom, fields_: dict[str, Any]) -> None:
    make_correspondent("侯宪锋", newsroom.station)
    for unit in (newsroom.station, newsroom.station, newsroom.other_station):
        make_correspondent("李卫东", unit)
    Tag.objects.create(name="Abc", slug="abc")
    campaign, other = make_campaign("护校安园"), make_campaign("禁毒")
    article = newsroom.draft(tags=["旧的"], campaigns=[other])
    twice = a_photo()
    form = filled_in(article, campaigns=[other.pk, campaign.pk]) | {
        "photos-TOTAL_FORMS": "4",
        "photos-0-token": twice, "photos-0-caption": " 一\r\n二 ", "photos-0-ORDER": "2",
        "photos-1-token": a_photo("乙.jpg", "tomato"), "photos-1-ORDER": "1", "photos-1-alt": "画面",
        "photos-2-token": twice, "photos-2-caption": "又一次",
        "photos-3-token": a_photo("丙.jpg", "gold"), "photos-3-DELETE": "on",
    } | fields_  # fmt: skip
    user = newsroom.correspondent
    sheet = Sheet(Article.objects.get(pk=article.pk), user=user, data=data_of(form))
    would_be = sheet.as_content()
    assert sheet.is_valid(), (sheet.form.errors, sheet.credits.errors, sheet.photos.errors)
    workflow.perform("edit", article, actor=user, write=sheet.write)
    assert would_be == content_of(Article.objects.get(pk=article.pk))
    assert hash_of(would_be) == article.revisions.last().content_hash
    assert [photo["alt"] for photo in would_be["photos"]] == ["画面", ""]


def test_what_is_settled_stays_settled(newsroom: Newsroom) -> None:
    article = newsroom.submitted(kind="case")
    form = filled_in(article, kind="news", unit=newsroom.other_station.pk)
    content = Sheet(article, user=newsroom.unit_reviewer, data=data_of(form)).as_content()
    assert (content["kind"], content["unit"]["slug"]) == ("case", newsroom.station.slug)


def test_a_field_that_cannot_be_saved_is_checked_as_it_stands(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(
        unit=newsroom.station.pk,
        kicker="长" * 61 + "13812345678",
        body="<p>" + "长" * 200_001 + "</p><p>13912345678</p>",
        **{"credits-0-name": "名" * 41 + "13712345678", "credits-0-ORDER": "先"},
    )
    answer = asked(desk_of(newsroom.correspondent), form | {"body": "\0" + PHONE})
    assert fields(answer, "mobile_number") == ["id_kicker", "id_body", "id_credits-0-name"]
    assert "text_too_long" in keys(asked(desk_of(newsroom.correspondent), form))


# --- Asking ------------------------------------------------------------------------------------------------------------


def test_a_new_article_is_checked_before_it_is_begun(newsroom: Newsroom, desk_of: Desk) -> None:
    answer = asked(desk_of(newsroom.correspondent), filled_in(unit=newsroom.station.pk, body=PHONE))
    assert answer.status_code == 200 and "mobile_number" in keys(answer)
    assert "13812345678" in answer.text and 'data-put="138****5678"' in answer.text
    assert not Article.objects.exists()


def test_an_uploaded_file_is_not_received_by_a_check(
    newsroom: Newsroom, desk_of: Desk, settings: Any
) -> None:
    picture = photo_file()
    upload = SimpleUploadedFile("甲.jpg", picture["buffer"], picture["mimeType"])
    asked(desk_of(newsroom.correspondent), filled_in(unit=newsroom.station.pk, new_photos=[upload]))
    assert not list(settings.MEDIA_ROOT.rglob("*.jpg"))


def test_the_answer_is_the_panel_that_the_page_would_show(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.draft(body=PHONE)
    desk = desk_of(newsroom.correspondent)
    page = desk.get(reverse("admin:article_edit", args=[article.number])).text
    # What a browser sends of the page as it is.
    form = about(article, kicker="", body=PHONE)
    fragment = asked(desk, form).text
    assert "138****5678" in fragment and fragment.strip() in page


def test_findings_lead_to_the_row_that_they_are_about(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(unit=newsroom.station.pk) | {
        "credits-TOTAL_FORMS": "3",
        "credits-0-name": "去掉", "credits-0-DELETE": "on",
        "credits-1-name": "",
        "credits-2-name": "13712345678",
        "photos-TOTAL_FORMS": "3",
        "photos-0-token": a_photo(), "photos-0-DELETE": "on", "photos-0-caption": "13812345678",
        "photos-1-token": a_photo("乙.jpg", "tomato"), "photos-1-ORDER": "2", "photos-1-alt": "13912345678",
        "photos-2-token": a_photo("丙.jpg", "gold"), "photos-2-ORDER": "1", "photos-2-credit": "13612345678",
    }  # fmt: skip
    answer = asked(desk_of(newsroom.correspondent), form)
    found = ["id_credits-2-name", "id_photos-2-credit", "id_photos-1-alt"]
    assert fields(answer, "mobile_number") == found


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("correspondent", 200), ("unit_reviewer", 200), ("desk_editor", 200), ("chief", 200),
        ("administrator", 403), ("auditor", 403),
    ],
)  # fmt: skip
def test_those_may_ask_who_may_write(newsroom: Newsroom, desk_of: Desk, who: str, status: int) -> None:
    user = getattr(newsroom, who)
    assert asked(desk_of(user), filled_in(body=PHONE)).status_code == status


def test_an_article_that_one_may_not_read_does_not_exist(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.draft(unit=newsroom.other_station, actor=newsroom.desk_editor)
    desk = desk_of(newsroom.correspondent)
    for number in (article.number, "JN-1999-000001", "x" * 5000, "\0", "1' OR '1'='1"):
        assert asked(desk, filled_in() | {"article": number}).status_code == 404


def test_nobody_asks_without_a_sign_in_and_nothing_is_got(newsroom: Newsroom, desk_of: Desk) -> None:
    answer = Client().post(CHECK, filled_in(body=PHONE))
    assert answer.status_code == 403 and "138****5678" not in answer.text
    assert desk_of(newsroom.correspondent).get(CHECK).status_code == 405


BROKEN: dict[str, dict[str, Any]] = {
    "nothing": {},
    "zero bytes": dict.fromkeys(filled_in(), "\x00"),
    "zero bytes in text": filled_in(headline="标\0题", summary="\0", tags="\0", body="<p>\0</p>&#0;&#xD800;"),
    "forged numbers": filled_in(
        unit="999999999999999999999", campaigns=["99999999999999999999", "-1", "x"],
        **{"credits-0-correspondent": "99999999999999999999", "credits-0-role": "king", "credits-0-ORDER": "-7"},
    ),
    "forged rows": filled_in(**{"credits-TOTAL_FORMS": "999999999", "photos-INITIAL_FORMS": "77"}),
    "rows without number": filled_in(**{"credits-TOTAL_FORMS": "x", "photos-TOTAL_FORMS": "-3"}),
    "a forged token": filled_in(**{"photos-TOTAL_FORMS": "1", "photos-0-token": "e30:1:x", "photos-0-caption": "甲"}),
    "a forged kind": filled_in(kind="<b>", headline_join="xx"),
    "only markup": filled_in(body="<" * 50_000 + "<table><tr><td>" * 500),
    "lines": filled_in(body="<p>1</p>" * 20_000),
}  # fmt: skip


@pytest.mark.parametrize("form", BROKEN.values(), ids=BROKEN)
def test_whatever_is_sent_gets_an_answer(newsroom: Newsroom, desk_of: Desk, form: dict[str, Any]) -> None:
    for article in (None, newsroom.draft()):
        number = {"article": article.number} if article else {}
        assert asked(desk_of(newsroom.correspondent), form | number).status_code == 200


def test_a_text_that_is_too_long_is_said_to_be(newsroom: Newsroom, desk_of: Desk) -> None:
    for body in ("<p>" + "长" * 200_001 + "</p>", "&" * 600_000, "<p><strong>x</strong></p>" * 100_000):
        answer = asked(desk_of(newsroom.correspondent), filled_in(body=body))
        assert keys(answer) == ["text_too_long"] and "未作检查" in answer.text


def test_markup_in_a_finding_is_text(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(unit=newsroom.station.pk, kicker='<img src=x onerror="x()">13812345678"><b>')
    answer = asked(desk_of(newsroom.correspondent), form)
    assert "mobile_number" in keys(answer) and "<img" not in answer.text and "<b>" not in answer.text


# --- In the page -------------------------------------------------------------------------------------------------------


def test_an_empty_form_is_not_scolded(newsroom: Newsroom, desk_of: Desk) -> None:
    page = desk_of(newsroom.correspondent).get("/desk/articles/new/")
    assert page.context["panel"].is_blank and "边写边检查" in page.text and "data-finding" not in page.text


def test_the_page_shows_what_was_found_in_the_stored_text(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.draft(body=PHONE)
    page = desk_of(newsroom.correspondent).get(reverse("admin:article_edit", args=[article.number]))
    assert fields(page, "mobile_number") == ["id_body"]
    assert 'href="#id_body"' in page.text and 'id="id_body"' in page.text


def test_a_form_that_came_back_shows_what_was_found_in_it(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(unit=newsroom.station.pk, kicker="长" * 61, body=PHONE, save="1")
    page = desk_of(newsroom.correspondent).post("/desk/articles/new/", form)
    assert page.status_code == 422 and "mobile_number" in keys(page)


def test_nothing_found_is_said_in_one_line(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(unit=newsroom.station.pk, campaigns=[make_campaign("护校安园").pk])
    answer = asked(desk_of(newsroom.correspondent), form)
    assert keys(answer) == [] and "未发现问题" in answer.text


def test_an_overridden_finding_is_listed_apart_until_its_paragraph_changes(
    newsroom: Newsroom, desk_of: Desk
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=PHONE)
    desk = desk_of(newsroom.desk_editor)
    form = about(article, body=PHONE)
    before = asked(desk, form).context["panel"]  # type: ignore[attr-defined]
    [mark] = [line.mark for line in before.groups[0].lines if line.finding.key == "mobile_number"]
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=mark, reason="本人同意公开")
    assert Override.objects.get().mark == mark

    answer = asked(desk, form)
    panel = answer.context["panel"]  # type: ignore[attr-defined]
    assert "mobile_number" not in keys(answer)
    assert [line.mark for line in panel.overridden] == [mark]
    assert panel.summary.endswith("放行 1 处")
    assert "本人同意公开" in answer.text and "编辑丙" in answer.text

    answer = asked(desk, form | {"body": PHONE.replace("联系人", "受害人")})
    assert "mobile_number" in keys(answer) and not answer.context["panel"].overridden  # type: ignore[attr-defined]


def test_what_was_noted_of_a_picture_is_said_before_it_is_saved(newsroom: Newsroom, desk_of: Desk) -> None:
    where = Image.Exif()
    where.get_ifd(0x8825)[2] = (35.0, 24.0, 53.0)
    file = BytesIO()
    Image.effect_noise((1300, 900), 80).save(file, "JPEG", exif=where)
    token = photos.receive(SimpleUploadedFile("甲.jpg", file.getvalue(), "image/jpeg"))
    form = {"photos-TOTAL_FORMS": "1", "photos-0-token": token}
    answer = asked(desk_of(newsroom.correspondent), filled_in(unit=newsroom.station.pk, **form))
    assert "记有拍摄地点，已清除" in answer.content.decode()


def test_what_a_photo_lacks_is_called_as_its_field_is(newsroom: Newsroom, desk_of: Desk) -> None:
    form = filled_in(unit=newsroom.station.pk, body=PHONE)
    form |= {"photos-TOTAL_FORMS": "1", "photos-0-token": a_photo(), "photos-0-ORDER": "1"}
    panel = asked(desk_of(newsroom.correspondent), form).context["panel"]  # type: ignore[attr-defined]
    lines = [line for group in panel.groups for line in group.lines]
    lacking = [line for line in lines if line.finding.key.startswith("photo_without")]
    assert len(lacking) == 3
    for line in lacking:
        assert line.where.split(" · ")[1] in line.sentence
    of_photos = [line for line in lines if line.finding.passage.startswith("photos.")]
    assert len(of_photos) > 3 and all(line.sentence.startswith("第1幅照片") for line in of_photos)
