"""What a question to the workflow is about: who asks to do what with which article, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from bulletins.models import Article, Proposal, Release, ReleaseState, Review, Revision, Route, Stage
from bulletins.models.release import open_proposal
from bulletins.models.revision import Content, content_of
from bulletins.workflow.findings import Standing, standing


@dataclass(frozen=True)
class Refusal:
    """A reason why somebody may not: `key` for tests and programs, `message` for people."""

    key: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class Refused(Exception):
    """The verb was not carried out, for these reasons. Nothing was changed."""

    def __init__(self, reasons: list[Refusal]) -> None:
        super().__init__("; ".join(reason.key for reason in reasons))
        self.reasons = reasons


@dataclass
class Case:
    """One verb, asked by one person of one article at one moment.

    `given` holds what the person gave with it (reason, reason_code, notice, public_from, seen_stage,
    seen_revision, finding, write); it is None while only the question "may I?" is asked.
    """

    verb: str
    article: Article
    actor: User
    at: datetime
    given: dict[str, Any] | None = field(default=None)
    _newest: Revision | None = field(default=None, init=False)

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)

    def get(self, name: str, default: Any = "") -> Any:
        """What was given under that name; None counts as not given."""
        value = (self.given or {}).get(name)
        return default if value is None else value

    @cached_property
    def releases(self) -> list[tuple[Release, ReleaseState]]:
        """Those of the article with their states, newest first."""
        releases = self.article.releases.all() if self.article.pk else ()
        newest_first = sorted(releases, key=lambda release: release.sequence, reverse=True)
        return [(release, release.state(at=self.at)) for release in newest_first]

    @cached_property
    def release(self) -> Release | None:
        """The release that the public reads, or else the newest that was not called off."""
        candidates = [(r, state) for r, state in self.releases if state != ReleaseState.UNSCHEDULED]
        visible = [(r, state) for r, state in candidates if state == ReleaseState.LIVE]
        return next((r for r, _state in visible or candidates), None)

    @cached_property
    def scheduled(self) -> Release | None:
        """The release that waits for its time."""
        return next((r for r, state in self.releases if state == ReleaseState.SCHEDULED), None)

    @cached_property
    def proposal(self) -> Proposal | None:
        """What waits for a second person's word about a release of this article."""
        return open_proposal([release for release, _state in self.releases])

    @cached_property
    def reviews(self) -> list[Review]:
        return list(self.article.reviews.all())

    @cached_property
    def own_steps(self) -> set[str]:
        """Steps that the actor did already, since the article was begun or last revised."""
        own = [review for review in self.reviews if review.reviewer_id == self.actor.pk]
        return {review.step for review in own if review.cycle == self.article.cycle}

    @cached_property
    def own_changes(self) -> set[str]:
        """Stages at which the actor ever changed the text."""
        changed = Revision.objects.filter(article=self.article, created_by=self.actor)
        return set(changed.order_by().values_list("stage", flat=True).distinct())

    @cached_property
    def photos(self) -> set[str]:
        """Hashes of the photos that the article has, an empty one for a picture that is missing."""
        return {photo.sha256 for photo in self.article.photos.all()}

    @cached_property
    def route(self) -> list[str]:
        """The steps that an article of its kind takes."""
        return Route.objects.steps_for(self.article.kind)

    @property
    def newest_revision(self) -> Revision:
        """The version that the article is at; read once, until there is a newer one."""
        if self._newest is None or self._newest.number != self.article.revision_number:
            self._newest = Revision.objects.get(article=self.article, number=self.article.revision_number)
        return self._newest

    @property
    def release_state(self) -> str:
        return self.release.state(at=self.at) if self.release else ""

    @property
    def public_from(self) -> datetime:
        """From when readers would read it: now, unless a later time was given."""
        wanted: datetime | None = self.get("public_from", None)
        return wanted if wanted and wanted > self.at else self.at

    @property
    def is_in_the_making(self) -> bool:
        """Or else all is about what was released."""
        return self.article.stage not in {Stage.SETTLED, Stage.REFUSED}

    @cached_property
    def standing(self) -> list[Standing]:
        """What the checks say of the text that the verb is about."""
        return standing(self._text(), article=self.article, day=timezone.localdate(self.public_from))

    @cached_property
    def standing_in_release(self) -> list[Standing]:
        """The same of the text that was released."""
        assert self.release is not None  # asked of verbs that concern one
        return standing(self.release.content, article=self.article, day=self.on)

    def _text(self) -> Content:
        article = self.article
        if not self.is_in_the_making and self.release is not None:
            return self.release.content
        if article.stage in {Stage.DRAFT, Stage.RETURNED}:
            return content_of(article)  # what `submit` will freeze
        return self.newest_revision.content
