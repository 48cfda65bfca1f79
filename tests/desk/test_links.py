"""The links of a text are tried when somebody who may edit it asks for that."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import Article, SiteProfile
from bulletins.models.checking import LinkAnswer
from bulletins.readiness import link_answers
from tests.factories import Newsroom
from tests.readiness.answering import Server, caller, says, serving
from tests.shown import as_shown, error_of

pytestmark = pytest.mark.django_db
TEXT = '<p>见<a href="http://www.example.cn/a">通告</a>、<a href="http://www.example.cn/b">附件</a>。</p>'


@pytest.fixture
def server(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    SiteProfile.objects.create(link_hosts="www.example.cn")
    with serving({"/a": says("200 OK"), "/b": says("404 No")}) as server:
        monkeypatch.setattr(link_answers, "Caller", lambda hosts: caller(server))
        yield server


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.draft(body=TEXT)


def address(article: Article) -> str:
    return reverse("admin:article_links", args=[article.number])


def edit(article: Article) -> str:
    return reverse("admin:article_edit", args=[article.number])


def test_they_are_tried_once_and_the_form_says_what_does_not_answer(
    server: Server, article: Article, newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    desk = desk_of(newsroom.correspondent)
    form = desk.get(edit(article)).text
    assert form.count('form="ask-links"') == 1 and "最近没有试过" in form
    answer = desk.post(address(article), follow=True)
    assert answer.redirect_chain == [(edit(article), 302)]
    assert "已试过 2 个链接。" in answer.text
    assert (
        'form="ask-links"' not in answer.text
        and "打不开，页面不存在（404）：http://www.example.cn/b" in answer.text
    )
    assert "刚刚已经试过" in desk.post(address(article), follow=True).text
    assert len(server.wanted) == 2


def test_a_script_is_answered_with_nothing(
    server: Server, article: Article, newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    desk = desk_of(newsroom.correspondent)
    answer = desk.post(address(article), headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert LinkAnswer.objects.count() == 2


def test_to_look_at_the_address_calls_nobody(
    server: Server, article: Article, newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    assert desk_of(newsroom.correspondent).get(address(article)).status_code == 302
    assert server.wanted == []


@pytest.mark.parametrize(
    ("person", "status"), [("auditor", 403), ("chief", 403), ("administrator", 404), (None, 403)]
)
def test_who_may_not_edit_it_has_nobody_called(
    server: Server, newsroom: Newsroom, desk_of: Callable[..., Client], person: str | None, status: int
) -> None:
    article = newsroom.submitted(body=TEXT)
    desk = desk_of(getattr(newsroom, person)) if person else Client()
    assert desk.post(address(article)).status_code == status
    assert server.wanted == [] and not LinkAnswer.objects.exists()


def test_a_new_article_is_not_offered_to_have_its_links_tried(
    newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    assert "ask-links" not in desk_of(newsroom.correspondent).get(reverse("admin:article_new")).text


# --- Which hosts may be called -------------------------------------------------------------------------------------


def listed(desk: Client, hosts: str) -> Any:
    profile = SiteProfile.objects.get()
    where = reverse("admin:bulletins_siteprofile_change", args=[profile.pk])
    return desk.post(where, as_shown(desk.get(where), link_hosts=hosts))


def test_an_administrator_lists_hosts_one_a_line(
    server: Server, newsroom: Newsroom, desk_of: Callable[..., Client]
) -> None:
    listed(desk_of(newsroom.administrator), " www.gov.cn \r\n\r\n*.jining.gov.cn\r\nwww.gov.cn\r\n公安.中国")
    assert SiteProfile.objects.get().link_hosts == "www.gov.cn\n*.jining.gov.cn\n公安.中国"


@pytest.mark.parametrize("line", ["http://www.gov.cn/", "10.0.0.1", "localhost", "*", "www.gov.cn:8080"])
def test_what_is_no_host_is_refused_with_a_sentence(
    server: Server, newsroom: Newsroom, desk_of: Callable[..., Client], line: str
) -> None:
    refused = listed(desk_of(newsroom.administrator), f"www.gov.cn\n{line}")
    assert f"“{line}”不能列入" in error_of(refused, "link_hosts")
    assert SiteProfile.objects.get().link_hosts == "www.example.cn"
