"""Who may remark, answer, resolve and demand; and when an article may go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from bulletins import remarks, workflow
from bulletins.models import Article, Deed, Remark, Stage
from bulletins.models.revision import content_of, hash_of
from bulletins.remarks import NotSaid, Place
from tests.factories import Newsroom, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.at_stage(Stage.DESK_REVIEW)


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    heard: list[dict[str, Any]] = []

    def hear(**given: Any) -> None:
        heard.append(given)

    remarks.mentioned.connect(hear)
    yield heard
    remarks.mentioned.disconnect(hear)


def write(article: Article, actor: User, text: str = "时间请核实", **given: Any) -> Remark:
    given = {"ticket": str(hash(text)), "revision": article.revision_number} | given
    return remarks.write(article, actor=actor, text=text, **given)[0]


def reply(remark: Remark, deed: Deed, actor: User, text: str = "") -> None:
    remarks.reply(remark, deed, actor=actor, text=text, ticket=f"{deed}{text}{actor.pk}")


def keys(article: Article, verb: str, actor: User) -> list[str]:
    return [reason.key for reason in workflow.refusals(verb, article, actor=actor)]


def waits(remark: Remark) -> bool:
    return Remark.objects.with_replies().get(pk=remark.pk).waits


@pytest.mark.parametrize("person", ["correspondent", "unit_reviewer", "desk_editor", "chief"])
def test_whoever_works_on_it_writes(newsroom: Newsroom, article: Article, person: str) -> None:
    remark = write(article, getattr(newsroom, person), place=Place("body", "民警接到求助", 3))
    assert (remark.field, remark.quote, remark.before, remark.after) == (
        "body",
        "民警接到求助",
        "近日，",
        "。",
    )
    assert remark.revision.number == 1


@pytest.mark.parametrize("person", ["auditor", "administrator"])
def test_nobody_else_does(newsroom: Newsroom, article: Article, person: str) -> None:
    with pytest.raises(NotSaid):
        write(article, getattr(newsroom, person))
    outside = make_user(Role.DESK_EDITOR, newsroom.other_station)
    with pytest.raises(NotSaid):
        write(article, outside)
    assert not Remark.objects.exists()


def test_reviewers_and_the_desk_demand_an_answer_and_correspondents_do_not(
    newsroom: Newsroom, article: Article
) -> None:
    with pytest.raises(NotSaid, match="只有审核人和编辑部"):
        write(article, newsroom.correspondent, must_be_answered=True)
    for person in (newsroom.unit_reviewer, newsroom.desk_editor, newsroom.chief):
        assert write(article, person, must_be_answered=True).waits
    theirs = write(article, newsroom.correspondent, "可否改题？")
    reply(theirs, Deed.DEMAND, newsroom.chief)
    assert waits(theirs)


@pytest.mark.parametrize(
    ("verb", "stage", "person"),
    [
        ("submit", Stage.DRAFT, "correspondent"),
        ("submit", Stage.RETURNED, "correspondent"),
        ("pass", Stage.UNIT_REVIEW, "unit_reviewer"),
        ("pass", Stage.DESK_REVIEW, "desk_editor"),
        ("pass", Stage.FINAL_REVIEW, "chief"),
        ("release", Stage.APPROVED, "chief"),
    ],
)
def test_every_step_waits_for_the_answer_and_says_for_which(
    newsroom: Newsroom, verb: str, stage: str, person: str
) -> None:
    article, actor = newsroom.at_stage(stage), getattr(newsroom, person)
    remark = write(article, newsroom.second_chief, "时间请核实" * 20, must_be_answered=True)
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform(verb, article, actor=actor)
    [reason] = refused.value.reasons
    assert reason.key == "remark_must_be_answered"
    assert "时间请核实" in str(reason) and "主任戊" in str(reason) and len(str(reason)) < 80
    reply(remark, Deed.ANSWER, newsroom.correspondent, "已核实")
    workflow.perform(verb, article, actor=actor)


@pytest.mark.parametrize("verb", ["return", "refuse"])
def test_the_way_back_does_not_wait(newsroom: Newsroom, article: Article, verb: str) -> None:
    write(article, newsroom.chief, must_be_answered=True)
    workflow.perform(verb, article, actor=newsroom.desk_editor, reason="有误", reason_code="facts")


def test_whoever_asked_does_not_answer_but_may_resolve(newsroom: Newsroom, article: Article) -> None:
    remark = write(article, newsroom.chief, must_be_answered=True)
    reply(remark, Deed.ANSWER, newsroom.chief, "补充一句")
    assert keys(article, "pass", newsroom.desk_editor) == ["remark_must_be_answered"]
    reply(remark, Deed.RESOLVE, newsroom.chief)
    assert not keys(article, "pass", newsroom.desk_editor)


def test_what_is_opened_or_demanded_again_waits_again(newsroom: Newsroom, article: Article) -> None:
    remark = write(article, newsroom.chief, must_be_answered=True)
    reply(remark, Deed.ANSWER, newsroom.desk_editor, "好")
    assert not waits(remark)
    reply(remark, Deed.DEMAND, newsroom.unit_reviewer)
    assert waits(remark)
    reply(remark, Deed.RESOLVE, newsroom.chief)
    assert not waits(remark)
    reply(remark, Deed.REOPEN, newsroom.chief)
    assert waits(remark)
    reply(remark, Deed.ANSWER, newsroom.correspondent, "这次真的核实了")
    assert not waits(remark)


def test_an_author_does_not_settle_what_was_said_to_them(newsroom: Newsroom) -> None:
    article = newsroom.draft(actor=newsroom.unit_reviewer)
    remark = write(article, newsroom.chief, must_be_answered=True)
    with pytest.raises(NotSaid, match="由提出批注的人或审核人确定"):
        reply(remark, Deed.RESOLVE, newsroom.unit_reviewer)
    own = write(article, newsroom.unit_reviewer, "我自己的疑问")
    reply(own, Deed.RESOLVE, newsroom.unit_reviewer)
    assert not Remark.objects.with_replies().get(pk=own.pk).is_open


def test_a_correspondent_settles_nothing_of_others_and_nothing_is_done_twice(
    newsroom: Newsroom, article: Article
) -> None:
    remark = write(article, newsroom.chief)
    with pytest.raises(NotSaid):
        reply(remark, Deed.RESOLVE, newsroom.correspondent)
    with pytest.raises(NotSaid, match="本来就未解决"):
        reply(remark, Deed.REOPEN, newsroom.chief)
    reply(remark, Deed.RESOLVE, newsroom.chief)
    for deed in (Deed.RESOLVE, Deed.ANSWER, Deed.DEMAND):
        with pytest.raises(NotSaid):
            reply(remark, deed, newsroom.desk_editor, "晚了")


def test_the_same_form_twice_is_one_remark_and_one_answer(newsroom: Newsroom, article: Article) -> None:
    first = write(article, newsroom.chief)
    assert write(article, newsroom.chief) == first
    for _click in range(2):
        reply(first, Deed.ANSWER, newsroom.desk_editor, "好")
    assert Remark.objects.get().replies.count() == 1


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "字" * 2001])
def test_a_remark_says_something_and_not_too_much(newsroom: Newsroom, article: Article, text: str) -> None:
    with pytest.raises(NotSaid):
        write(article, newsroom.chief, text)


@pytest.mark.parametrize(
    "place",
    [
        Place("body", "不在文中"),
        Place("body", ""),
        Place("photos", "近日"),
        Place("", "近日"),
        Place("body", "\r"),
    ],
)
def test_a_passage_that_does_not_stand_there_is_refused(
    newsroom: Newsroom, article: Article, place: Place
) -> None:
    with pytest.raises(NotSaid, match="请重新选择"):
        write(article, newsroom.chief, place=place)
    with pytest.raises(NotSaid, match="没有这个版本"):
        write(article, newsroom.chief, revision=99)


def test_those_who_are_named_are_told_and_nobody_else(
    newsroom: Newsroom, article: Article, told: list[dict[str, Any]]
) -> None:
    remark = write(article, newsroom.chief, "@编辑丙 和 @主任丁 看一下🚓")
    [heard] = told
    assert heard["people"] == [newsroom.desk_editor]
    assert (heard["remark"], heard["reply"], heard["actor"]) == (remark, None, newsroom.chief)
    with pytest.raises(NotSaid, match="无权阅读"):
        write(article, newsroom.chief, "@管理员己 看一下")
    reply(remark, Deed.ANSWER, newsroom.desk_editor, "@主任丁 已看")
    assert [one["people"] for one in told[1:]] == [[newsroom.chief]]


def test_what_is_open_and_what_waits_is_known_of_many_articles_at_once(
    newsroom: Newsroom, article: Article, django_assert_num_queries: Any
) -> None:
    other, third = newsroom.draft(), newsroom.draft()
    resolved = write(article, newsroom.chief, "一", must_be_answered=True)
    write(article, newsroom.chief, "二")
    waiting = write(other, newsroom.chief, "三", must_be_answered=True)
    reply(resolved, Deed.RESOLVE, newsroom.chief)
    numbers = [article.pk, other.pk, third.pk]
    with django_assert_num_queries(2):
        assert Remark.objects.open_of(numbers) == {article.pk: 1, other.pk: 1}
    with django_assert_num_queries(2):
        assert Remark.objects.waiting_of(numbers) == {other.pk: [waiting]}


def test_a_remark_is_no_part_of_the_text(newsroom: Newsroom, article: Article) -> None:
    before = hash_of(content_of(article))
    write(article, newsroom.chief, place=Place("body", "民警"))
    article.refresh_from_db()
    assert hash_of(content_of(article)) == before
    assert article.revision_number == 1
