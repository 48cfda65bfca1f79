"""What nobody may overlook: emergency withdrawals that nobody has signed off, and withdrawals that are not proved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.models import Article, Proof, ProofDue, Proposal, Release

ANSWERS = ("confirm_withdrawal", "confirm_restoration")
ANSWERERS = (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR)
# Those who sign off an emergency, and are told of a withdrawal that is not proved.
TOLD = (Role.DESK_EDITOR, Role.CHIEF_EDITOR)
MOST = 20


@dataclass(frozen=True)
class Asked:
    """A withdrawal or restoration that waits for a second person, and whether this one may be it."""

    proposal: Proposal
    is_mine_to_answer: bool
    is_my_own: bool


@dataclass(frozen=True)
class Unproved:
    """A withdrawal of which something is still shown, or that could not be proved (`proof`), or was not yet (`due`).

    Whoever may not read the article is told its number only.
    """

    article: Article
    may_read: bool
    proof: Proof | None = None
    due: ProofDue | None = None


def asked_of(user: User, *, at: datetime, only_emergencies: bool = False) -> list[Asked]:
    """The emergencies first, then the longest waiting. Whose turn it is, is plain without asking the workflow of each:
    anybody of the desk or a chief confirms and signs, but not who asked or did it.
    """
    on = timezone.localdate(at)
    units = roles.covered_units(user, ANSWERERS, on=on)
    signs_in = roles.covered_units(user, TOLD, on=on)
    waiting = Proposal.objects.filter(outcome="open", release__unit__in=units)
    if only_emergencies:
        waiting = waiting.filter(was_emergency=True)
    found = []
    for proposal in waiting.select_related("release__article__unit", "asked_by").order_by(
        "-was_emergency", "asked_at"
    )[:MOST]:
        is_own = proposal.asked_by_id == user.pk
        mine = proposal.release.article.unit_id in signs_in and not is_own
        found.append(Asked(proposal, mine, is_own))
    return found


def unproved_for(user: User, *, at: datetime) -> list[Unproved]:
    """For the desk and the chief of the unit, and for the administrator, who keeps the server. Four queries at most."""
    on = timezone.localdate(at)
    units = roles.covered_units(user, TOLD, on=on)
    keeps_server = roles.holds(user, (Role.ADMINISTRATOR,), None, on=on)
    if not units and not keeps_server:
        return []

    def mine(those: QuerySet[Proof] | QuerySet[ProofDue]) -> Iterable[Proof | ProofDue]:
        back = Release.objects.visible(at=at).filter(article=OuterRef("article"))
        those = those.exclude(Exists(back)).select_related("article__unit")
        return (those if keeps_server else those.filter(article__unit__in=units)).order_by("pk")[:MOST]

    proofs = [
        Unproved(proof.article, proof.article.unit_id in units, proof=proof)  # type: ignore[arg-type]
        for proof in mine(Proof.objects.alarming())
    ]
    told = {each.article.pk for each in proofs}
    late = [
        Unproved(due.article, due.article.unit_id in units, due=due)  # type: ignore[arg-type]
        for due in mine(ProofDue.objects.late(at=at))
    ]
    return proofs + [
        each for each in {each.article.pk: each for each in late}.values() if each.article.pk not in told
    ]


def unsigned(articles: Sequence[Article]) -> set[int]:
    """Which of these (ids) were withdrawn in an emergency that nobody has signed off. One query."""
    open_ones = Proposal.objects.filter(outcome="open", was_emergency=True, release__article__in=articles)
    return set(open_ones.values_list("release__article_id", flat=True))
