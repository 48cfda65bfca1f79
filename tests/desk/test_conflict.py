"""Two people write the same article: the second is told, sees both texts, and loses nothing."""

import pytest
from django.urls import reverse

from bulletins import workflow
from tests.desk.conftest import filled_in

pytestmark = pytest.mark.django_db


def rewrite(article, body, actor):
    def write(locked):
        locked.body = body
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=actor, write=write)


@pytest.fixture
def stale(newsroom, desk_of):
    """The answer to a form that was opened before the desk editor saved."""
    article = newsroom.draft()
    form = filled_in(article, body="<p>我写的正文在这里。</p>", save="1")
    rewrite(article, "<p>编辑写的正文在这里。</p>", newsroom.desk_editor)
    desk = desk_of(newsroom.correspondent)
    return desk, article, desk.post(reverse("admin:article_edit", args=[article.number]), form), form


def test_a_stale_save_is_refused_and_changes_nothing(stale):
    _desk, article, page, _form = stale
    article.refresh_from_db()
    assert page.status_code == 409
    assert article.body == "<p>编辑写的正文在这里。</p>" and article.revision_number == 2


def test_both_texts_and_the_difference_are_shown(stale):
    page = stale[2]
    assert "编辑写的正文在这里。" in page.text and "我写的正文在这里。" in page.text
    assert "<del>编辑</del><ins>我</ins>写的正文在这里。" in page.text


def test_my_text_stays_in_the_form_which_now_follows_theirs(stale):
    desk, article, page, form = stale
    assert page.context["form"]["body"].value() == "<p>我写的正文在这里。</p>"
    assert page.context["seen_revision"] == 2
    desk.post(reverse("admin:article_edit", args=[article.number]), form | {"seen_revision": 2})
    article.refresh_from_db()
    assert article.body == "<p>我写的正文在这里。</p>" and article.revision_number == 3


def test_an_error_in_a_stale_form_does_not_make_it_fresh(newsroom, desk_of):
    article = newsroom.draft()
    form = filled_in(article, kicker="长" * 61)
    rewrite(article, "<p>别人的。</p>", newsroom.desk_editor)
    page = desk_of(newsroom.correspondent).post(reverse("admin:article_edit", args=[article.number]), form)
    assert page.status_code == 422 and page.context["seen_revision"] == 1


def test_a_form_that_does_not_say_what_it_saw_is_refused(newsroom, desk_of):
    article = newsroom.draft()
    form = filled_in(article, body="<p>不知道看过什么。</p>")
    del form["seen_revision"]
    page = desk_of(newsroom.correspondent).post(reverse("admin:article_edit", args=[article.number]), form)
    assert page.status_code == 409


def test_what_was_typed_is_shown_even_when_it_can_no_longer_be_saved(newsroom, desk_of):
    article = newsroom.draft()
    form = filled_in(article, body="<p>来不及保存的正文。</p>")
    workflow.perform("submit", article, actor=newsroom.correspondent)
    page = desk_of(newsroom.correspondent).post(reverse("admin:article_edit", args=[article.number]), form)
    assert page.status_code == 409 and not page.context["conflict"]["still_allowed"]
    assert "来不及保存的正文。" in page.text


def test_of_ones_own_other_window_nobody_else_is_said_to_have_saved(newsroom, desk_of):
    article = newsroom.draft()
    form = filled_in(article, body="<p>第二个窗口里的正文。</p>", save="1")
    rewrite(article, "<p>第一个窗口里的正文。</p>", newsroom.correspondent)
    page = desk_of(newsroom.correspondent).post(reverse("admin:article_edit", args=[article.number]), form)
    assert page.status_code == 409
    assert "您写稿期间在另一个窗口保存了这篇稿件" in page.text and "另有人" not in page.text
