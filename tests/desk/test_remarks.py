"""Remarks at the desk: written, answered and read where the article is; shown to nobody who may not read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Deed, Remark, RemarkReply, Stage, public_tables
from tests.desk.conftest import filled_in
from tests.factories import Newsroom, make_user
from tests.workflow.states import NOW

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
BODY = "<p>近日，民警接到<strong>求助</strong>。</p><p>民警赶到现场。</p><p>老人平安回家。</p>"
SECRET = "这句批注不给读者看🚓"


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.at_stage(Stage.DESK_REVIEW, body=BODY, summary="雪夜里的一次寻人")


def page_of(article: Article) -> str:
    return reverse("admin:article", args=[article.number])


def write(desk: Client, article: Article, **fields: Any) -> Any:
    form = {"text": SECRET, "ticket": "one", "seen_revision": article.revision_number} | fields
    return desk.post(reverse("admin:article_remarks", args=[article.number]), form)


def answer(desk: Client, remark: Remark, deed: str, text: str = "") -> Any:
    address = reverse("admin:article_remark", args=[remark.article.number, remark.pk])
    return desk.post(address, {"deed": deed, "text": text, "ticket": "one"})


def test_a_remark_on_selected_letters_stands_beside_its_paragraph(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    desk = desk_of(newsroom.chief)
    sent = write(desk, article, field="body", quote="求助。\r\n民警", start="7")
    assert (sent.status_code, sent.url) == (302, f"{page_of(article)}#remark-1")
    text = desk.get(page_of(article)).text
    assert '<strong><mark class="remarked-text" data-remarks="1">求助</mark></strong>' in text
    assert text.index('class="remarked"') < text.index(SECRET) < text.index("<p>近日，民警接到")
    assert "has-remarks" in text


@pytest.mark.parametrize(
    ("passage", "field", "quote", "start"),
    [
        ("body.2", "body", "民警赶到现场。", 11),
        ("summary", "summary", "雪夜里的一次寻人", 0),
        ("headline", "headline", "民警雪夜送归走失老人", 0),
        ("", "", "", 0),
    ],
)
def test_without_a_script_the_part_is_chosen(
    newsroom: Newsroom, desk_of: Desk, article: Article, passage: str, field: str, quote: str, start: int
) -> None:
    desk = desk_of(newsroom.chief)
    assert f'<option value="{passage}"' in desk.get(page_of(article)).text
    write(desk, article, passage=passage)
    remark = Remark.objects.get()
    assert (remark.field, remark.quote, remark.start) == (field, quote, start)
    assert SECRET in desk.get(page_of(article)).text


@pytest.mark.parametrize(
    "fields",
    [
        {"passage": "body.99"},
        {"passage": "body.x"},
        {"passage": "stage"},
        {"field": "body", "quote": "不在文中"},
        {"seen_revision": "99"},
        {"text": " "},
        {"text": "@管理员己 看看"},
        {"text": "字" * 2001},
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(
    newsroom: Newsroom, desk_of: Desk, article: Article, fields: dict[str, str]
) -> None:
    page = write(desk_of(newsroom.chief), article, must_be_answered="1", **fields)
    assert page.status_code == 422
    assert fields.get("text", SECRET).strip() in page.text
    assert 'name="must_be_answered" value="1" checked' in page.text
    assert not Remark.objects.exists()


def test_a_double_click_writes_once_and_other_words_in_the_same_form_are_new(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    desk = desk_of(newsroom.chief)
    for text in ("一", "一", "二"):
        assert write(desk, article, text=text).status_code == 302
    assert [remark.text for remark in Remark.objects.order_by("pk")] == ["一", "二"]
    for text in ("好", "好", "好的"):
        answer(desk_of(newsroom.desk_editor), Remark.objects.first(), "answer", text)  # type: ignore[arg-type]
    assert [line.text for line in RemarkReply.objects.order_by("pk")] == ["好", "好的"]


def test_an_unanswered_remark_takes_the_button_away_and_says_so(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    write(desk_of(newsroom.chief), article, must_be_answered="1", text="时间请核实")
    editor = desk_of(newsroom.desk_editor)
    passing = reverse("admin:article_act", args=[article.number, "pass"])
    assert passing not in editor.get(page_of(article)).text
    forced = editor.post(passing, {"seen_stage": article.stage, "seen_revision": 1})
    assert forced.status_code == 409
    assert "有 1 条批注须先答复：“时间请核实”（主任丁）" in forced.text
    answer(editor, Remark.objects.get(), "answer", "已核实")
    page = editor.get(page_of(article)).text
    assert passing in page and "已答复" in page


def test_what_became_of_a_remark_is_refused_with_what_was_typed(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    write(desk_of(newsroom.chief), article)
    remark = Remark.objects.get()
    correspondent = desk_of(newsroom.correspondent)
    refused = answer(correspondent, remark, "resolve", "我看可以了")
    assert refused.status_code == 422 and "我看可以了" in refused.text and "由提出批注的人" in refused.text
    assert answer(correspondent, remark, "delete").status_code == 404
    assert answer(desk_of(newsroom.chief), remark, "resolve").status_code == 302
    text = desk_of(newsroom.chief).get(page_of(article)).text
    assert "已解决的批注 1 条" in text and "<mark" not in text


def test_a_passage_that_is_gone_keeps_its_quote(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    desk = desk_of(newsroom.desk_editor)
    write(desk, article, passage="body.3")

    def shorten(article: Article) -> None:
        article.body = "<p>近日，民警接到求助。</p>"
        article.save()

    workflow.perform("edit", article, actor=newsroom.desk_editor, write=shorten)
    text = desk.get(page_of(article)).text
    assert "第 1 版中的这处文字已不在稿中" in text
    assert "<del>老人平安回家。</del>" in text
    assert SECRET in desk.get(reverse("admin:article_revision", args=[article.number, 1])).text


def test_the_form_lists_what_is_open_and_leads_there(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.draft(body=BODY)
    write(desk_of(newsroom.desk_editor), article, passage="body.2")
    form = desk_of(newsroom.correspondent)
    address = reverse("admin:article_edit", args=[article.number])
    assert (
        'href="#id_body" data-start="11" data-end="18" data-text="民警赶到现场。"' in form.get(address).text
    )
    clash = form.post(address, filled_in(article, seen_revision="0", body="<p>别的。</p>"))
    assert clash.status_code == 409 and SECRET in clash.text


def test_who_may_not_read_it_is_not_told_that_it_exists(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    write(desk_of(newsroom.chief), article)
    remark = Remark.objects.get()
    outside = desk_of(make_user(Role.DESK_EDITOR, newsroom.other_station))
    assert write(outside, article).status_code == 404
    assert answer(outside, remark, "answer", "x").status_code == 404
    assert outside.get(reverse("admin:article_readers", args=[article.number])).status_code == 404
    other = newsroom.draft()
    address = reverse("admin:article_remark", args=[other.number, remark.pk])
    assert desk_of(newsroom.chief).post(address, {"deed": "answer", "text": "x"}).status_code == 404
    assert write(desk_of(newsroom.auditor), article, ticket="two").status_code == 422


def test_looking_at_these_addresses_does_nothing(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    desk = desk_of(newsroom.chief)
    write(desk, article)
    for name, args in (("article_remarks", []), ("article_remark", [Remark.objects.get().pk])):
        assert desk.get(reverse(f"admin:{name}", args=[article.number, *args])).url == page_of(article)
    assert not RemarkReply.objects.exists()


def test_names_are_offered_of_those_who_may_read(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    make_user(Role.CORRESPONDENT, newsroom.other_station, name="主任外人")
    twin = make_user(Role.DESK_EDITOR, newsroom.bureau, name="主任戊")
    address = reverse("admin:article_readers", args=[article.number])
    found = desk_of(newsroom.chief).get(address, {"q": "主任\0"}).json()["found"]
    assert found == [
        {"name": newsroom.second_chief.username, "note": "主任戊"},
        {"name": twin.username, "note": "主任戊"},
    ]
    assert desk_of(newsroom.chief).get(address, {"q": "编辑"}).json()["found"][0]["name"] == "编辑丙"


def test_thirty_remarks_cost_no_more_queries_than_one(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    desk = desk_of(newsroom.desk_editor)
    pages = [page_of(article), reverse("admin:article_edit", args=[article.number])]

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert desk.get(address).status_code == 200
        return len(caught)

    costs = []
    for n in range(30):
        remark = Remark.objects.create(
            article=article, revision=article.revisions.get(), text="一", by=newsroom.chief, at=NOW, ticket=str(n),
            field="body", quote="民警", before="近日，", start=3,
        )  # fmt: skip
        RemarkReply.objects.create(
            remark=remark, deed=Deed.ANSWER, text="好", by=newsroom.unit_reviewer, at=NOW, ticket=str(n)
        )
        if n in {0, 29}:
            costs.append([asked(page) for page in pages])
    assert costs[0] == costs[1]
    assert desk.get(pages[0]).text.count('class="remark"') == 30


def test_no_public_query_reaches_a_remark(newsroom: Newsroom, desk_of: Desk, client: Client) -> None:
    article = newsroom.at_stage(Stage.APPROVED, body=BODY)
    write(desk_of(newsroom.chief), article, passage="body.1")
    workflow.perform("release", article, actor=newsroom.chief)
    for model in (Remark, RemarkReply):
        assert model._meta.db_table not in public_tables()
        named = {
            field.related_model._meta.db_table for field in model._meta.get_fields() if field.related_model
        }
        assert not named & set(public_tables())
    number = article.number
    for address in (
        "/", f"/articles/{number}/", f"/en/articles/{number}/", f"/api/v1/articles/{number}/", "/feeds/atom/",
        "/feeds/json/", "/search/?q=批注", "/sitemaps/news.xml",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "这句批注" not in answer.content.decode() and "remark" not in answer.content.decode(), address
    assert SECRET not in str(article.releases.get().content)
    wechat = desk_of(newsroom.chief).get(reverse("admin:article_wechat", args=[number]))
    assert "这句批注" not in wechat.text
