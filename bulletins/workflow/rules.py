"""The rules that the table of transitions names. Each answers one question: None, or why not."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.models import Membership
from bulletins.models import (
    REVIEW_STEPS,
    Arrangement,
    Ask,
    Kind,
    RefusalCode,
    ReleaseState,
    Remark,
    Review,
    SiteProfile,
    Stage,
)
from bulletins.models.body import photo_references, reader_text
from bulletins.readiness.wording import sentence
from bulletins.workflow.case import Case, Refusal
from bulletins.workflow.findings import Standing

Rule = Callable[[Case], Refusal | None]

# Who reviews at which step.
REVIEWER_ROLE = {
    Stage.UNIT_REVIEW: roles.Role.UNIT_REVIEWER,
    Stage.DESK_REVIEW: roles.Role.DESK_EDITOR,
    Stage.FINAL_REVIEW: roles.Role.CHIEF_EDITOR,
}


def step_of(case: Case) -> str:
    """The step a decision belongs to: what is decided on an approved article belongs to the final review."""
    return Stage.FINAL_REVIEW if case.article.stage == Stage.APPROVED else case.article.stage


def next_step(case: Case) -> str:
    """Where the article goes from here if it is submitted or passed."""
    # A route that was changed while the article was under way leads on from the step it is at.
    passed = REVIEW_STEPS[: case.article.step_number]
    later = [step for step in case.route if step not in passed]
    return later[0] if later else Stage.APPROVED


def author_never_reviews(case: Case) -> Refusal | None:
    if case.article.author_id == case.actor.pk:
        return Refusal("is_author", _("You wrote this; somebody else has to review it."))
    return None


def author_recalls_instead(case: Case) -> Refusal | None:
    """The author does not mend a text that is under review, but takes it back first."""
    if case.article.author_id == case.actor.pk:
        return Refusal(
            "author_recalls", _("It is under review. Take it back first if you want to change it.")
        )
    return None


def one_person_one_step(case: Case) -> Refusal | None:
    """Counted from the beginning of the article, or since it was last revised, over all rounds of submitting it."""
    if case.own_steps - {step_of(case)}:
        return Refusal(
            "did_another_step", _("You did another step of this review; one person does one step.")
        )
    return None


def reviewer_did_not_change_it(case: Case) -> Refusal | None:
    """Nobody passes what they changed. At the unit's and the desk's step, changes made at that very step are part of
    passing it with edits; at the final review nothing is.
    """
    here = {case.article.stage} - {Stage.FINAL_REVIEW}
    if case.article.author_id != case.actor.pk and case.own_changes - here:
        return Refusal("is_contributor", _("You changed this text; somebody who did not has to review it."))
    return None


def nobody_reviewed_yet(case: Case) -> Refusal | None:
    if any(review.round == case.article.round for review in case.reviews):
        return Refusal(
            "review_has_begun", _("Somebody has reviewed it already; it can only be returned to you.")
        )
    return None


def has_a_headline(case: Case) -> Refusal | None:
    if not case.article.headline_lines and case.article.kind != Kind.PHOTO:
        return Refusal("no_headline", _("It has no headline."))
    return None


def has_a_body(case: Case) -> Refusal | None:
    if not reader_text(case.article.body):
        return Refusal("no_body", _("It has no text."))
    return None


def photo_story_has_a_photo(case: Case) -> Refusal | None:
    if case.article.kind == Kind.PHOTO and not case.photos:
        return Refusal("no_photo", _("A photo story needs a photo."))
    return None


def photos_in_the_text_exist(case: Case) -> Refusal | None:
    shown = photo_references(case.article.body)
    if shown and not case.photos.issuperset(shown):
        return Refusal("photo_is_gone", _("The text shows a photo that is not among its photos any more."))
    return None


def every_step_has_a_reviewer(case: Case) -> Refusal | None:
    """Somebody who is not the author, in the article's unit or in one above it."""
    above = case.actor.looked_up_above(case.article.unit)
    current = (
        Membership.objects.current(on=case.on).filter(unit__in=above).exclude(user=case.article.author_id)
    )
    manned = set(current.values_list("role", flat=True))
    missing = [s for s in case.route if REVIEWER_ROLE[Stage(s)] not in manned]
    if missing:
        names = "、".join(str(Stage(step).label) for step in missing)
        return Refusal(
            "nobody_reviews",
            _("Nobody could review it at this step: %(steps)s. Ask an administrator to appoint somebody.")
            % {"steps": names},
        )
    return None


def final_review_holds(case: Case) -> Refusal | None:
    """The text is the very one that the final review passed, since it was last submitted."""
    final = Review.objects.passes().filter(
        article=case.article, round=case.article.round, step=Stage.FINAL_REVIEW
    )
    last = final.select_related("revision").last()
    if last is None or last.revision.number != case.article.revision_number:
        return Refusal("final_review_is_void", _("The text is not the one that the final review passed."))
    return None


def is_live(case: Case) -> Refusal | None:
    if case.release_state != ReleaseState.LIVE:
        return Refusal("not_live", _("It is not public."))
    return None


def is_scheduled(case: Case) -> Refusal | None:
    if case.scheduled is None:
        return Refusal("not_scheduled", _("It is not on the schedule, or its time has come already."))
    return None


def nothing_is_scheduled(case: Case) -> Refusal | None:
    if case.scheduled is not None:
        return Refusal("is_scheduled", _("A new version is on the schedule; take it off the schedule first."))
    return None


def nothing_waits_for_an_answer(case: Case) -> Refusal | None:
    if case.proposal is not None:
        return Refusal(
            "proposal_is_open", _("A withdrawal or restoration of it still waits for a second person.")
        )
    return None


def _asked(case: Case, ask: Ask, *, emergency: bool = False) -> Refusal | None:
    proposal = case.proposal
    if proposal is None or proposal.ask != ask or proposal.was_emergency != emergency:
        return Refusal("nothing_asked", _("Nobody has asked for it."))
    return None


def withdrawal_was_asked(case: Case) -> Refusal | None:
    return _asked(case, Ask.WITHDRAW)


def restoration_was_asked(case: Case) -> Refusal | None:
    return _asked(case, Ask.RESTORE)


def emergency_waits_for_signature(case: Case) -> Refusal | None:
    return _asked(case, Ask.WITHDRAW, emergency=True)


def another_person_asked(case: Case) -> Refusal | None:
    if case.proposal is not None and case.proposal.asked_by_id == case.actor.pk:
        return Refusal("asked_oneself", _("You asked for it; another person has to confirm."))
    return None


# As much of a remark is said in a refusal.
NAMED_REMARK = 40


def every_remark_that_must_be_is_answered(case: Case) -> Refusal | None:
    """A remark that a reviewer marked so is answered when somebody other than whoever asked has answered it in words, or
    when its writer or a reviewer has resolved it; the author of the text resolves only what is their own remark.
    """
    waiting = Remark.objects.waiting(case.article)
    if not waiting:
        return None
    first = waiting[0]
    said = first.text if len(first.text) <= NAMED_REMARK else first.text[: NAMED_REMARK - 1] + "…"
    return Refusal(
        "remark_must_be_answered",
        ngettext(
            "%(count)s remark must be answered first: “%(said)s” (%(who)s)",
            "%(count)s remarks must be answered first: “%(said)s” (%(who)s) …",
            len(waiting),
        )
        % {"count": len(waiting), "said": said, "who": first.by},
    )


# What the checks of the text say. Asked only when a verb is carried out: whoever looks at the text is shown all findings.

# As many are named in a refusal; the page has them all.
NAMED_FINDINGS = 3


def _must_be_mended(standing: list[Standing]) -> Refusal | None:
    blocking = [one.finding for one in standing if one.blocks]
    if not blocking:
        return None
    said = " ".join(sentence(finding) for finding in blocking[:NAMED_FINDINGS])
    return Refusal(
        "must_be_mended",
        ngettext(
            "%(count)s place must be mended or overridden first: %(said)s",
            "%(count)s places must be mended or overridden first: %(said)s",
            len(blocking),
        )
        % {"count": len(blocking), "said": said + (" …" if len(blocking) > NAMED_FINDINGS else "")},
    )


def nothing_must_be_mended(case: Case) -> Refusal | None:
    """Whatever blocks was mended, or overridden with a reason by the desk or a chief."""
    return _must_be_mended(case.standing)


def nothing_must_be_mended_in_what_comes_back(case: Case) -> Refusal | None:
    """The same of the text that was withdrawn, as the checks read it today."""
    return _must_be_mended(case.standing_in_release)


def nothing_must_be_mended_at_the_next_step(case: Case) -> Refusal | None:
    """Asked from the step on that the site profile names; before it, whatever must be mended can be handed on."""
    steps = (*REVIEW_STEPS, Stage.APPROVED)
    first = steps.index(Stage(SiteProfile.objects.current().stops_before))
    return nothing_must_be_mended(case) if steps.index(Stage(next_step(case))) >= first else None


def finding_stands(case: Case) -> Refusal | None:
    """The finding is still one of this text, and nobody overrode it yet."""
    if not any(one.mark == case.get("finding") and one.override is None for one in case.standing):
        return Refusal(
            "finding_is_gone", _("This is not found in the text any more, or it was overridden already.")
        )
    return None


# Keys of what is said of the article and not of the person who asks: it waits for that person all the same.
LACKING = frozenset({"no_headline", "no_body", "no_photo", "photo_is_gone", "remark_must_be_answered"})

# What has to be given with a verb. Asked only when it is carried out, not when a button is drawn.


def reason_is_given(case: Case) -> Refusal | None:
    if not str(case.get("reason")).strip():
        return Refusal("reason_required", _("Give a reason."))
    return None


def reason_code_is_given(case: Case) -> Refusal | None:
    if case.get("reason_code") not in RefusalCode.values:
        return Refusal("reason_code_required", _("Choose why it is not adopted."))
    return None


def embargo_is_kept(case: Case) -> Refusal | None:
    """Readers would not see it before its embargo ends. It can be signed earlier, for then or later."""
    until = Arrangement.objects.embargo_of(case.article)
    if until is not None and case.public_from < until:
        when = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        return Refusal(
            "under_embargo",
            _("It is under embargo until %(when)s. Schedule it for then, or for later.") % {"when": when},
        )
    return None


def nothing_moved_meanwhile(case: Case) -> Refusal | None:
    """Whoever decides says what they saw; another tab or another person may have been faster."""
    seen = (
        case.get("seen_stage", case.article.stage),
        case.get("seen_revision", case.article.revision_number),
    )
    if seen != (case.article.stage, case.article.revision_number):
        return Refusal(
            "moved_meanwhile", _("It was changed or moved on since you opened it. Look at it again.")
        )
    return None
