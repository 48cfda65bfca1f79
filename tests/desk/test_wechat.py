"""The page from which a finished story is copied for WeChat, and who may open it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, SiteProfile, Stage
from tests.factories import Newsroom, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


def asks(user: User, number: str, tail: str = "") -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/desk/articles/{number}/wechat/{tail}")
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("tail", ["", "text/"])
def test_a_finished_story_is_ready_for_whoever_may_read_it(newsroom: Newsroom, tail: str) -> None:
    number = newsroom.released(body="<p>民警迅速赶到现场。</p>").number
    readers = (
        newsroom.correspondent,
        newsroom.unit_reviewer,
        newsroom.desk_editor,
        newsroom.chief,
        newsroom.auditor,
    )
    for user in readers:
        status, text = asks(user, number, tail)
        assert status == 200
        assert "民警迅速赶到现场。" in text
    stranger = make_user(Role.CORRESPONDENT, make_unit("别处派出所"))
    assert asks(stranger, number, tail)[0] == 404
    assert asks(newsroom.administrator, number, tail)[0] == 404
    assert Client().get(f"/desk/articles/{number}/wechat/{tail}").status_code == 302


@pytest.mark.parametrize(
    "stage", [stage for stage in Stage.values if stage not in {Stage.APPROVED, Stage.SETTLED}]
)
def test_what_is_not_finished_is_not_offered(newsroom: Newsroom, stage: str) -> None:
    article = newsroom.at_stage(stage)
    for tail in ("", "text/"):
        assert asks(newsroom.chief, article.number, tail)[0] == 404
    client = Client()
    client.force_login(newsroom.chief)
    assert "wechat" not in client.get(f"/desk/articles/{article.number}/").content.decode()


def test_a_withdrawn_story_is_not_offered(newsroom: Newsroom) -> None:
    assert asks(newsroom.chief, newsroom.withdrawn().number)[0] == 404


def test_what_is_approved_or_waits_for_its_hour_is_ready_and_the_way_there_stands_on_its_page(
    newsroom: Newsroom,
) -> None:
    approved = newsroom.at_stage(Stage.APPROVED)
    assert asks(newsroom.chief, approved.number)[0] == 200
    workflow.perform(
        "release", approved, actor=newsroom.chief, public_from=timezone.now() + timedelta(days=1)
    )
    assert asks(newsroom.chief, approved.number)[0] == 200
    client = Client()
    client.force_login(newsroom.chief)
    assert (
        f"/desk/articles/{approved.number}/wechat/"
        in client.get(f"/desk/articles/{approved.number}/").content.decode()
    )


def test_while_a_new_text_is_in_the_making_the_public_one_is_copied(newsroom: Newsroom) -> None:
    release = newsroom.released(body="<p>公开的正文。</p>")
    article = Article.objects.get(number=release.number)
    workflow.perform("revise", article, actor=newsroom.correspondent)
    Article.objects.filter(pk=article.pk).update(body="<p>改动中的正文。</p>")
    _status, text = asks(newsroom.desk_editor, release.number)
    assert "公开的正文。" in text and "改动中" not in text


def test_what_does_not_fit_is_told_in_sentences(newsroom: Newsroom) -> None:
    release = newsroom.released(headline="字" * 33, body='<p>见<a href="https://www.gov.cn/">通知</a>。</p>')
    _status, text = asks(newsroom.desk_editor, release.number)
    assert "标题有 33 字，微信最多 32 字，请在公众平台里改短。" in text
    assert "去掉了 1 个链接" in text
    fits = newsroom.released(headline="民警雪夜送归走失老人")
    assert "各项都符合微信的要求。" in asks(newsroom.desk_editor, fits.number)[1]


def test_the_text_alone_may_have_styles_and_nothing_else(newsroom: Newsroom) -> None:
    SiteProfile.objects.create(address="https://news.example")
    number = newsroom.released().number
    client = Client()
    client.force_login(newsroom.chief)
    policy = client.get(f"/desk/articles/{number}/wechat/text/").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src https://news.example; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert (
        "unsafe-inline"
        not in client.get(f"/desk/articles/{number}/wechat/").headers["Content-Security-Policy"]
    )


def test_markup_in_a_headline_is_text(newsroom: Newsroom) -> None:
    number = newsroom.released(headline="</title><script>alert(1)</script>").number
    for tail in ("", "text/"):
        assert "<script>alert" not in asks(newsroom.chief, number, tail)[1]
