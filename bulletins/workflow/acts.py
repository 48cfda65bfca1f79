"""What each verb does, once nothing speaks against it. Called by `workflow.perform` and by nothing else."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import roles
from bulletins.models import (
    Ask,
    Decision,
    Listing,
    NumberSeries,
    Outcome,
    Proposal,
    Release,
    ReleasePhoto,
    Review,
    Revision,
    SiteProfile,
    Stage,
)
from bulletins.readiness import alike
from bulletins.workflow.case import Case, Refusal, Refused
from bulletins.workflow.rules import next_step, step_of


def _move(case: Case, stage: str) -> None:
    article = case.article
    article.stage = stage
    article.stage_since = case.at
    article.save(update_fields=["stage", "stage_since"])


def _freeze(case: Case) -> Revision:
    article = case.article
    revision = Revision.freeze(article, by=case.actor, at=case.at)
    article.updated_at = case.at
    article.save(update_fields=["revision_number", "updated_at"])
    return revision


def start(case: Case) -> None:
    article = case.article
    article.author = case.actor
    article.stage = Stage.DRAFT
    article.stage_since = article.created_at = article.updated_at = case.at
    article.number = NumberSeries.take(
        SiteProfile.objects.current().number_prefix, timezone.localtime(case.at).year
    )
    article.save()
    if write := case.get("write", None):
        write(article)
        article.refresh_from_db()
        _check_unit(case)
    _freeze(case)


def edit(case: Case) -> None:
    """Write the new text and freeze it. An edit after the final review sends the article back to it."""
    article = case.article
    kind, unit = article.kind, article.unit_id
    case.get("write", lambda article: None)(article)
    article.refresh_from_db()
    if (kind, unit) != (article.kind, article.unit_id) and article.stage not in {Stage.DRAFT, Stage.RETURNED}:
        raise Refused(
            [Refusal("kind_and_unit_are_settled", _("Kind and unit cannot change while it is under review."))]
        )
    if unit != article.unit_id:
        _check_unit(case)
    newest = article.revision_number
    _freeze(case)
    if article.stage == Stage.APPROVED and article.revision_number != newest:
        _move(case, Stage.FINAL_REVIEW)


def _check_unit(case: Case) -> None:
    if not roles.is_member(case.actor, case.article, on=case.on):
        raise Refused([Refusal("other_unit", _("You cannot write for this unit."))])


def submit(case: Case) -> None:
    revision = _freeze(case)
    alike.remember(case.article, revision.content)
    case.article.round += 1
    case.article.save(update_fields=["round"])
    _move(case, next_step(case))


def _review(case: Case, decision: Decision) -> None:
    article = case.article
    revision = case.newest_revision
    Review.objects.create(
        article=article,
        revision=revision,
        content_hash=revision.content_hash,
        step=step_of(case),
        cycle=article.cycle,
        round=article.round,
        reviewer=case.actor,
        decision=decision,
        reason=case.get("reason").strip(),
        reason_code=case.get("reason_code") if decision == Decision.REFUSED else "",
        at=case.at,
    )


def pass_on(case: Case) -> None:
    article = case.article
    mended = Revision.objects.filter(
        article=article, created_by=case.actor, stage=article.stage, created_at__gte=article.stage_since
    )
    _review(case, Decision.PASSED_WITH_EDITS if mended.exists() else Decision.PASSED)
    _move(case, next_step(case))


def stay(case: Case) -> None:
    """Nothing moves: what was said is written down with its line of history."""


def send_back(case: Case) -> None:
    _review(case, Decision.RETURNED)
    _move(case, Stage.RETURNED)


def refuse(case: Case) -> None:
    _review(case, Decision.REFUSED)
    _move(case, Stage.REFUSED)


def recall(case: Case) -> None:
    _move(case, Stage.DRAFT)


def release(case: Case) -> None:
    """Make a release of the revision that the final review passed; it replaces the one before it at its time."""
    article = case.article
    revision = case.newest_revision
    public_from = case.public_from
    earlier = list(article.releases.order_by("sequence"))
    first = next((r for r in earlier if r.public_from <= case.at and r.public_until != r.public_from), None)
    replaced = case.release if case.release_state == "live" else None
    new = Release.objects.create(
        article=article,
        revision=revision,
        number=article.number,
        sequence=len(earlier) + 1,
        kind=article.kind,
        unit=article.unit,
        content=revision.content,
        content_hash=revision.content_hash,
        published_at=first.published_at if first else public_from,
        public_from=public_from,
    )
    ReleasePhoto.take_over(new, article.photos.all())
    alike.remember(article, revision.content)
    if replaced:
        replaced.public_until = public_from
        replaced.save(update_fields=["public_until"])
    if public_from <= case.at:
        Listing.objects.take_down(article.releases.exclude(pk=new.pk))
    Listing.objects.put_up(new)
    case.release = new
    _move(case, Stage.SETTLED)


def unschedule(case: Case) -> None:
    """Call the release off and give the one it would have replaced its time back."""
    called_off = case.scheduled
    assert called_off is not None  # rule `is_scheduled`
    ending = case.article.releases.filter(public_until=called_off.public_from)
    # Not one that was called off itself and had been due at that very time.
    kept = ending.exclude(public_from=called_off.public_from).first()
    if kept:
        kept.public_until = None
        kept.save(update_fields=["public_until"])
    called_off.public_until = called_off.public_from
    called_off.save(update_fields=["public_until"])
    Listing.objects.take_down(Release.objects.filter(pk=called_off.pk))
    case.release = called_off
    _move(case, Stage.APPROVED)


def revise(case: Case) -> None:
    article, live = case.article, case.release
    assert live is not None  # rule `is_live`
    article.cycle += 1
    if live.content.get("correction") == article.correction:  # it stands among the earlier ones from now on
        article.correction = ""
    article.save(update_fields=["cycle", "correction"])
    _move(case, Stage.DRAFT)


def _propose(case: Case, ask: Ask, *, emergency: bool = False) -> None:
    Proposal.objects.create(
        release=case.release,
        ask=ask,
        reason=case.get("reason").strip(),
        notice=case.get("notice").strip(),
        was_emergency=emergency,
        asked_by=case.actor,
        asked_at=case.at,
    )


def _answer(case: Case, outcome: Outcome) -> Proposal:
    proposal = case.proposal
    assert proposal is not None  # the rules of the verb asked for it
    proposal.outcome = outcome
    proposal.answered_by = case.actor
    proposal.answered_at = case.at
    proposal.save(update_fields=["outcome", "answered_by", "answered_at"])
    return proposal


def _withdraw(case: Case, notice: str) -> None:
    gone = case.release
    assert gone is not None  # rule `is_live`
    gone.withdrawn_at = case.at
    gone.notice = notice
    gone.save(update_fields=["withdrawn_at", "notice"])
    Listing.objects.take_down(Release.objects.filter(pk=gone.pk))


def ask_to_withdraw(case: Case) -> None:
    _propose(case, Ask.WITHDRAW)


def confirm_withdrawal(case: Case) -> None:
    _withdraw(case, _answer(case, Outcome.CONFIRMED).notice)


def decline(case: Case) -> None:
    _answer(case, Outcome.DECLINED)


def withdraw_at_once(case: Case) -> None:
    if case.proposal is not None:  # somebody asked already; the emergency takes its place
        _answer(case, Outcome.DECLINED)
    _propose(case, Ask.WITHDRAW, emergency=True)
    _withdraw(case, case.get("notice").strip())


def sign_off(case: Case) -> None:
    _answer(case, Outcome.CONFIRMED)


def ask_to_restore(case: Case) -> None:
    _propose(case, Ask.RESTORE)


def confirm_restoration(case: Case) -> None:
    _answer(case, Outcome.CONFIRMED)
    back = case.release
    assert back is not None  # the table asks for a withdrawn release
    back.withdrawn_at = None
    back.notice = ""
    back.save(update_fields=["withdrawn_at", "notice"])
    Listing.objects.put_up(back)
