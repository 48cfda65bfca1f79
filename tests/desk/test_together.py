"""Who else has an article open: told to those who may read it, forgotten when they leave or fall silent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulletins import workflow
from bulletins.models import Look
from bulletins.models.look import SILENT_AFTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(newsroom):
    return newsroom.draft()


def tell(desk, article, **fields):
    address = reverse("admin:article_together", args=[article.number])
    return desk.post(address, {"seen_revision": article.revision_number} | fields)


def others(desk, article, **fields):
    return tell(desk, article, **fields).json()["others"]


def test_others_are_told_who_writes_and_who_reads_but_not_oneself(newsroom, desk_of, article):
    author, editor, chief = (
        desk_of(user) for user in (newsroom.correspondent, newsroom.desk_editor, newsroom.chief)
    )
    assert others(author, article, is_writing="1") == []
    assert others(editor, article) == ["通讯员甲正在修改"]
    assert others(chief, article) == ["通讯员甲正在修改", "编辑丙正在查看"]


def test_who_leaves_is_not_told_any_more_and_comes_back_with_the_next_word(newsroom, desk_of, article):
    author, editor = desk_of(newsroom.correspondent), desk_of(newsroom.desk_editor)
    tell(author, article)
    assert tell(author, article, leaves="1").status_code == 204
    assert others(editor, article) == []
    tell(author, article)
    assert others(editor, article) == ["通讯员甲正在查看"]


def test_who_fell_silent_is_not_told(newsroom, desk_of, article):
    tell(desk_of(newsroom.correspondent), article)
    Look.objects.update(seen_at=timezone.now() - SILENT_AFTER)
    assert others(desk_of(newsroom.desk_editor), article) == []


def test_saying_the_same_again_writes_nothing(newsroom, desk_of, article):
    desk = desk_of(newsroom.correspondent)
    tell(desk, article)
    with CaptureQueriesContext(connection) as asked:
        tell(desk, article)
    assert not [query for query in asked.captured_queries if query["sql"].startswith(("UPDATE", "INSERT"))]
    Look.objects.update(seen_at=timezone.now() - timedelta(seconds=30))
    tell(desk, article)
    assert Look.objects.get().seen_at > timezone.now() - timedelta(seconds=5)


def test_an_old_page_is_told_who_saved_since(newsroom, desk_of, article):
    def write(locked):
        locked.kicker = "改过"
        locked.save(update_fields=["kicker"])

    desk = desk_of(newsroom.correspondent)
    assert tell(desk, article).json()["moved"] == ""
    workflow.perform("edit", article, actor=newsroom.desk_editor, write=write)
    moved = tell(desk, article, seen_revision=1).json()["moved"]
    assert moved.startswith("编辑丙保存了第 2 版")


def test_whoever_may_not_read_it_is_told_nothing_and_leaves_no_trace(newsroom, desk_of, article):
    assert tell(desk_of(newsroom.administrator), article).status_code == 404
    assert not Look.objects.exists()


@pytest.mark.parametrize("seen", ["", "0", "99", "-1", "\0", "9" * 40])
def test_a_version_that_is_not_there_was_not_seen(newsroom, desk_of, article, seen):
    assert tell(desk_of(newsroom.correspondent), article, seen_revision=seen).status_code == 200
    assert not Look.objects.exists()


def test_it_is_not_asked_by_an_address_alone(newsroom, desk_of, article):
    address = reverse("admin:article_together", args=[article.number])
    assert desk_of(newsroom.correspondent).get(address).status_code == 405


def test_a_page_learns_that_the_network_is_there_and_who_is_signed_in(newsroom, desk_of):
    answer = desk_of(newsroom.correspondent).get(reverse("admin:reached"))
    assert answer.json()["person"] == newsroom.correspondent.pk and answer.json()["token"]
    assert "no-store" in answer.headers["Cache-Control"]
