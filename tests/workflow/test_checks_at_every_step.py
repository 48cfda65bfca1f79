"""What must be mended stops a story where the office wants it stopped, and never becomes public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bulletins import readiness, workflow
from bulletins.models import (
    REVIEW_STEPS,
    Article,
    Listing,
    NotedFinding,
    Override,
    Release,
    SiteProfile,
    Stage,
    Transition,
)
from bulletins.models.revision import content_of
from bulletins.workflow.findings import Standing, standing
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

BLOCKED = "<p>近日，民警接到求助。</p><p>群众李某的手机号码是13812345678。</p>"
STEPS = (*REVIEW_STEPS, Stage.APPROVED)


def found_in(article: Article) -> list[Standing]:
    return standing(content_of(article), article=article, day=timezone.localdate())


def blocks_of(article: Article) -> list[Standing]:
    return [one for one in found_in(article) if one.finding.severity == "block"]


def keys(refused: pytest.ExceptionInfo[workflow.Refused]) -> list[str]:
    return [reason.key for reason in refused.value.reasons]


def step(newsroom: Newsroom, article: Article) -> None:
    """Submit it, or pass it on."""
    if article.stage == Stage.DRAFT:
        workflow.perform("submit", article, actor=article.author)
    else:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage))


def overridden(newsroom: Newsroom, article: Article, *, reason: str = "家属同意公开") -> None:
    for one in blocks_of(article):
        workflow.perform("override", article, actor=newsroom.desk_editor, finding=one.mark, reason=reason)


def rewrite(article: Article, body: str, *, actor: Any) -> None:
    def write(article: Article) -> None:
        article.body = body
        article.save(update_fields=["body"])

    workflow.perform("edit", article, actor=actor, write=write)


def failing(*_: Any) -> Any:
    raise RuntimeError("broken on purpose")


@pytest.fixture
def check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "CHECKS", (("broken", failing),))


@pytest.mark.parametrize("first_barred", STEPS)
def test_a_block_is_handed_on_until_the_step_that_the_office_named(
    newsroom: Newsroom, first_barred: Stage
) -> None:
    SiteProfile.objects.create(stops_before=first_barred)
    article = newsroom.draft(body=BLOCKED)
    for reached in STEPS[: STEPS.index(first_barred)]:
        step(newsroom, article)
        assert article.stage == reached
    before = article.stage, Transition.objects.count(), NotedFinding.objects.count()
    with pytest.raises(workflow.Refused) as refused:
        step(newsroom, article)
    assert keys(refused) == ["must_be_mended"]
    assert "13812345678" in str(refused.value.reasons[0])
    article.refresh_from_db()
    assert (article.stage, Transition.objects.count(), NotedFinding.objects.count()) == before


def test_unless_the_office_says_otherwise_it_stops_before_the_final_review(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    with pytest.raises(workflow.Refused):
        step(newsroom, article)


def test_a_warning_stops_nothing(newsroom: Newsroom) -> None:
    article = newsroom.draft(body="<p>2021 年 12 月 23 日，民警发放材料。</p>")
    assert {one.finding.severity for one in found_in(article)} >= {"warn"}
    for _ in STEPS:
        step(newsroom, article)
    workflow.perform("release", article, actor=newsroom.chief)
    assert article.stage == Stage.SETTLED


def test_what_blocks_only_now_is_not_released_either(newsroom: Newsroom, check_fails: None) -> None:
    """A check that raises is a finding that blocks: never an error, and never silence."""
    article = newsroom.draft()
    SiteProfile.objects.create(stops_before=Stage.APPROVED)
    while article.stage != Stage.FINAL_REVIEW:
        step(newsroom, article)
    with pytest.raises(workflow.Refused) as refused:
        step(newsroom, article)
    assert keys(refused) == ["must_be_mended"]


@pytest.mark.parametrize("delay", [None, timedelta(days=1)], ids=["now", "scheduled"])
def test_release_asks_again_whatever_was_passed_before(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, delay: timedelta | None
) -> None:
    article = newsroom.at_stage(Stage.APPROVED)
    monkeypatch.setattr(readiness, "CHECKS", (("broken", failing),))
    public_from = timezone.now() + delay if delay else None
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("release", article, actor=newsroom.chief, public_from=public_from)
    assert keys(refused) == ["must_be_mended"]
    assert not Release.objects.exists()
    assert not Listing.objects.exists()


def test_a_scheduled_release_is_checked_for_the_day_on_which_it_is_read(newsroom: Newsroom) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    day = timezone.localtime(tomorrow)
    article = newsroom.at_stage(
        Stage.APPROVED, body=f"<p>{day.year}年{day.month}月{day.day}日，民警走访群众。</p>"
    )
    workflow.perform("release", article, actor=newsroom.chief, public_from=tomorrow)
    noted = NotedFinding.objects.filter(key="date_lies_ahead")
    assert set(noted.values_list("verb", flat=True)) == {"submit", "pass"}


def test_an_overridden_block_goes_on_to_readers(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    overridden(newsroom, article)
    given = Override.objects.get()
    assert (given.by, given.step, given.reason) == (newsroom.desk_editor, Stage.DESK_REVIEW, "家属同意公开")
    assert (given.check_name, given.key, given.text) == ("telephone", "mobile_number", "13812345678")
    assert given.revision.number == article.revision_number
    assert (given.transition.verb, given.transition.reason) == ("override", "家属同意公开")
    for _ in range(2):
        step(newsroom, article)
    workflow.perform("release", article, actor=newsroom.chief)
    noted = NotedFinding.objects.filter(key="mobile_number").order_by("at")
    assert [(row.verb, row.was_overridden) for row in noted] == [
        ("submit", False), ("pass", False), ("pass", True), ("pass", True), ("release", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "still_overridden"),
    [
        (BLOCKED.replace("近日", "昨日"), True),
        ("<p>补充一段。</p>" + BLOCKED, True),
        (BLOCKED.replace("群众李某", "群众王某"), False),
        (BLOCKED.replace("13812345678", "13912345678"), False),
        (BLOCKED + "<p>群众李某的手机号码是13812345678。</p>", False),
    ],
    ids=["another paragraph", "moved", "text around it", "another number", "the same once more"],
)
def test_an_override_holds_for_the_paragraph_as_it_was(
    newsroom: Newsroom, body: str, still_overridden: bool
) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    overridden(newsroom, article)
    assert all(one.override for one in blocks_of(article))
    rewrite(article, body, actor=newsroom.desk_editor)
    assert all(one.override for one in blocks_of(article)) == still_overridden
    if still_overridden:
        step(newsroom, article)
        assert article.stage == Stage.FINAL_REVIEW
    else:
        with pytest.raises(workflow.Refused):
            step(newsroom, article)


def test_an_override_is_of_one_finding(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body="<p>李某电话13812345678，王某电话13987654321。</p>")
    one, other = blocks_of(article)
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=one.mark, reason="公开寻人")
    assert [bool(now.override) for now in blocks_of(article)] == [True, False]
    with pytest.raises(workflow.Refused):
        step(newsroom, article)
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=other.mark, reason="公开寻人")
    step(newsroom, article)


@pytest.mark.parametrize("mark", ["", "0" * 64, "\0", "x"])
def test_what_is_not_found_cannot_be_overridden(newsroom: Newsroom, mark: str) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("override", article, actor=newsroom.desk_editor, finding=mark, reason="原因")
    assert keys(refused) == ["finding_is_gone"]


def test_a_second_click_overrides_nothing_twice_and_a_reason_is_asked_for(newsroom: Newsroom) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    mark = blocks_of(article)[0].mark
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("override", article, actor=newsroom.desk_editor, finding=mark, reason="  ")
    assert keys(refused) == ["reason_required"]
    overridden(newsroom, article)
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("override", article, actor=newsroom.chief, finding=mark, reason="同意")
    assert keys(refused) == ["finding_is_gone"]
    assert Override.objects.count() == 1


def test_what_was_withdrawn_is_checked_before_it_comes_back(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = newsroom.withdrawn()
    article = release.article
    workflow.perform("restore", article, actor=newsroom.desk_editor, reason="已核实")
    monkeypatch.setattr(readiness, "CHECKS", (("broken", failing),))
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("confirm_restoration", article, actor=newsroom.chief)
    assert keys(refused) == ["must_be_mended"]
    assert not Release.objects.visible(at=timezone.now()).exists()
    overridden(newsroom, article)
    workflow.perform("confirm_restoration", article, actor=newsroom.chief)
    assert Release.objects.visible(at=timezone.now()).get() == release


def test_a_refused_new_version_does_not_stand_in_the_way_of_bringing_back_the_old_one(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = newsroom.released().article
    workflow.perform("revise", article, actor=article.author)
    rewrite(article, BLOCKED, actor=article.author)
    workflow.perform("submit", article, actor=article.author)
    workflow.perform("refuse", article, actor=newsroom.desk_editor, reason_code="facts")
    workflow.perform("withdraw_at_once", article, actor=newsroom.chief, reason="有误")
    workflow.perform("sign_off", article, actor=newsroom.second_chief)
    monkeypatch.setattr(readiness, "CHECKS", (("broken", failing),))
    workflow.perform("restore", article, actor=newsroom.desk_editor, reason="已核实")
    with pytest.raises(workflow.Refused):
        workflow.perform("confirm_restoration", article, actor=newsroom.chief)
    release = article.releases.get()
    (one,) = standing(release.content, article=article, day=timezone.localdate())
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=one.mark, reason="人工核对过")
    workflow.perform("confirm_restoration", article, actor=newsroom.chief)
    assert Release.objects.visible(at=timezone.now()).get() == release


def test_every_step_writes_down_what_was_found(newsroom: Newsroom) -> None:
    article = newsroom.submitted(body="<p>2021 年 12 月 23 日，民警发放材料。</p>")
    line = article.transitions.get(verb="submit")
    stands = found_in(article)
    noted = [
        (row.check_name, row.key, row.severity, row.start, row.end, row.mark) for row in line.findings.all()
    ]
    assert noted == [
        (f.check, f.key, f.severity, f.start, f.end, one.mark) for one in stands for f in [one.finding]
    ]
    assert {(row.unit, row.verb, row.at) for row in line.findings.all()} == {
        (newsroom.station, "submit", line.at)
    }
    workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="请改")
    assert article.transitions.get(verb="return").findings.count() == len(stands)


def test_a_text_that_was_changed_past_the_desk_is_checked_as_it_is(newsroom: Newsroom) -> None:
    SiteProfile.objects.create(stops_before=Stage.UNIT_REVIEW)
    article = newsroom.draft()
    Article.objects.filter(pk=article.pk).update(body=BLOCKED)
    with pytest.raises(workflow.Refused) as refused:
        workflow.perform("submit", article, actor=article.author)
    assert keys(refused) == ["must_be_mended"]


LONG = "<p>" + "".join(f"民警在第{n}号楼走访群众并登记隐患{n * 7}处，当场整改。" for n in range(12)) + "</p>"


def test_a_story_that_was_handed_in_is_known_to_the_next_one_of_the_same_text(newsroom: Newsroom) -> None:
    def repeats(article: Article) -> list[str]:
        return [one.finding.about for one in found_in(article) if one.finding.check == "duplicates"]

    first, second = newsroom.draft(body=LONG), newsroom.draft(body=LONG)
    assert repeats(second) == []
    workflow.perform("submit", first, actor=first.author)
    assert repeats(second) == [first.number]
    assert repeats(first) == []


def test_what_is_in_the_making_does_not_stop_what_is_to_come_back(newsroom: Newsroom) -> None:
    article = newsroom.released().article
    workflow.perform("revise", article, actor=newsroom.correspondent)
    rewrite(article, BLOCKED, actor=newsroom.correspondent)
    workflow.perform("withdraw_at_once", article, actor=newsroom.chief, reason="有误", notice="已撤下。")
    workflow.perform("sign_off", article, actor=newsroom.desk_editor)
    workflow.perform("restore", article, actor=newsroom.desk_editor, reason="已核实")
    stands = found_in(article)
    told = workflow.options(article, actor=newsroom.chief, standing=stands)
    (option,) = (one for one in told if one.verb == "confirm_restoration")
    assert option.is_open and not option.mends and any(one.blocks for one in stands)
