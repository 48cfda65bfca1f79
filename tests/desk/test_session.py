"""A session that ended while somebody wrote: nothing typed is lost, and nothing is accepted blindly."""

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Article
from tests.desk.conftest import filled_in

pytestmark = pytest.mark.django_db

NEW = "/desk/articles/new/"
HOME = {"HTTP_REFERER": "http://testserver/desk/articles/new/"}


def test_what_was_typed_without_a_session_is_offered_for_sending_again(newsroom):
    page = Client().post(NEW, filled_in(body="<p>写了一小时。</p>", password="geheim"), **HOME)
    assert page.status_code == 403 and "您已退出登录" in page.text
    assert ("body", "<p>写了一小时。</p>") in page.context["kept"]
    assert "geheim" not in page.text and not Article.objects.exists()


def test_without_a_session_one_reads_what_one_wrote_and_none_of_the_forms_machinery(newsroom):
    page = Client().post(NEW, filled_in(body="<p>写了一小时。</p>", ticket="secret-ticket"), **HOME)
    shown = page.text.split("<details")[1].split("</details>")[0]
    assert "标题" in shown and "民警雪夜送归走失老人" in shown and ">写了一小时。<" in shown
    assert "ticket" not in shown and "credits-0" not in shown


def test_a_form_with_an_old_token_is_sent_again_with_one_press(newsroom):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newsroom.correspondent)
    page = browser.post(NEW, filled_in(unit=newsroom.station.pk, save="1"), **HOME)
    assert page.status_code == 403 and "重新提交" in page.text and "no-store" in page.headers["Cache-Control"]
    token = page.text.split('action="/desk/articles/new/"')[1]
    token = token.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    browser.post(NEW, dict(page.context["kept"]) | {"csrfmiddlewaretoken": token}, **HOME)
    assert Article.objects.get().title == "民警雪夜送归走失老人"


def test_what_another_site_sent_is_not_offered_for_sending_again(newsroom):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newsroom.correspondent)
    page = browser.post(NEW, filled_in(), HTTP_REFERER="http://evil.example/")
    assert page.status_code == 403 and page.context["kept"] == []


def test_the_sign_in_page_says_what_is_wrong(newsroom):
    page = Client().post("/desk/login/", {"username": "user", "password": "wrong"})
    assert page.status_code == 200 and 'role="alert"' in page.text


def test_the_desk_speaks_the_language_its_user_chose(newsroom, desk_of):
    newsroom.correspondent.language = "en"
    newsroom.correspondent.save()
    assert "What waits for you" in desk_of(newsroom.correspondent).get("/desk/").text


def test_the_suggestions_tell_namesakes_apart_by_their_unit(newsroom, desk_of):
    from tests.factories import make_correspondent

    make_correspondent("李明", newsroom.station)
    make_correspondent("李明", newsroom.other_station)
    found = desk_of(newsroom.correspondent).get(reverse("admin:suggest_people"), {"q": "李"}).json()["found"]
    assert [(person["name"], person["note"]) for person in found] == [
        ("李明", "湖滨派出所"),
        ("李明", "山前派出所"),
    ]


def test_tags_in_use_are_suggested(newsroom, desk_of):
    newsroom.draft(tags=["反诈宣传", "禁毒"])
    found = desk_of(newsroom.correspondent).get(reverse("admin:suggest_tags"), {"q": "诈"}).json()["found"]
    assert found == [{"name": "反诈宣传"}]
