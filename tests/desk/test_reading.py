"""The read view: what it urges, and what it says of changes."""

import pytest
from django.urls import reverse

from bulletins import workflow
from bulletins.models import Stage

pytestmark = pytest.mark.django_db
CHANGED = "上次审核之后文本有改动"


def page_of(article):
    return reverse("admin:article", args=[article.number])


def mend(article, actor):
    def write(locked):
        locked.body = "<p>12月28日晚，民警接到求助。</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=actor, write=write)


@pytest.fixture
def mended(newsroom):
    """Returned, mended and submitted again."""
    article = newsroom.at_stage(Stage.RETURNED)
    mend(article, newsroom.correspondent)
    workflow.perform("submit", article, actor=newsroom.correspondent)
    return article


def test_whoever_reviews_next_reads_first_what_was_changed_since_their_own_review(newsroom, desk_of, mended):
    page = desk_of(newsroom.unit_reviewer).get(page_of(mended)).text
    assert page.index("自您上次审核（初审，第 1 版）以来的改动") < page.index('id="paper"')


def test_others_are_told_that_it_was_changed_and_find_it_below(newsroom, desk_of, mended):
    page = desk_of(newsroom.correspondent).get(page_of(mended)).text
    assert page.index(CHANGED) < page.index('id="paper"') < page.index("自初审（所长乙，第 1 版）以来的改动")


def test_nobody_is_told_so_of_a_text_that_was_just_passed(newsroom, desk_of, mended):
    workflow.perform("pass", mended, actor=newsroom.unit_reviewer)
    page = desk_of(newsroom.desk_editor).get(page_of(mended))
    assert CHANGED not in page.text
    # What was mended after it had been returned is shown all the same.
    assert "12月28日晚" in page.text and [one.number for one in page.context["since"]] == [1]


@pytest.mark.parametrize(
    ("who", "is_mended", "is_urged"),
    [("correspondent", True, True), ("correspondent", False, False), ("unit_reviewer", True, False)],
)
def test_the_author_of_a_mended_text_is_urged_to_submit_and_nobody_else(
    newsroom, desk_of, who, is_mended, is_urged
):
    article = newsroom.at_stage(Stage.RETURNED)
    if is_mended:
        mend(article, newsroom.correspondent)
    page = desk_of(getattr(newsroom, who)).get(page_of(article))
    button = next(button for button in page.context["buttons"] if button.verb == "submit")
    assert button.is_primary is is_urged


@pytest.mark.parametrize(("who", "label"), [("desk_editor", "撤回申请"), ("chief", "不同意撤稿")])
def test_whoever_asked_for_a_withdrawal_takes_it_back_and_another_declines_it(newsroom, desk_of, who, label):
    article = newsroom.released().article
    workflow.perform("withdraw", article, actor=newsroom.desk_editor, reason="有误")
    page = desk_of(getattr(newsroom, who)).get(page_of(article))
    assert label in [button.label for button in page.context["buttons"]]
