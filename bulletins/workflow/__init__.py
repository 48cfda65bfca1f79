"""The one door: stages change here and nowhere else.

`refusals(verb, article, actor=…)` gives every reason why somebody may not; `perform(verb, article, actor=…)` does it:
lock the row, collect the reasons, act, append to the history, all in one transaction. `performing` is sent within it,
`performed` after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models import Article, Transition
from bulletins.workflow import findings
from bulletins.workflow.case import Case, Refusal, Refused
from bulletins.workflow.rules import LACKING
from bulletins.workflow.table import LABELS, TRANSITIONS, VERBS, Row

__all__ = [
    "LABELS",
    "TRANSITIONS",
    "VERBS",
    "Option",
    "Refusal",
    "Refused",
    "UnknownVerb",
    "options",
    "perform",
    "performed",
    "performing",
    "refusals",
]

# Sent with `transition=` within the transaction of a verb, for what must change with it or not at all.
performing = Signal()
# Sent with `transition=` when the transaction of a verb has been committed.
performed = Signal()


class UnknownVerb(ValueError):
    """There is no such verb in the table."""


@dataclass(frozen=True)
class Option:
    """A verb that could be said of an article now, and why this person may not say it (nothing: may).

    `mends`: what the checks would have to say if it were said now, where somebody asked.
    """

    verb: str
    label: str | Promise
    refusals: list[Refusal]
    mends: list[Refusal] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not self.refusals

    @property
    def is_for_them(self) -> bool:
        """Open to this person, or only as long as the article lacks something."""
        return {reason.key for reason in self.refusals} <= LACKING


def _place(case: Case, row: Row) -> str:
    """The stage of the article, or the state of its release for a verb that concerns that."""
    if row.concerns_release:
        return case.release_state
    return case.article.stage if case.article.pk else ""


def _row(case: Case) -> Row | None:
    """The row of the table that applies at this stage."""
    if case.verb not in VERBS:
        raise UnknownVerb(case.verb)
    for row in TRANSITIONS:
        if row.verb == case.verb and _place(case, row) in row.sources:
            return row
    return None


def _reasons(case: Case, row: Row | None) -> list[Refusal]:
    if row is None:
        return [Refusal("wrong_stage", _("This cannot be done at this stage."))]
    reasons = []
    if not row.who(case.actor, case.article, on=case.on):
        reasons.append(Refusal("not_your_role", _("Your role does not allow it in this unit.")))
    asked = row.rules + (row.demands + row.checks if case.given is not None else ())
    return reasons + [reason for rule in asked if (reason := rule(case))]


def refusals(
    verb: str,
    article: Article,
    *,
    actor: User,
    at: datetime | None = None,
    given: dict[str, Any] | None = None,
    standing: list[findings.Standing] | None = None,
) -> list[Refusal]:
    """Every reason why the actor may not; an empty list means yes. `given` adds the demands on what is given with it;
    `standing`: what the checks say of the text, if it is known already.
    """
    case = Case(verb=verb, article=article, actor=actor, at=at or timezone.now(), given=given)
    if standing is not None:
        case.standing = standing
    return _reasons(case, _row(case))


def options(
    article: Article,
    *,
    actor: User,
    at: datetime | None = None,
    standing: list[findings.Standing] | None = None,
) -> list[Option]:
    """All verbs that exist at this stage, in the table's order, with what stands against each.

    `standing`: what the checks say of the text that is in the making, or that is to come back, if it is known already;
    then each open verb is told with what they have against it.
    """
    found = []
    case = Case(verb="", article=article, actor=actor, at=at or timezone.now())
    if standing is not None:
        case.standing = standing
        if not case.is_in_the_making:
            case.standing_in_release = standing
    for case.verb in VERBS:  # one case for all, so that its release is looked up once
        if row := _row(case):
            reasons = _reasons(case, row)
            asked = row.checks if standing and not reasons else ()
            mends = [reason for rule in asked if (reason := rule(case))]
            found.append(Option(case.verb, LABELS[case.verb], reasons, mends))
    return found


def perform(
    verb: str, article: Article, *, actor: User, at: datetime | None = None, **given: Any
) -> Transition | None:
    """Do it, or raise `Refused` with every reason and change nothing.

    given: reason, reason_code, notice, public_from (aware datetime; later than `at` schedules), seen_stage and
    seen_revision (what the actor looked at), finding (for `override`: its mark), write (for `start` and `edit`: called
    with the locked article, saves the new text). Returns the line of history; None for an edit that changed nothing.
    `article` is up to date afterwards.
    """
    is_new = article.pk is None
    try:
        line = _perform_locked(verb, article, actor=actor, at=at, given=given)
    except Exception:
        if is_new:  # what was rolled back has no key
            article.pk, article.number, article._state.adding = None, "", True
        raise
    if not is_new:
        article.refresh_from_db()
    return line


def _perform_locked(
    verb: str, article: Article, *, actor: User, at: datetime | None, given: dict[str, Any]
) -> Transition | None:
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk) if article.pk else article
        # The clock is read after the lock was waited for, or history could stand in another order than it happened.
        case = Case(verb=verb, article=locked, actor=actor, at=at or timezone.now(), given=given)
        row = _row(case)
        if reasons := _reasons(case, row):
            raise Refused(reasons)
        assert row is not None  # no row is a refusal
        line = _carry_out(case, row)
        if line is not None:
            performing.send(sender=Article, transition=line)
            transaction.on_commit(partial(performed.send_robust, sender=Article, transition=line))
    return line


def _carry_out(case: Case, row: Row) -> Transition | None:
    article = case.article
    revision_before = article.revision_number
    before = _place(case, row)
    row.act(case)
    if row.verb == "edit" and article.revision_number == revision_before:
        return None
    line = Transition.objects.create(
        article=article,
        verb=row.verb,
        actor=case.actor,
        at=case.at,
        from_stage=before,
        to_stage=_place(case, row),
        reason=case.get("reason").strip(),
        reason_code=case.get("reason_code"),
        revision=case.newest_revision,
        release=case.release if row.concerns_release or row.verb in {"release", "unschedule"} else None,
    )
    if row.verb in findings.NOTED:
        findings.note(case.standing, line=line)
    if row.verb == "override":
        findings.override(next(one for one in case.standing if one.mark == case.get("finding")), line=line)
    return line
