"""The table of transitions: which verb leads from where to where, by whom, and under which rules.

`docs/workflow.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from bulletins.models import ReleaseState, Stage
from bulletins.workflow import acts, rules
from bulletins.workflow.case import Case
from bulletins.workflow.rules import Rule

# A release verb leaves the article's stage alone; its from and to are states of the release.
NEXT_STEP = "next_step"
FIRST_STEP = "first_step"
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Row:
    verb: str
    sources: tuple[str, ...]
    target: str
    who: Callable[..., bool]
    act: Callable[[Case], None]
    rules: tuple[Rule, ...] = ()
    # What must be given with the verb when it is carried out.
    demands: tuple[Rule, ...] = ()
    # What the checks of the text have to say then. They are asked last, and as seldom, since they read it all.
    checks: tuple[Rule, ...] = ()
    # Whether from and to are states of the release instead of stages of the article.
    concerns_release: bool = False


LABELS: dict[str, str | Promise] = {
    "start": _("Begin an article"),
    "edit": _("Save"),
    "submit": _("Submit"),
    "recall": _("Take back"),
    "pass": _("Pass"),
    "return": _("Return"),
    "refuse": _("Refuse"),
    "override": _("Override a finding"),
    "release": _("Release"),
    "unschedule": _("Take off the schedule"),
    "revise": _("Revise"),
    "withdraw": _("Ask to withdraw"),
    "confirm_withdrawal": _("Confirm the withdrawal"),
    "decline_withdrawal": _("Decline the withdrawal"),
    "withdraw_at_once": _("Withdraw at once (emergency)"),
    "sign_off": _("Sign off the emergency withdrawal"),
    "restore": _("Ask to restore"),
    "confirm_restoration": _("Confirm the restoration"),
    "decline_restoration": _("Decline the restoration"),
}

_D, _U, _K, _F = Stage.DRAFT, Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW
_A, _R, _X, _S = Stage.APPROVED, Stage.RETURNED, Stage.REFUSED, Stage.SETTLED
_LIVE, _GONE = ReleaseState.LIVE, ReleaseState.WITHDRAWN

_COMPLETE = (
    rules.has_a_headline,
    rules.has_a_body,
    rules.photo_story_has_a_photo,
    rules.photos_in_the_text_exist,
)
_ANSWERED = (rules.every_remark_that_must_be_is_answered,)
_SUBMITTED = (*_COMPLETE, rules.every_step_has_a_reviewer, *_ANSWERED)
# A reviewer may mend the text, so it is asked for completeness again at every step.
_FOUR_EYES = (
    rules.author_never_reviews,
    rules.one_person_one_step,
    rules.reviewer_did_not_change_it,
    *_COMPLETE,
    *_ANSWERED,
)
_JUDGES = (rules.author_never_reviews, rules.one_person_one_step)
_SEEN = (rules.nothing_moved_meanwhile,)
_REASON = (rules.nothing_moved_meanwhile, rules.reason_is_given)
_CODE = (rules.nothing_moved_meanwhile, rules.reason_code_is_given)
_NOT_AUTHOR = (rules.author_recalls_instead,)
_MENDED = (rules.nothing_must_be_mended,)
_STILL_IN_ORDER = (rules.nothing_must_be_mended_in_what_comes_back,)
_MENDED_BY_THEN = (rules.nothing_must_be_mended_at_the_next_step,)
_STANDS = (rules.finding_stands,)
_ASKS = (rules.nothing_waits_for_an_answer, rules.nothing_is_scheduled)

TRANSITIONS: tuple[Row, ...] = (
    Row("start", ("",), _D, roles.is_member, acts.start),
    Row("edit", (_D, _R), UNCHANGED, roles.may_mend_draft, acts.edit, (), _SEEN),
    Row("edit", (_U,), UNCHANGED, roles.is_unit_reviewer, acts.edit, _NOT_AUTHOR, _SEEN),
    Row("edit", (_K,), UNCHANGED, roles.is_desk_editor, acts.edit, _NOT_AUTHOR, _SEEN),
    Row("edit", (_F,), UNCHANGED, roles.is_desk_or_chief, acts.edit, _NOT_AUTHOR, _SEEN),
    Row("edit", (_A,), _F, roles.is_desk_or_chief, acts.edit, _NOT_AUTHOR, _SEEN),
    Row(
        "submit",
        (_D, _R),
        FIRST_STEP,
        roles.is_author_or_member,
        acts.submit,
        _SUBMITTED,
        _SEEN,
        _MENDED_BY_THEN,
    ),
    Row("pass", (_U,), NEXT_STEP, roles.is_unit_reviewer, acts.pass_on, _FOUR_EYES, _SEEN, _MENDED_BY_THEN),
    Row("pass", (_K,), NEXT_STEP, roles.is_desk_editor, acts.pass_on, _FOUR_EYES, _SEEN, _MENDED_BY_THEN),
    Row("pass", (_F,), _A, roles.is_chief, acts.pass_on, _FOUR_EYES, _SEEN, _MENDED_BY_THEN),
    Row("return", (_U,), _R, roles.is_unit_reviewer, acts.send_back, _JUDGES, _REASON),
    Row("return", (_K,), _R, roles.is_desk_editor, acts.send_back, _JUDGES, _REASON),
    Row("return", (_F, _A), _R, roles.is_chief, acts.send_back, _JUDGES, _REASON),
    Row(
        "refuse", (_U, _K, _F), _X, roles.is_desk_or_chief, acts.refuse, (rules.author_never_reviews,), _CODE
    ),
    Row(
        "override",
        (_D, _R, _U, _K, _F, _A),
        UNCHANGED,
        roles.is_desk_or_chief,
        acts.stay,
        (rules.author_never_reviews,),
        _REASON,
        _STANDS,
    ),
    Row("recall", (_U, _K, _F), _D, roles.is_author, acts.recall, (rules.nobody_reviewed_yet,), _SEEN),
    Row(
        "release",
        (_A,),
        _S,
        roles.is_chief,
        acts.release,
        (rules.final_review_holds, rules.nothing_waits_for_an_answer, *_ANSWERED),
        (*_SEEN, rules.embargo_is_kept),
        _MENDED,
    ),
    Row("unschedule", (_S,), _A, roles.is_chief, acts.unschedule, (rules.is_scheduled,), _SEEN),
    Row(
        "revise",
        (_S, _X),
        _D,
        roles.may_mend_draft,
        acts.revise,
        (rules.is_live, rules.nothing_is_scheduled),
        _SEEN,
    ),
    Row(
        "withdraw",
        (_LIVE,),
        _LIVE,
        roles.is_reviewer_of_any_step,
        acts.ask_to_withdraw,
        _ASKS,
        _REASON,
        concerns_release=True,
    ),
    Row(
        "confirm_withdrawal",
        (_LIVE,),
        _GONE,
        roles.is_desk_or_chief,
        acts.confirm_withdrawal,
        (rules.withdrawal_was_asked, rules.another_person_asked, rules.nothing_is_scheduled),
        (),
        concerns_release=True,
    ),
    Row(
        "decline_withdrawal",
        (_LIVE,),
        _LIVE,
        roles.is_reviewer_of_any_step,
        acts.decline,
        (rules.withdrawal_was_asked,),
        (),
        concerns_release=True,
    ),
    Row(
        "withdraw_at_once",
        (_LIVE,),
        _GONE,
        roles.is_chief,
        acts.withdraw_at_once,
        (rules.nothing_is_scheduled,),
        _REASON,
        concerns_release=True,
    ),
    Row(
        "sign_off",
        (_GONE,),
        _GONE,
        roles.is_desk_or_chief,
        acts.sign_off,
        (rules.emergency_waits_for_signature, rules.another_person_asked),
        (),
        concerns_release=True,
    ),
    Row(
        "restore",
        (_GONE,),
        _GONE,
        roles.is_reviewer_of_any_step,
        acts.ask_to_restore,
        _ASKS,
        _REASON,
        concerns_release=True,
    ),
    Row(
        "confirm_restoration",
        (_GONE,),
        _LIVE,
        roles.is_desk_or_chief,
        acts.confirm_restoration,
        (rules.restoration_was_asked, rules.another_person_asked),
        (),
        _STILL_IN_ORDER,
        concerns_release=True,
    ),
    Row(
        "override",
        (_GONE,),
        _GONE,
        roles.is_desk_or_chief,
        acts.stay,
        (rules.author_never_reviews,),
        _REASON,
        _STANDS,
        concerns_release=True,
    ),
    Row(
        "decline_restoration",
        (_GONE,),
        _GONE,
        roles.is_reviewer_of_any_step,
        acts.decline,
        (rules.restoration_was_asked,),
        (),
        concerns_release=True,
    ),
)

VERBS: tuple[str, ...] = tuple(dict.fromkeys(row.verb for row in TRANSITIONS))
