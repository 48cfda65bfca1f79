"""The page on which any two versions of an article are compared."""

import pytest
from django.urls import reverse

from bulletins import workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(newsroom):
    """Three versions; the second changed the text, the third the kicker."""
    article = newsroom.draft()
    for field, value in (("body", "<p>近日，民警接到群众求助。</p>"), ("kicker", "雪夜")):

        def write(locked, field=field, value=value):
            setattr(locked, field, value)
            locked.save(update_fields=[field])

        workflow.perform("edit", article, actor=newsroom.correspondent, write=write)
    return article


def address(article):
    return reverse("admin:article_differences", args=[article.number])


def versions(page):
    return page.context["older"].number, page.context["newer"].number


def test_without_a_choice_it_shows_what_the_newest_version_changed(newsroom, desk_of, article):
    page = desk_of(newsroom.correspondent).get(address(article))
    assert versions(page) == (2, 3) and [part.key for part in page.context["differences"]] == ["kicker"]


@pytest.mark.parametrize("asked", [{"from": 1, "to": 3}, {"from": 3, "to": 1}])
@pytest.mark.parametrize(("view", "shown"), [("inline", 1), ("beside", 2), ("nonsense", 1)])
def test_any_two_are_compared_the_older_first(newsroom, desk_of, article, asked, view, shown):
    page = desk_of(newsroom.correspondent).get(address(article), asked | {"view": view})
    assert versions(page) == (1, 3)
    text = page.text.split("</form>")[-1]
    assert text.count("<ins>群众</ins>") == 1 and text.count("近日，民警接到") == shown


def test_the_same_one_twice_is_told(newsroom, desk_of, article):
    page = desk_of(newsroom.correspondent).get(address(article), {"from": 2, "to": 2})
    assert "请选择两个不同的版本" in page.text and "differences" not in page.context


@pytest.mark.parametrize("asked", [{"to": "99"}, {"from": "0"}])
def test_a_version_that_is_not_there_is_not_found(newsroom, desk_of, article, asked):
    assert desk_of(newsroom.correspondent).get(address(article), asked).status_code == 404


@pytest.mark.parametrize("nonsense", ["\0", "²", "-1", "9" * 50, "😀", ""])
def test_nonsense_is_no_choice(newsroom, desk_of, article, nonsense):
    page = desk_of(newsroom.correspondent).get(address(article), {"from": nonsense, "to": nonsense})
    assert versions(page) == (2, 3)


def test_whoever_may_not_read_the_article_is_told_nothing(newsroom, desk_of, article):
    assert desk_of(newsroom.administrator).get(address(article)).status_code == 404


def test_the_read_view_and_a_version_lead_there(newsroom, desk_of, article):
    desk = desk_of(newsroom.correspondent)
    for page in (
        reverse("admin:article", args=[article.number]),
        reverse("admin:article_revision", args=[article.number, 1]),
    ):
        assert address(article) in desk.get(page).text


def test_its_cost_does_not_grow_with_the_versions(newsroom, desk_of, article, django_assert_max_num_queries):
    desk = desk_of(newsroom.correspondent)
    with django_assert_max_num_queries(12):
        desk.get(address(article))
