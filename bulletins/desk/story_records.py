"""All that was ever done with one article, put together: each step with what was said, judged and signed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import WRITERS, Role
from bulletins.models import Article, Override, Proposal, Release, Review, Revision, Stage, Transition

ASKS = frozenset({"withdraw", "withdraw_at_once", "restore"})
# What concerns a release belongs to the round of review in which that was signed, however late it comes.
OF_RELEASE = ASKS | {
    "confirm_withdrawal", "decline_withdrawal", "sign_off", "confirm_restoration", "decline_restoration",
}  # fmt: skip
ROLE_AT = {
    Stage.UNIT_REVIEW: (Role.UNIT_REVIEWER,),
    Stage.DESK_REVIEW: (Role.DESK_EDITOR,),
    Stage.FINAL_REVIEW: (Role.CHIEF_EDITOR,),
}


@dataclass
class Step:
    """One line of history and what hangs on it. `until` is the last of several savings in a row by the same person."""

    line: Transition
    cycle: int
    review: Review | None = None
    override: Override | None = None
    proposal: Proposal | None = None
    office: str = ""
    until: Transition | None = None
    times: int = 1

    @property
    def revision(self) -> Revision | None:
        return (self.until or self.line).revision

    @property
    def notice(self) -> str:
        """What readers were told, where this step says it."""
        return self.proposal.notice if self.proposal and self.line.verb in ASKS else ""


@dataclass
class Offices:
    """Which role in which unit a person acted in, as it was then."""

    article: Article
    # The article's unit and those above, by how near they are to it.
    nearness: dict[int, int] = field(default_factory=dict)
    held: dict[int, list[Any]] = field(default_factory=dict)
    now: dict[int, list[Membership]] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, people: Iterable[int]) -> Offices:
        """Two queries, and one for the units above."""
        found, wanted = cls(article), set(people)
        for record in (
            Membership.history.filter(user_id__in=wanted)
            .select_related("unit")
            .order_by("history_date", "history_id")
        ):
            found.held.setdefault(record.user_id, []).append(record)
        for membership in Membership.objects.filter(user__in=wanted).select_related("unit"):
            found.now.setdefault(membership.user_id, []).append(membership)
        found.nearness = {unit.pk: n for n, unit in enumerate(article.unit.lineage())}
        return found

    def name(self, user: User, *, at: datetime, wanted: tuple[Role, ...]) -> str:
        """The unit and the role; nothing if none is known that fits."""
        day = timezone.localdate(at)
        fitting = [
            one
            for one in self._at(user.pk, at)
            if one.role in wanted
            and one.unit_id in self.nearness
            and (one.since is None or one.since <= day)
            and (one.until is None or one.until >= day)
        ]
        if not fitting:
            return ""
        nearest = max(fitting, key=lambda one: (self.nearness[one.unit_id], -wanted.index(one.role)))
        return f"{nearest.unit.short_name} {dict(Role.choices)[nearest.role]}"

    def _at(self, user: int, at: datetime) -> list[Any]:
        """What was held at that moment; what is held now if the history does not go back so far (fixtures)."""
        held: dict[int, Any] = {}
        for record in self.held.get(user, []):
            if record.history_date > at:
                break
            held.pop(record.id, None)
            if record.history_type != "-":
                held[record.id] = record
        return list(held.values()) or self.now.get(user, [])


def steps_of(article: Article) -> list[Step]:
    """Every step, the oldest first. Six queries, however many there are."""
    lines = list(
        article.transitions.select_related("actor", "revision", "release", "override")
        .defer("revision__content", "release__content")
        .order_by("at", "pk")
    )
    reviews = _by_hand(
        article.reviews.select_related("reviewer", "revision").defer("revision__content"), "reviewer_id", "at"
    )
    proposals = list(
        Proposal.objects.filter(release__article=article).select_related("asked_by", "answered_by")
    )
    asked = {(p.asked_by_id, p.asked_at): p for p in proposals}
    answered = {(p.answered_by_id, p.answered_at): p for p in proposals if p.answered_by_id}
    cycles = dict(article.revisions.values_list("pk", "cycle"))
    offices = Offices.of(article, (line.actor_id for line in lines))
    cycle, found = 1, []
    for line in lines:
        cycle += line.verb == "revise"
        told = asked if line.verb in ASKS else answered
        of_release = line.release is not None and line.verb in OF_RELEASE
        found.append(
            Step(
                line,
                cycle=cycles[line.release.revision_id] if of_release and line.release else cycle,
                review=reviews.get((line.actor_id, line.at))
                if line.verb in {"pass", "return", "refuse"}
                else None,
                override=getattr(line, "override", None),
                proposal=told.get((line.actor_id, line.at)) if line.verb in OF_RELEASE else None,
                office=offices.name(line.actor, at=line.at, wanted=_roles_for(line)),
            )
        )
    return found


def _by_hand(rows: Iterable[Any], who: str, when: str) -> dict[tuple[Any, Any], Any]:
    return {(getattr(row, who), getattr(row, when)): row for row in rows}


def _roles_for(line: Transition) -> tuple[Role, ...]:
    """In which role somebody says this verb, the likeliest first."""
    if line.verb in {"start", "submit", "recall", "revise"}:
        return WRITERS
    if line.verb in {"release", "unschedule", "withdraw_at_once"}:
        return (Role.CHIEF_EDITOR,)
    at_step = ROLE_AT.get(Stage(line.from_stage), ()) if line.from_stage in Stage.values else ()
    return (*at_step, *(role for role in (Role.CHIEF_EDITOR, *reversed(WRITERS)) if role not in at_step))


def gathered(steps: Iterable[Step]) -> list[Step]:
    """The same with savings in a row by one person as one step: a form is signed, not typed."""
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last and step.line.verb == last.line.verb == "edit" and step.line.actor_id == last.line.actor_id:
            last.until, last.times = step.line, last.times + 1
        else:
            found.append(step)
    return found


def releases_of(article: Article) -> list[Release]:
    return list(
        article.releases.defer("content")
        .select_related("revision")
        .defer("revision__content")
        .order_by("sequence")
    )
