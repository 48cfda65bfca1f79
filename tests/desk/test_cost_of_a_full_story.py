"""The pages of a story that has all that one can have ask no more than thirty questions either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletins import arranging, remarks, workflow
from bulletins.models import Article, Deed, Photo, SiteProfile, Stage
from bulletins.models.revision import content_of
from bulletins.workflow.findings import standing
from tests.desk.test_cost import LIMIT
from tests.factories import Newsroom, make_campaign
from tests.kept import kept_for_a_module

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PHONES = "".join(f"<p>群众李某第{n}次来电，手机号码是1381234567{n}。</p>" for n in range(4))
# Of the stories that have all that a story can have, one at each of these.
FULL_AT = (Stage.RETURNED, Stage.DESK_REVIEW, Stage.FINAL_REVIEW, Stage.APPROVED)
# Who has it before them there.
AT_IT = {
    Stage.RETURNED: "correspondent",
    Stage.DESK_REVIEW: "desk_editor",
    Stage.FINAL_REVIEW: "chief",
    Stage.APPROVED: "chief",
}


def mend(article: Article, actor: Any, *, body: str, photos: int = 0) -> None:
    def write(locked: Article) -> None:
        locked.body = body
        locked.save(update_fields=["body"])
        for n in range(photos):
            name = f"{n:x}" * 64
            Photo.objects.create(
                article=locked, position=n + 1, sha256=name, file=f"photos/{n}.jpg", web=f"web/{n}.jpg", width=1600,
                height=1200, fingerprint=f"{n:x}" * 16, caption="民警在现场",
            )  # fmt: skip

    workflow.perform("edit", article, actor=actor, write=write)


def steps_to(newsroom: Newsroom, article: Article, stage: str) -> None:
    """Submit it and pass it until it is there."""
    workflow.perform("submit", article, actor=newsroom.correspondent)
    while article.stage != stage:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage))


def full_story(newsroom: Newsroom, stage: Stage) -> Article:
    """A new version of a story that was withdrawn once and is to be again: with photos that others showed too, findings,
    an override, remarks that must be answered, campaigns and tags, arranged for somebody.
    """
    body = "<p>近日，民警接到求助，连夜送走失老人回家。</p>"
    article = newsroom.draft(body=body, campaigns=[make_campaign()], tags=["反诈", "护老"])
    mend(article, newsroom.correspondent, body=body + "<p>老人平安。</p>", photos=6)
    steps_to(newsroom, article, Stage.APPROVED)
    workflow.perform("release", article, actor=newsroom.chief)
    workflow.perform(
        "withdraw_at_once", article, actor=newsroom.chief, reason="有误", notice="因内容更正，已撤下。"
    )
    workflow.perform("sign_off", article, actor=newsroom.desk_editor)
    workflow.perform("restore", article, actor=newsroom.desk_editor, reason="无误")
    workflow.perform("confirm_restoration", article, actor=newsroom.chief)
    workflow.perform("revise", article, actor=newsroom.correspondent)
    mend(article, newsroom.correspondent, body=body + ("" if stage == Stage.APPROVED else PHONES))
    if stage == Stage.RETURNED:
        workflow.perform("submit", article, actor=newsroom.correspondent)
        workflow.perform("return", article, actor=newsroom.unit_reviewer, reason="请核实")
    else:
        steps_to(newsroom, article, stage)
    blocking = [one for one in standing(content_of(article), article=article, day=NOW.date()) if one.blocks]
    if blocking:
        given = {"finding": blocking[0].mark, "reason": "家属同意公开"}
        workflow.perform("override", article, actor=newsroom.desk_editor, **given)
    for n in range(3):
        remark, _told = remarks.write(
            article, actor=newsroom.second_chief, text="@编辑丙 请核实", ticket=f"r{n}{stage}", revision=article.revision_number,
            place=remarks.Place("body", "民警"), must_be_answered=True,
        )  # fmt: skip
        remarks.reply(remark, Deed.ANSWER, actor=newsroom.correspondent, text="已核实", ticket=f"a{n}{stage}")
        remarks.reply(remark, Deed.DEMAND, actor=newsroom.second_chief, text="再核", ticket=f"d{n}{stage}")
    workflow.perform("withdraw", article, actor=newsroom.desk_editor, reason="又有误", notice="已撤下。")
    arranging.set_due(article, NOW + timedelta(hours=1), actor=newsroom.desk_editor)
    return article


@pytest.fixture(scope="module")
def full(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Newsroom, dict[Stage, str]]]:
    with kept_for_a_module(django_db_blocker):
        newsroom = Newsroom()
        SiteProfile.objects.create(stops_before=Stage.APPROVED)
        for n in range(3):
            other = newsroom.draft(
                body="<p>近日，民警接到求助，连夜送走失老人回家。</p>", headline=f"别的第{n}篇"
            )
            mend(
                other,
                newsroom.correspondent,
                body="<p>近日，民警接到求助，连夜送走失老人回家。好。</p>",
                photos=6,
            )
            steps_to(newsroom, other, Stage.APPROVED)
            workflow.perform("release", other, actor=newsroom.chief)
        yield newsroom, {stage: full_story(newsroom, stage).number for stage in FULL_AT}


@pytest.mark.parametrize("path", ["", "edit/", "edit/?check=1", "differences/", "history/"])
@pytest.mark.parametrize("stage", FULL_AT)
def test_a_story_with_all_that_one_can_have_costs_no_more_than_that_either(
    full: tuple[Newsroom, dict[Stage, str]], stage: Stage, path: str
) -> None:
    newsroom, numbers = full
    browser = Client()
    browser.force_login(getattr(newsroom, AT_IT[stage]))
    for _time in range(2):  # the second time as a reviewer comes back to it
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/desk/articles/{numbers[stage]}/{path}").status_code == 200
        assert len(queries) <= LIMIT, "\n".join(query["sql"] for query in queries.captured_queries)
