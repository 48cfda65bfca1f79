"""The buttons of the read view: who sees which, and what happens behind them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Stage
from tests.desk.conftest import decision
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def page_of(article):
    return reverse("admin:article", args=[article.number])


def act_on(article, verb):
    return reverse("admin:article_act", args=[article.number, verb])


def buttons(page):
    return {button.verb for button in page.context["buttons"]}


@pytest.mark.parametrize(
    ("stage", "person", "expected"),
    [
        (Stage.DRAFT, "correspondent", {"submit"}),
        (Stage.DRAFT, "chief", set()),
        (Stage.UNIT_REVIEW, "correspondent", {"recall"}),
        (Stage.UNIT_REVIEW, "unit_reviewer", {"pass", "return"}),
        (Stage.UNIT_REVIEW, "desk_editor", {"refuse"}),
        (Stage.DESK_REVIEW, "unit_reviewer", set()),
        (Stage.DESK_REVIEW, "desk_editor", {"pass", "return", "refuse"}),
        (Stage.FINAL_REVIEW, "chief", {"pass", "return", "refuse"}),
        (Stage.FINAL_REVIEW, "auditor", set()),
        (Stage.APPROVED, "chief", {"release", "return"}),
        (Stage.APPROVED, "desk_editor", set()),
        (Stage.RETURNED, "correspondent", {"submit"}),
        (Stage.REFUSED, "correspondent", set()),
        (Stage.SETTLED, "correspondent", {"revise"}),
        (Stage.SETTLED, "unit_reviewer", {"revise", "withdraw"}),
        (Stage.SETTLED, "chief", {"withdraw", "withdraw_at_once"}),
        (Stage.SETTLED, "auditor", set()),
    ],
)
def test_each_role_sees_only_its_buttons(newsroom, desk_of, stage, person, expected):
    page = desk_of(getattr(newsroom, person)).get(page_of(newsroom.at_stage(stage)))
    assert buttons(page) == expected


def test_the_reasons_against_the_other_buttons_stand_below(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).get(page_of(newsroom.submitted()))
    assert "您在该单位的角色无此权限" in page.text


def test_passing_moves_it_on_and_leads_back_to_the_article(newsroom, desk_of):
    article = newsroom.submitted()
    answer = desk_of(newsroom.unit_reviewer).post(act_on(article, "pass"), decision(article))
    article.refresh_from_db()
    assert answer.url == page_of(article) and article.stage == Stage.DESK_REVIEW


def test_a_double_click_on_pass_does_it_once(newsroom, desk_of):
    article = newsroom.submitted()
    desk, said = desk_of(newsroom.unit_reviewer), decision(article)
    answers = [desk.post(act_on(article, "pass"), said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert article.reviews.count() == 1


def test_what_was_changed_meanwhile_is_not_passed_blindly(newsroom, desk_of):
    article = newsroom.submitted()
    said = decision(article, seen_revision=0)
    page = desk_of(newsroom.unit_reviewer).post(act_on(article, "pass"), said)
    assert page.status_code == 409 and "请重新查看" in page.text
    assert not article.reviews.exists()


def test_returning_without_a_reason_says_so_beside_the_field(newsroom, desk_of):
    article = newsroom.submitted()
    page = desk_of(newsroom.unit_reviewer).post(act_on(article, "return"), decision(article))
    form = next(button.form for button in page.context["buttons"] if button.verb == "return")
    assert page.status_code == 409 and form.errors["reason"]


def test_a_refused_action_keeps_the_typed_reason(newsroom, desk_of):
    article = newsroom.submitted()
    said = decision(article, seen_revision=0, **{"return-reason": "时间地点都不清楚"})
    page = desk_of(newsroom.unit_reviewer).post(act_on(article, "return"), said)
    assert page.status_code == 409 and "时间地点都不清楚</textarea>" in page.text


def test_the_typed_reason_is_kept_even_when_the_button_is_gone(newsroom, desk_of):
    article = newsroom.submitted()
    said = decision(article, **{"return-reason": "时间地点都不清楚"})
    workflow.perform("recall", article, actor=newsroom.correspondent)
    page = desk_of(newsroom.unit_reviewer).post(act_on(article, "return"), said)
    assert page.status_code == 409 and "时间地点都不清楚" in page.text


def test_a_returned_article_shows_its_reasons_at_the_top(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).get(page_of(newsroom.at_stage(Stage.RETURNED)))
    assert page.text.index("请补充时间地点") < page.text.index('class="paper"')


def test_refusing_needs_a_code_and_keeps_both(newsroom, desk_of):
    article = newsroom.at_stage(Stage.DESK_REVIEW)
    desk = desk_of(newsroom.desk_editor)
    assert desk.post(act_on(article, "refuse"), decision(article)).status_code == 409
    desk.post(
        act_on(article, "refuse"),
        decision(article, **{"refuse-reason_code": "not_news", "refuse-reason": "日常工作"}),
    )
    review = article.reviews.last()
    assert (review.reason_code, review.reason) == ("not_news", "日常工作")


def test_a_release_at_another_time_is_scheduled_in_beijing_time(newsroom, desk_of):
    article = newsroom.at_stage(Stage.APPROVED)
    later = timezone.localtime() + timedelta(days=1)
    desk_of(newsroom.chief).post(
        act_on(article, "release"),
        decision(article, **{"release-public_from": later.strftime("%Y-%m-%dT%H:%M")}),
    )
    release = article.releases.get()
    assert timezone.localtime(release.public_from) == later.replace(second=0, microsecond=0)


def test_whoever_schedules_without_a_time_is_asked_for_it_and_nothing_is_public(newsroom, desk_of):
    article = newsroom.at_stage(Stage.APPROVED)
    page = desk_of(newsroom.chief).post(act_on(article, "release"), decision(article, schedule="1"))
    assert page.status_code == 409 and "请填写发布时间" in page.text
    assert not article.releases.exists()


def test_a_chief_is_told_when_readers_see_what_was_signed_and_led_there(newsroom, desk_of):
    now, later = newsroom.at_stage(Stage.APPROVED), newsroom.at_stage(Stage.APPROVED)
    desk, when = desk_of(newsroom.chief), timezone.localtime() + timedelta(days=1)
    page = desk.post(act_on(now, "release"), decision(now), follow=True)
    assert "读者现在可以看到" in page.text and f'href="/articles/{now.number}/"' in page.text
    given = decision(later, **{"release-public_from": when.strftime("%Y-%m-%dT%H:%M")})
    page = desk.post(act_on(later, "release"), given, follow=True)
    assert f"{when:%H:%M} 起公开" in page.text and f'href="/articles/{later.number}/"' not in page.text


def test_a_time_that_has_passed_is_refused_with_a_sentence(newsroom, desk_of):
    article = newsroom.at_stage(Stage.APPROVED)
    page = desk_of(newsroom.chief).post(
        act_on(article, "release"), decision(article, **{"release-public_from": "2020-01-01T08:00"})
    )
    assert page.status_code == 409 and "这个时间已经过去" in page.text
    assert not article.releases.exists()


def test_a_withdrawal_takes_two_people(newsroom, desk_of):
    article = newsroom.released().article
    said = decision(article, **{"withdraw-reason": "有误", "withdraw-notice": "已撤下"})
    desk_of(newsroom.desk_editor).post(act_on(article, "withdraw"), said)
    own = desk_of(newsroom.desk_editor).get(page_of(article))
    other = desk_of(newsroom.chief).get(page_of(article))
    assert "confirm_withdrawal" not in buttons(own) and "confirm_withdrawal" in buttons(other)
    desk_of(newsroom.chief).post(act_on(article, "confirm_withdrawal"), decision(article))
    assert article.releases.get().notice == "已撤下"


def test_a_reviewer_sees_what_changed_since_the_step_before(newsroom, desk_of):
    article = newsroom.at_stage(Stage.DESK_REVIEW)

    def write(locked):
        locked.body = "<p>昨日，民警接到求助。</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=newsroom.desk_editor, write=write)
    workflow.perform("pass", article, actor=newsroom.desk_editor)
    page = desk_of(newsroom.chief).get(page_of(article))
    assert "<del>近</del><ins>昨</ins>日，民警接到求助。" in page.text


def test_a_final_review_that_was_edited_away_is_called_void(newsroom, desk_of):
    article = newsroom.at_stage(Stage.APPROVED)

    def write(locked):
        locked.kicker = "改过的眉题"
        locked.save(update_fields=["kicker"])

    workflow.perform("edit", article, actor=newsroom.desk_editor, write=write)
    assert "已失效" in desk_of(newsroom.chief).get(page_of(article)).text


def test_a_new_version_shows_what_it_changes_for_readers(newsroom, desk_of):
    article = newsroom.released().article
    workflow.perform("revise", article, actor=newsroom.correspondent)

    def write(locked):
        locked.body = "<p>近日，民警接到群众求助。</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=newsroom.correspondent, write=write)
    page = desk_of(newsroom.correspondent).get(page_of(article))
    assert "<ins>群众</ins>" in page.text


def test_an_earlier_version_is_shown_as_it_was_frozen(newsroom, desk_of):
    article = newsroom.draft(headline="第一稿的标题")

    def write(locked):
        locked.headline = "第二稿的标题"
        locked.save(update_fields=["headline"])

    workflow.perform("edit", article, actor=newsroom.correspondent, write=write)
    desk = desk_of(newsroom.correspondent)
    first = desk.get(reverse("admin:article_revision", args=[article.number, 1]))
    assert "第一稿的标题" in first.text and "第二稿的标题" not in first.text
    assert desk.get(reverse("admin:article_revision", args=[article.number, 9])).status_code == 404


@pytest.mark.parametrize("verb", ["start", "edit", "delete", "publish"])
def test_there_are_no_other_verbs(newsroom, desk_of, verb):
    article = newsroom.draft()
    assert desk_of(newsroom.correspondent).post(act_on(article, verb), decision(article)).status_code == 404


def test_looking_at_the_address_of_a_button_does_nothing(newsroom, desk_of):
    article = newsroom.submitted()
    answer = desk_of(newsroom.unit_reviewer).get(act_on(article, "pass"))
    article.refresh_from_db()
    assert answer.url == page_of(article) and article.stage == Stage.UNIT_REVIEW


def test_a_forged_pass_by_the_author_changes_nothing(newsroom, desk_of):
    both = make_user(Role.UNIT_REVIEWER, newsroom.station)
    article = newsroom.draft(actor=both)
    workflow.perform("submit", article, actor=both)
    page = desk_of(both).post(act_on(article, "pass"), decision(article))
    assert page.status_code == 409 and Article.objects.get().stage == Stage.UNIT_REVIEW
