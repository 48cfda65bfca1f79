"""What somebody who holds every role may still do with a text, after what they did with it before: every such case.

Roles are no limit here, so each refusal comes from what was done. The table is written by hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Stage
from tests.factories import Newsroom, make_user
from tests.stories.conftest import writes

pytestmark = pytest.mark.django_db

STAGES = (Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW, Stage.APPROVED)
GIVEN = {"reason": "原因", "reason_code": "other"}
AUTHOR, CHANGED, REVIEWED = {"is_author"}, {"is_contributor"}, {"did_another_step"}
MAY: set[str] = set()

# What one did: at unit review, desk review, final review and approved, why one may not pass it (approved: release it).
PASS = {
    "nothing": (MAY, MAY, MAY, MAY),
    "wrote it": (AUTHOR, AUTHOR, AUTHOR, MAY),
    "changed a comma of the draft": (CHANGED, CHANGED, CHANGED, MAY),
    "changed a comma at unit review": (MAY, CHANGED, CHANGED, MAY),
    "changed a comma at desk review": (MAY, MAY, CHANGED, MAY),
    "changed a comma at final review": (MAY, MAY, CHANGED, MAY),
    "passed it at unit review": (MAY, REVIEWED, REVIEWED, MAY),
    "passed it at desk review": (MAY, MAY, REVIEWED, MAY),
    "changed and passed it at unit review": (MAY, REVIEWED | CHANGED, REVIEWED | CHANGED, MAY),
    "returned it from desk review": (REVIEWED, MAY, REVIEWED, MAY),
}
# And why one may not return it. To have changed it is no obstacle.
RETURN = dict.fromkeys(PASS, (MAY, MAY, MAY, MAY)) | {
    "wrote it": (AUTHOR, AUTHOR, AUTHOR, AUTHOR),
    "passed it at unit review": (MAY, REVIEWED, REVIEWED, REVIEWED),
    "passed it at desk review": (MAY, MAY, REVIEWED, REVIEWED),
    "changed and passed it at unit review": (MAY, REVIEWED, REVIEWED, REVIEWED),
    "returned it from desk review": (REVIEWED, MAY, REVIEWED, REVIEWED),
}


class Way:
    """An article on its way through the steps, and one person who does something on it once."""

    def __init__(self, deed: str) -> None:
        self.newsroom = Newsroom()
        self.deed = deed
        self.one = make_user(Role.CORRESPONDENT, self.newsroom.station)
        for role in (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR):
            Membership.objects.create(user=self.one, role=role, unit=self.newsroom.bureau)
        author = self.one if deed == "wrote it" else self.newsroom.correspondent
        self.article: Article = self.newsroom.draft(actor=author)
        if deed == "changed a comma of the draft":
            self.change()
        self.say("submit", author)
        if deed == "returned it from desk review":
            self.say("pass", self.newsroom.unit_reviewer)
            self.say("return", self.one, reason="补充")
            self.say("submit", author)

    def say(self, verb: str, actor: User, **given: Any) -> None:
        workflow.perform(verb, self.article, actor=actor, **given)

    def change(self) -> None:
        self.say("edit", self.one, write=writes(body="<p>近日民警接到求助。</p>"))

    def why_not(self, verb: str) -> set[str]:
        return {no.key for no in workflow.refusals(verb, self.article, actor=self.one, given=GIVEN)}

    def does_what_is_done_at(self, stage: str) -> None:
        if self.deed.endswith(f"at {stage.replace('_', ' ')}") and "changed" in self.deed:
            self.change()

    def goes_on_from(self, stage: str) -> None:
        passes = self.deed.endswith(f"passed it at {stage.replace('_', ' ')}")
        self.say("pass", self.one if passes else self.newsroom.reviewer_at(stage))


@pytest.mark.parametrize("deed", PASS)
def test_what_was_done_before_decides_what_may_be_done_now(deed: str) -> None:
    way = Way(deed)
    for stage, no_pass, no_return in zip(STAGES, PASS[deed], RETURN[deed], strict=True):
        assert way.article.stage == stage
        way.does_what_is_done_at(stage)
        if stage == Stage.APPROVED:
            assert way.why_not("release") == no_pass
        else:
            assert way.why_not("pass") == no_pass, stage
            assert way.why_not("refuse") == (AUTHOR if deed == "wrote it" else MAY), stage
        assert way.why_not("return") == no_return, stage
        # The author takes it back first.
        assert way.why_not("edit") == ({"author_recalls"} if deed == "wrote it" else MAY), stage
        if stage != Stage.APPROVED:
            way.goes_on_from(stage)


@pytest.mark.parametrize("deed", ["nothing", "passed it at desk review"])
def test_a_change_after_the_final_review_voids_it_whoever_makes_it(deed: str) -> None:
    way = Way(deed)
    for stage in STAGES[:3]:
        way.goes_on_from(stage)
    way.change()
    assert way.article.stage == Stage.FINAL_REVIEW
    assert "wrong_stage" in way.why_not("release")
    # Not oneself, who changed it; the chief who passed it before may, since the step is the same one.
    assert "is_contributor" in way.why_not("pass")
    way.say("pass", way.newsroom.chief)
    assert way.article.stage == Stage.APPROVED
