"""Nobody comes in, reads or changes by address or by a forged form what the rules forbid."""

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Article, Stage
from tests.desk.conftest import decision, filled_in

pytestmark = pytest.mark.django_db


def addresses(article):
    n = article.number
    return [
        reverse("admin:index"),
        reverse("admin:queue"),
        reverse("admin:articles"),
        reverse("admin:article_new"),
        reverse("admin:article_check"),
        reverse("admin:article", args=[n]),
        reverse("admin:article_edit", args=[n]),
        reverse("admin:article_act", args=[n, "pass"]),
        reverse("admin:article_revision", args=[n, 1]),
        reverse("admin:article_beside", args=[n, "JN-2021-000007"]),
        reverse("admin:article_links", args=[n]),
        reverse("admin:article_picture", args=[n, "0" * 64]),
        reverse("admin:picture", args=["0" * 64]),
        reverse("admin:picture_upload"),
        reverse("admin:suggest_people"),
        reverse("admin:suggest_tags"),
        reverse("admin:article_remarks", args=[n]),
        reverse("admin:article_remark", args=[n, 1]),
        reverse("admin:article_readers", args=[n]),
        reverse("admin:article_preview", args=[n]),
        reverse("admin:article_preview_end", args=[n, 1]),
        reverse("admin:notices"),
        reverse("admin:deliveries"),
        reverse("admin:jsi18n"),
        reverse("admin:terms_try"),
        reverse("admin:terms_shipped"),
        reverse("admin:terms_import"),
        reverse("admin:terms_look"),
        reverse("admin:terms_left_out"),
        reverse("admin:terms_export", args=["csv"]),
        "/desk/nothing/here/",
    ]


def test_every_address_of_the_desk_leads_a_stranger_to_the_sign_in(newsroom):
    article = newsroom.draft()
    for address in addresses(article):
        answer = Client().get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/desk/login/"), address


def test_no_answer_of_the_desk_is_kept_by_a_browser_or_a_proxy(newsroom, desk_of):
    article = newsroom.submitted()
    desk = desk_of(newsroom.unit_reviewer)
    for browser in (desk, Client()):
        for address in [*addresses(article), "/desk/login/"]:
            assert "no-store" in browser.get(address).headers["Cache-Control"], address


@pytest.mark.parametrize("person", ["administrator"])
def test_who_may_not_read_an_article_is_not_told_that_it_exists(newsroom, desk_of, person):
    article = newsroom.draft()
    desk = desk_of(getattr(newsroom, person))
    for address in addresses(article)[5:12]:
        assert desk.get(address).status_code == 404, address


def test_another_stations_correspondent_reads_nothing_of_ours(newsroom, desk_of):
    article = newsroom.draft(unit=newsroom.other_station, actor=newsroom.desk_editor)
    desk = desk_of(newsroom.correspondent)
    for address in addresses(article)[5:12]:
        assert desk.get(address).status_code == 404, address
    assert (
        desk.post(reverse("admin:article_edit", args=[article.number]), filled_in(article)).status_code == 404
    )


def test_no_form_field_reaches_past_the_workflow(newsroom, desk_of):
    article = newsroom.draft()
    forged = {
        "stage": "approved",
        "author": newsroom.chief.pk,
        "number": "JN-1-1",
        "cycle": "9",
        "round": "9",
        "revision_number": "99",
        "stage_since": "2000-01-01",
        "article-stage": "approved",
    }
    desk_of(newsroom.correspondent).post(
        reverse("admin:article_edit", args=[article.number]),
        filled_in(article, kicker="改了眉题", save="1", **forged),
    )
    now = Article.objects.get()
    assert (now.stage, now.author, now.number, now.cycle, now.round, now.revision_number, now.kicker) == (
        Stage.DRAFT,
        newsroom.correspondent,
        article.number,
        1,
        0,
        2,
        "改了眉题",
    )


def test_an_article_cannot_be_moved_to_a_unit_one_does_not_write_for(newsroom, desk_of):
    article = newsroom.draft()
    page = desk_of(newsroom.correspondent).post(
        reverse("admin:article_edit", args=[article.number]),
        filled_in(article, unit=newsroom.other_station.pk),
    )
    assert page.status_code == 422 and Article.objects.get().unit == newsroom.station


def test_kind_and_unit_cannot_be_forged_during_review(newsroom, desk_of):
    article = newsroom.submitted()
    desk_of(newsroom.unit_reviewer).post(
        reverse("admin:article_edit", args=[article.number]),
        filled_in(article, kind="comment", unit=newsroom.other_station.pk, kicker="初审改的"),
    )
    now = Article.objects.get()
    assert (now.kind, now.unit, now.kicker) == ("news", newsroom.station, "初审改的")


@pytest.mark.parametrize(
    "person", ["correspondent", "desk_editor", "chief", "second_chief", "administrator", "auditor"]
)
def test_nobody_else_passes_what_the_units_reviewer_has_to_judge(newsroom, desk_of, person):
    article = newsroom.submitted()
    desk_of(getattr(newsroom, person)).post(
        reverse("admin:article_act", args=[article.number, "pass"]), decision(article)
    )
    assert Article.objects.get().stage == Stage.UNIT_REVIEW


@pytest.mark.parametrize(
    "model", ["article", "revision", "review", "transition", "release", "photo", "credit"]
)
@pytest.mark.parametrize("person", ["chief", "administrator"])
def test_djangos_own_forms_reach_nothing_of_an_article(newsroom, desk_of, model, person):
    newsroom.released()
    desk = desk_of(getattr(newsroom, person))
    for address in ("", "add/", "1/change/", "1/delete/"):
        assert desk.get(f"/desk/bulletins/{model}/{address}").status_code == 404


def test_nothing_is_deleted_by_the_dozen(newsroom):
    from django.contrib import admin

    assert "delete_selected" not in dict(admin.site.actions)


def test_the_desk_has_no_inline_script_or_style(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    for address in addresses(article)[:6]:
        text = desk.get(address).text
        assert " style=" not in text and "<style" not in text and " onclick=" not in text, address
        for script in text.split("<script")[1:]:
            opening = script.split(">")[0]
            assert "src=" in opening or 'type="application/json"' in opening, address
