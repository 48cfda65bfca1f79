"""A preview link shows one version to whoever has it, for a while, and tells nothing to anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, PreviewEnding, PreviewLink, Stage, public_tables
from tests.desk.conftest import filled_in
from tests.desk.test_pictures import jpeg
from tests.factories import Newsroom, make_user

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
SEED = "a-seed-of-the-form"
FIRST, SECOND = "这是送审的第一版。", "这是后来改过的文字。"


def page_of(article: Article) -> str:
    return reverse("admin:article_preview", args=[article.number])


def make(desk: Client, article: Article, **fields: Any) -> Any:
    form = {"hours": "1", "seed": SEED, "seen_revision": article.revision_number} | fields
    return desk.post(page_of(article), form)


def address_in(desk: Client, article: Article) -> str:
    [address] = re.findall(
        r'data-copy="http://testserver(/desk/preview/[^"]+)"', desk.get(page_of(article)).text
    )
    return str(address)


def change(article: Article, body: str, **given: Any) -> None:
    def write(article: Article) -> None:
        article.body = f"<p>{body}</p>"
        article.save()

    workflow.perform("edit", article, actor=article.author, write=write, **given)


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.draft(body=f"<p>{FIRST}</p>")


@pytest.fixture
def link(newsroom: Newsroom, desk_of: Desk, article: Article) -> str:
    """Made by the correspondent, for an hour."""
    desk = desk_of(newsroom.correspondent)
    assert make(desk, article).status_code == 302
    return address_in(desk, article)


def is_dead(address: str) -> bool:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert answer.text == Client().get("/desk/preview/nothing/").text
    return True


def test_it_shows_the_very_version_as_readers_would_see_it(
    newsroom: Newsroom, article: Article, link: str
) -> None:
    change(article, SECOND)
    text = Client().get(link).text
    assert FIRST in text and SECOND not in text
    assert '<article class="story">' in text and "湖滨派出所" in text
    assert re.search(r"预览</strong> <span>未发布</span> <span>有效至 ", text)
    assert "code.svg" not in text and "mailto:" not in text


def test_it_is_neither_kept_nor_listed_and_passes_nothing_on(link: str) -> None:
    for address in (link, "/desk/preview/nothing/", f"{link}photos/{'0' * 64}.jpg"):
        answer = Client().get(address)
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert '<meta name="robots" content="noindex' in answer.text
        assert Client().post(address).status_code == 405
    assert 'name="referrer" content="no-referrer"' in Client().get(link).text


def test_the_token_is_kept_as_a_hash_and_seen_by_its_maker_alone(
    newsroom: Newsroom, desk_of: Desk, article: Article, link: str, settings: Any
) -> None:
    token = link.split("/")[-2]
    row = PreviewLink.objects.values().get()
    assert token not in str(row)
    assert (row["made_by_id"], row["revision_id"]) == (newsroom.correspondent.pk, article.revisions.get().pk)
    assert row["until"] - row["made_at"] == timedelta(hours=1)
    theirs = desk_of(newsroom.desk_editor).get(page_of(article)).text
    assert token not in theirs and "只有生成链接的人能看到地址" in theirs
    settings.SECRET_KEY = "another" * 10
    assert Client().get(link).status_code == 200
    for table in (PreviewLink, PreviewEnding):
        assert table._meta.db_table not in public_tables()


def test_its_page_has_the_code_and_the_choice_of_hours(
    newsroom: Newsroom, desk_of: Desk, article: Article, link: str
) -> None:
    text = desk_of(newsroom.correspondent).get(page_of(article)).text
    assert "<svg" in text.split('class="preview-code"')[1]
    assert re.findall(r'name="hours" value="(\d+)"', text) == ["1", "24", "72"]


@pytest.mark.parametrize("minutes", [60, 61, 60 * 24 * 365])
def test_it_is_dead_after_its_time(link: str, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    then = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)
    assert is_dead(link)


def test_it_is_ended_early_by_whoever_may_read_and_once(
    newsroom: Newsroom, desk_of: Desk, article: Article, link: str
) -> None:
    ending = reverse("admin:article_preview_end", args=[article.number, PreviewLink.objects.get().pk])
    outside = desk_of(make_user(Role.DESK_EDITOR, newsroom.other_station))
    assert outside.post(ending).status_code == outside.get(page_of(article)).status_code == 404
    assert make(outside, article).status_code == 404
    other = newsroom.draft()
    assert desk_of(newsroom.chief).post(ending.replace(article.number, other.number)).status_code == 404
    desk_of(newsroom.chief).get(ending)
    assert Client().get(link).status_code == 200
    for _click in range(2):
        assert desk_of(newsroom.chief).post(ending).status_code == 302
    assert is_dead(link)
    assert PreviewEnding.objects.get().by == newsroom.chief
    assert "主任丁于" in desk_of(newsroom.correspondent).get(page_of(article)).text


def test_it_ends_with_its_makers_right_to_read(newsroom: Newsroom, link: str) -> None:
    newsroom.correspondent.memberships.update(until=timezone.localdate() - timedelta(days=1))
    assert is_dead(link)


def test_a_withdrawal_ends_it_and_another_can_be_made(newsroom: Newsroom, desk_of: Desk) -> None:
    article = newsroom.released().article
    chief = desk_of(newsroom.chief)
    make(chief, article)
    link = address_in(chief, article)
    assert "此版已公开" in Client().get(link).text
    workflow.perform("withdraw_at_once", article, actor=newsroom.chief, reason="泄露隐私")
    assert is_dead(link)
    assert "因撤稿失效" in chief.get(page_of(article)).text
    make(chief, article, seed=SEED + "-2")
    assert Client().get(address_in(chief, article)).status_code == 200


def test_the_same_form_twice_makes_one_link(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    for _click in range(2):
        assert make(desk_of(newsroom.correspondent), article).status_code == 302
    make(desk_of(newsroom.desk_editor), article)
    assert PreviewLink.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"hours": "9999"}, 422), ({"hours": ""}, 422), ({"seed": "x"}, 404), ({"seen_revision": "9"}, 404)],
)
def test_no_form_makes_what_the_page_does_not_offer(
    newsroom: Newsroom, desk_of: Desk, article: Article, fields: dict[str, str], status: int
) -> None:
    assert make(desk_of(newsroom.correspondent), article, **fields).status_code == status
    assert not PreviewLink.objects.exists()


def test_an_earlier_version_can_be_chosen(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    change(article, SECOND)
    desk = desk_of(newsroom.correspondent)
    assert 'name="seen_revision" value="1"' in desk.get(page_of(article) + "?version=1").text
    assert desk.get(page_of(article) + "?version=%00").status_code == 200
    assert desk.get(page_of(article) + "?version=7").status_code == 404


@pytest.mark.parametrize("token", ["", "x", "0" * 40, "%00", "%ED%A0%80", "🚓", "a" * 3000, "..%2f.."])
def test_a_made_up_address_leads_nowhere(link: str, token: str) -> None:
    assert Client().get(f"/desk/preview/{token}/").status_code in {302, 404}


def test_its_pictures_are_shown_below_it_and_with_it_alone(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    desk = desk_of(newsroom.correspondent)
    sent = SimpleUploadedFile("a.jpg", jpeg((1200, 800)))
    desk.post(
        reverse("admin:article_edit", args=[article.number]), filled_in(article, new_photos=sent, body=FIRST)
    )
    article.refresh_from_db()
    sha = article.photos.get().sha256
    make(desk, article)
    link = address_in(desk, article)
    text = Client().get(link).text
    shown = re.findall(r'(/[^" ]*photos/[^" ]+)', text)
    assert len(shown) > 6 and all(address.startswith(link) for address in shown)
    for address in (f"{link}photos/{sha}.jpg", f"{link}photos/{sha}/480.avif"):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert Client().get(f"{link}photos/{sha}/480.avif").headers["Content-Type"] == "image/avif"
    assert Client().get(f"/photos/{sha}.jpg").status_code == 404
    assert Client().get(f"{link}photos/{'0' * 64}.jpg").status_code == 404
    assert Client().get(f"/desk/preview/nothing/photos/{sha}.jpg").status_code == 404
    # One that was never drawn is answered as the large one.
    for kept in Path(article.photos.get().file.storage.location).rglob("*480.avif"):
        kept.unlink()
    assert Client().get(f"{link}photos/{sha}/480.avif").headers["Content-Type"] == "image/jpeg"
    PreviewEnding.objects.create(
        link=PreviewLink.objects.get(), by=newsroom.chief, at=datetime.now().astimezone()
    )
    assert Client().get(f"{link}photos/{sha}.jpg").status_code == 404


def test_a_preview_costs_the_same_however_many_links_there_are(
    newsroom: Newsroom, desk_of: Desk, article: Article, link: str, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        make(desk_of(newsroom.correspondent), article, seed=f"{SEED}-{n}")
    desk = desk_of(newsroom.correspondent)
    with django_assert_max_num_queries(15):
        Client().get(link)
    with django_assert_max_num_queries(15):
        desk.get(page_of(article))


def test_a_process_for_the_desk_alone_shows_it(link: str, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.desk.desk_urls"
    assert FIRST in Client().get(link).text
    assert "此预览链接无效" in Client().get("/desk/preview/nothing/").text


def test_a_story_on_its_way_and_one_that_is_revised_are_shown(newsroom: Newsroom, desk_of: Desk) -> None:
    release = newsroom.released(at=timezone.now() - timedelta(days=40))
    article = release.article
    workflow.perform("revise", article, actor=newsroom.desk_editor)
    change(article, SECOND, seen_stage=Stage.DRAFT)
    desk = desk_of(newsroom.chief)
    make(desk, article)
    text = Client().get(address_in(desk, article)).text
    assert SECOND in text and "未发布" in text and "更新" in text
