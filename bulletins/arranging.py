"""Arranging what stands beside an article: whose hands it is in at this step, when it is due, until when it is held back.

None of it gives a right or takes one: what somebody may do, the workflow says. Each function raises `workflow.Refused`
with its reasons and changes nothing, or writes what is so now and a line of who arranged it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Arranged, Arrangement, Article, Outcome, Proposal, Review, Revision, Stage

# Who is waited for at which stage, and with which verb they answer.
ANSWERS = (
    (Stage.UNIT_REVIEW, Role.UNIT_REVIEWER, "pass"),
    (Stage.DESK_REVIEW, Role.DESK_EDITOR, "pass"),
    (Stage.FINAL_REVIEW, Role.CHIEF_EDITOR, "pass"),
    (Stage.APPROVED, Role.CHIEF_EDITOR, "release"),
)
VERB_AT = {stage: verb for stage, _role, verb in ANSWERS}
ROLE_AT = {stage: role for stage, role, _verb in ANSWERS}
# Nothing of these is in the making.
FINISHED = frozenset({Stage.SETTLED, Stage.REFUSED})


def arrangement_of(article: Article) -> Arrangement:
    """How it stands; an empty one if nothing was ever arranged. No query where it was selected along."""
    return getattr(article, "arrangement", None) or Arrangement(article=article)


def waits_for(user: User, stage: Stage) -> QuerySet[Article]:
    """Articles at a stage, in whatever unit, that the workflow's rules about people leave to this person, asked of all at
    once. (`tests/test_arranging.py` holds this to what `workflow.refusals` says of each.) What an article itself lacks,
    such as a headline, does not count: somebody has to return it.
    """
    here = Article.objects.filter(stage=stage)
    of_it = {"article": OuterRef("pk")}
    if stage == Stage.APPROVED:
        final = Review.objects.passes().filter(
            **of_it,
            round=OuterRef("round"),
            step=Stage.FINAL_REVIEW,
            revision__number=OuterRef("revision_number"),
        )
        asked = Proposal.objects.filter(release__article=OuterRef("pk"), outcome=Outcome.OPEN)
        return here.filter(Exists(final), ~Exists(asked))
    did = Review.objects.filter(**of_it, cycle=OuterRef("cycle"), reviewer=user).exclude(step=stage)
    changed = Revision.objects.filter(**of_it, created_by=user)
    if stage != Stage.FINAL_REVIEW:
        changed = changed.exclude(stage=stage)
    return here.exclude(author=user).filter(~Exists(did), ~Exists(changed))


def is_answered_by(user: User, article: Article, *, at: datetime) -> bool:
    """Whether the article waits for a step that this person may do."""
    role = ROLE_AT.get(Stage(article.stage))
    if role is None or not roles.holds(user, (role,), article.unit, on=timezone.localdate(at)):
        return False
    return waits_for(user, Stage(article.stage)).filter(pk=article.pk).exists()


def could_answer(article: Article, *, above: Collection[int], at: datetime) -> list[User]:
    """Everybody who may do the step at which it waits, by name. `above`: ids of its unit and of those above that. One query,
    however many people.
    """
    role = ROLE_AT.get(Stage(article.stage))
    if role is None:
        return []
    held = Membership.objects.current(on=timezone.localdate(at)).filter(role=role, unit__in=above)
    people = User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")
    if VERB_AT[Stage(article.stage)] == "release":
        return list(people)
    did = Review.objects.filter(article=article, cycle=article.cycle).exclude(step=article.stage)
    changed = Revision.objects.filter(article=article)
    if article.stage != Stage.FINAL_REVIEW:
        changed = changed.exclude(stage=article.stage)
    others = people.exclude(pk=article.author_id).exclude(pk__in=did.values("reviewer"))
    return list(others.exclude(pk__in=changed.values("created_by")))


def claim(article: Article, *, actor: User, seen_stage: str, at: datetime | None = None) -> None:
    """Take it in hand oneself. Whoever comes second is told who was first."""
    with transaction.atomic():
        locked, now = _locked(article, at)
        handler = arrangement_of(locked).handler
        if handler == actor:
            return
        if locked.stage != seen_stage:
            raise _refused("moved_meanwhile", _("It has moved on since you saw it."))
        if handler is not None:
            raise _refused("taken", _("%(who)s has taken it in hand already.") % {"who": handler})
        if not is_answered_by(actor, locked, at=now):
            raise _refused("not_your_step", _("It does not wait for a step that you may do."))
        _write(locked, Arranged.What.HANDLER, actor, by=actor, at=now)


def assign(article: Article, *, to: User, actor: User, seen_stage: str, at: datetime | None = None) -> None:
    """Give it to somebody who may do the step; from whomever had it in hand before."""
    with transaction.atomic():
        locked, now = _locked(article, at)
        _only_desk_or_chief(actor, locked, on=timezone.localdate(now))
        if locked.stage != seen_stage:
            raise _refused("moved_meanwhile", _("It has moved on since you saw it."))
        if not is_answered_by(to, locked, at=now):
            raise _refused("not_their_step", _("%(who)s may not do the step it waits for.") % {"who": to})
        if arrangement_of(locked).handler != to:
            _write(locked, Arranged.What.HANDLER, to, by=actor, at=now)


def lay_down(article: Article, *, actor: User, at: datetime | None = None) -> None:
    """Nobody has it in hand any more: by whoever had it, or the desk or a chief."""
    with transaction.atomic():
        locked, now = _locked(article, at)
        handler = arrangement_of(locked).handler
        if handler is None:
            return
        if handler != actor:
            _only_desk_or_chief(actor, locked, on=timezone.localdate(now))
        _write(locked, Arranged.What.HANDLER, None, by=actor, at=now)


def set_due(article: Article, due_at: datetime | None, *, actor: User, at: datetime | None = None) -> None:
    """Say by when it is wanted, or (None) that it is not urgent after all: the desk or a chief."""
    with transaction.atomic():
        locked, now = _locked(article, at)
        _only_desk_or_chief(actor, locked, on=timezone.localdate(now))
        _still_in_the_making(locked)
        if due_at is not None and due_at <= now:
            raise _refused("past", _("This time has passed already."))
        if arrangement_of(locked).due_at != due_at:
            _write(locked, Arranged.What.DUE, due_at, by=actor, at=now)


def hold_back(article: Article, until: datetime | None, *, actor: User, at: datetime | None = None) -> None:
    """Put it under embargo, or (None) lift that. Whoever may change the text may set it, or put it off; only the desk or
    a chief lifts it or brings it forward.
    """
    with transaction.atomic():
        locked, now = _locked(article, at)
        _still_in_the_making(locked)
        is_desk = roles.is_desk_or_chief(actor, locked, on=timezone.localdate(now))
        if not is_desk and workflow.refusals("edit", locked, actor=actor, at=now):
            raise _refused("not_your_role", _("Your role does not allow it in this unit."))
        if until is not None and until <= now:
            raise _refused("past", _("This time has passed already."))
        before = arrangement_of(locked).not_before
        if not is_desk and before and before > now and (until is None or until < before):
            raise _refused(
                "embargo_stands", _("Only the desk or a chief lifts an embargo or brings it forward.")
            )
        if before != until:
            _write(locked, Arranged.What.EMBARGO, until, by=actor, at=now)


def _locked(article: Article, at: datetime | None) -> tuple[Article, datetime]:
    """The article, locked as the workflow locks it, and the time after the lock was waited for."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    return locked, at or timezone.now()


def _write(
    article: Article, what: Arranged.What, value: User | datetime | None, *, by: User, at: datetime
) -> None:
    Arrangement.objects.update_or_create(article=article, defaults={what.value: value})
    Arranged.objects.create(
        article=article,
        what=what,
        person=value if isinstance(value, User) else None,
        moment=value if isinstance(value, datetime) else None,
        stage=article.stage,
        by=by,
        at=at,
    )


def _only_desk_or_chief(actor: User, article: Article, *, on: date) -> None:
    if not roles.is_desk_or_chief(actor, article, on=on):
        raise _refused("not_your_role", _("Only the desk or a chief arranges this."))


def _still_in_the_making(article: Article) -> None:
    if article.stage in FINISHED:
        raise _refused("finished", _("Nothing of it is in the making."))


def _refused(key: str, message: str) -> workflow.Refused:
    return workflow.Refused([workflow.Refusal(key, message)])
