"""Plays the stories of the demo through the workflow, each to the stage it is to wait at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from bulletins import workflow
from bulletins.management.demo import in_the_making as waiting
from bulletins.management.demo import with_slips as slips
from bulletins.management.demo.mended import MENDED
from bulletins.management.demo.published import PUBLISHED, UPDATED, UPDATED_CORRECTION, UPDATED_TEXT
from bulletins.management.demo.story import Story, markup
from bulletins.models import REVIEW_STEPS, Article, Revision, Stage
from bulletins.workflow.findings import standing

# An office day: when a story is begun, submitted, edited by the desk, passed at each step and released.
BEGUN, SUBMITTED, EDITED, RELEASED = time(8, 40), time(9, 20), time(13, 40), time(17, 0)
PASSED = dict(zip(REVIEW_STEPS, (time(10, 30), time(14, 5), time(16, 10)), strict=True))
UNIT_REVIEWERS = {"guanghe": "suozhang", "ershilipu": "suozhang2"}


class Play:
    """`people` by username, as `people.appoint` gives them. Stories begin a day before `now` or earlier."""

    def __init__(self, people: dict[str, User], *, now: datetime) -> None:
        self.people = people
        self.now = now

    def all(self) -> int:
        """Play everything, the oldest first, so that numbers follow time. Returns the number of stories."""
        scenes: list[tuple[Story, Callable[[Story], Any]]] = [(story, self.released) for story in PUBLISHED]
        scenes += [
            (UPDATED, self.updated),
            (waiting.DRAFT, self.begun),
            (waiting.UNIT_REVIEW, self.returned_and_mended),
            (waiting.UNIT_REVIEW_ABOVE, self.submitted),
            (waiting.DESK_REVIEW, self.at_the_desk),
            (waiting.FINAL_REVIEW, self.mended_by_the_desk),
            (waiting.APPROVED, self.approved),
            (waiting.RETURNED, lambda story: self.returned_by_the_desk(story, waiting.RETURNED_REASON)),
            (waiting.REFUSED, self.refused),
            (waiting.SCHEDULED, self.scheduled),
            (waiting.BEING_REVISED, self.being_revised),
            (waiting.WITHDRAWAL_ASKED, self.withdrawal_asked),
            (waiting.WITHDRAWN, self.withdrawn),
            *self.scenes_with_slips(),
        ]
        scenes.sort(key=lambda scene: -scene[0].days)
        for story, scene in scenes:
            scene(story)
        return len(scenes)

    def scenes_with_slips(self) -> list[tuple[Story, Callable[[Story], Any]]]:
        return [
            *((story, self.mended_and_released) for story in MENDED),
            (slips.PICTURE_SHOWN_FIRST, self.released),
            (slips.DRAFT, self.begun),
            (slips.BLOCKED, self.at_the_desk),
            (slips.OVERRIDDEN, lambda story: self.overridden_by_the_desk(story, slips.OVERRIDE_REASON)),
            (slips.LET_STAND, self.let_stand_and_released),
            (slips.RETURNED, lambda story: self.returned_by_the_desk(story, slips.RETURNED_REASON)),
            (slips.TOLD_FIRST, self.at_the_desk),
            (slips.TOLD_AGAIN, self.at_the_desk),
            (slips.WITH_AN_OLD_PICTURE, self.at_the_desk),
        ]

    # --- How anybody says a verb ---

    def at(self, days: int, clock: time) -> datetime:
        """That time of day, so many days ago."""
        day = timezone.localdate(self.now) - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, clock))

    def say(self, verb: str, article: Article, who: str, days: int, clock: time, **given: Any) -> None:
        workflow.perform(verb, article, actor=self.people[who], at=self.at(days, clock), **given)

    def reviewer(self, story: Story, step: str) -> str:
        unit_reviewer = UNIT_REVIEWERS.get(story.unit, "kezhang")
        return {Stage.UNIT_REVIEW: unit_reviewer, Stage.DESK_REVIEW: "bianji"}.get(Stage(step), "zhuren")

    def pass_until(self, stage: str, article: Article, story: Story, days: int) -> None:
        while article.stage != stage:
            step = article.stage
            self.say("pass", article, self.reviewer(story, step), days, PASSED[Stage(step)])

    def rewrite(self, article: Article, who: str, days: int, clock: time, **text: str) -> None:
        def write(article: Article) -> None:
            for field, value in text.items():
                setattr(article, field, value)
            article.save(update_fields=list(text))

        self.say("edit", article, who, days, clock, write=write)

    # --- The scenes ---

    def begun(self, story: Story) -> Article:
        article, author = story.article(), self.people[story.author]
        self.say(
            "start",
            article,
            story.author,
            story.days,
            BEGUN,
            write=lambda locked: story.write(locked, author=author),
        )
        return article

    def submitted(self, story: Story) -> Article:
        article = self.begun(story)
        self.say("submit", article, story.author, story.days, SUBMITTED)
        return article

    def passed(self, story: Story, *, until: str) -> Article:
        article = self.submitted(story)
        self.pass_until(until, article, story, story.days)
        return article

    def at_the_desk(self, story: Story) -> Article:
        return self.passed(story, until=Stage.DESK_REVIEW)

    def approved(self, story: Story) -> Article:
        return self.passed(story, until=Stage.APPROVED)

    def released(self, story: Story) -> Article:
        article = self.approved(story)
        self.say("release", article, "zhuren", story.days, RELEASED)
        return article

    def scheduled(self, story: Story) -> Article:
        article = self.approved(story)
        tomorrow = self.at(-1, time(8, 0))
        self.say("release", article, "zhuren", story.days, RELEASED, public_from=tomorrow)
        return article

    def returned_and_mended(self, story: Story) -> None:
        article = self.submitted(story)
        reason = waiting.UNIT_REVIEW_REASON
        self.say("return", article, "suozhang", story.days, PASSED[Stage.UNIT_REVIEW], reason=reason)
        text = markup(waiting.UNIT_REVIEW_TEXT)
        self.rewrite(article, story.author, story.days - 1, BEGUN, body=text)
        self.say("submit", article, story.author, story.days - 1, SUBMITTED)

    def mended_by_the_desk(self, story: Story) -> None:
        article = self.at_the_desk(story)
        headline = waiting.FINAL_REVIEW_HEADLINE
        self.rewrite(article, "bianji", story.days, EDITED, headline=headline)
        self.pass_until(Stage.FINAL_REVIEW, article, story, story.days)

    def mended_and_released(self, story: Story) -> None:
        article = self.at_the_desk(story)
        self.rewrite(article, "bianji", story.days, EDITED, body=markup(story.mended))
        self.pass_until(Stage.APPROVED, article, story, story.days)
        self.say("release", article, "zhuren", story.days, RELEASED)

    def overridden_by_the_desk(self, story: Story, reason: str) -> Article:
        article = self.at_the_desk(story)
        revision = Revision.objects.get(article=article, number=article.revision_number)
        for one in standing(revision.content, article=article, day=self.at(story.days, EDITED).date()):
            if one.blocks:
                self.say("override", article, "bianji", story.days, EDITED, finding=one.mark, reason=reason)
        self.pass_until(Stage.FINAL_REVIEW, article, story, story.days)
        return article

    def let_stand_and_released(self, story: Story) -> None:
        article = self.overridden_by_the_desk(story, slips.LET_STAND_REASON)
        self.pass_until(Stage.APPROVED, article, story, story.days)
        self.say("release", article, "zhuren", story.days, RELEASED)

    def returned_by_the_desk(self, story: Story, reason: str) -> None:
        article = self.at_the_desk(story)
        self.say("return", article, "bianji", story.days, PASSED[Stage.DESK_REVIEW], reason=reason)

    def refused(self, story: Story) -> None:
        article = self.at_the_desk(story)
        self.say(
            "refuse",
            article,
            "bianji",
            story.days,
            PASSED[Stage.DESK_REVIEW],
            reason=waiting.REFUSED_REASON,
            reason_code="not_news",
        )

    def being_revised(self, story: Story) -> None:
        article = self.released(story)
        self.say("revise", article, story.author, 1, time(9, 5))
        self.rewrite(article, story.author, 1, time(9, 45), body=markup(waiting.BEING_REVISED_TEXT))

    def updated(self, story: Story) -> None:
        article = self.released(story)
        days = story.days - 7
        self.say("revise", article, story.author, days, time(8, 20))
        text = markup(UPDATED_TEXT)
        self.rewrite(article, story.author, days, BEGUN, body=text, correction=UPDATED_CORRECTION)
        self.say("submit", article, story.author, days, SUBMITTED)
        self.pass_until(Stage.APPROVED, article, story, days)
        self.say("release", article, "zhuren2", days, RELEASED)

    def withdrawal_asked(self, story: Story) -> None:
        article = self.released(story)
        reason = waiting.WITHDRAWAL_ASKED_REASON
        self.say("withdraw", article, "suozhang2", 1, time(15, 30), reason=reason)

    def withdrawn(self, story: Story) -> None:
        article = self.released(story)
        days, reason, notice = story.days - 2, waiting.WITHDRAWN_REASON, waiting.WITHDRAWN_NOTICE
        self.say("withdraw", article, "bianji", days, time(9, 0), reason=reason, notice=notice)
        self.say("confirm_withdrawal", article, "zhuren2", days, time(9, 20))
