"""The one view behind all buttons of an article: asks the workflow, and shows every reason if it says no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins import workflow
from bulletins.desk.found import Found
from bulletins.desk.reading import context_of, readable_article
from bulletins.desk.tags import moment
from bulletins.desk.verbs import VERB_FORMS
from bulletins.models import Article, Transition

# A second click on the same button comes within this time.
DOUBLE_CLICK = timedelta(seconds=30)
FIELD_OF = {"reason_required": "reason", "reason_code_required": "reason_code"}


def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Do it and come back to the article; or show why not, with what was typed."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    if verb not in workflow.VERBS or verb in {"start", "edit"}:
        raise Http404
    if request.method != "POST":
        return redirect("admin:article", number)
    form_class = VERB_FORMS.get(verb)
    form = form_class(request.POST, prefix=verb) if form_class else None
    if form is not None and not form.is_valid():
        return _shown_again(request, article, verb, form, [])
    try:
        workflow.perform(
            verb,
            article,
            actor=request.user,  # type: ignore[arg-type]
            seen_stage=request.POST.get("seen_stage", ""),
            seen_revision=seen_number(request),
            **(form.cleaned_data if form else {}),
        )
    except workflow.Refused as refused:
        if _was_done_a_moment_ago(request, article, verb):
            return redirect("admin:article", number)
        return _shown_again(request, article, verb, form, refused.reasons)
    messages.success(request, _said(verb, article))
    if verb == "override":  # there may be more of them
        return redirect(reverse("admin:article", args=[number]) + "#findings")
    return redirect("admin:article", number)


def seen_number(request: HttpRequest) -> int:
    """The version that the person looked at; one that cannot exist if the form does not say."""
    seen = request.POST.get("seen_revision", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _was_done_a_moment_ago(request: HttpRequest, article: Article, verb: str) -> bool:
    last: Transition | None = article.transitions.order_by("-at", "-pk").first()
    if last is None or (last.verb, last.actor_id) != (verb, request.user.pk):
        return False
    if verb == "override" and last.override.mark != request.POST.get("override-finding"):
        return False  # of another finding
    return timezone.now() - last.at < DOUBLE_CLICK


def _shown_again(
    request: HttpRequest,
    article: Article,
    verb: str,
    form: forms.Form | None,
    reasons: list[workflow.Refusal],
) -> HttpResponse:
    unplaced = []
    for reason in reasons:
        field = FIELD_OF.get(reason.key)
        if form is not None and field:
            form.add_error(field, str(reason))
        else:
            unplaced.append(reason)
    article.refresh_from_db()
    context = context_of(request, article, at=timezone.now(), tried={verb: form} if form else {})
    context |= {"refused": workflow.LABELS[verb], "reasons": unplaced, "tried": verb}
    # What was typed stays, even where the button is gone by now.
    if form is not None and not _is_shown(form, verb, context):
        context["typed"] = [
            (field.label, field.value()) for field in form if field.value() and not field.is_hidden
        ]
    return TemplateResponse(request, "desk/article.html", context, status=409)


def _is_shown(form: forms.Form, verb: str, context: dict[str, Any]) -> bool:
    """Whether the page still has the place where this form is filled in."""
    if verb != "override":
        return any(button.verb == verb for button in context["buttons"])
    found: Found | None = context["found"]
    return bool(context["may_override"] and found and found.offers(form["finding"].value() or ""))


def _said(verb: str, article: Article) -> str:
    stage = article.get_stage_display()
    if verb == "release" and (later := article.releases.filter(public_from__gt=timezone.now()).first()):
        return _("Signed for release. Readers will see it from %(when)s.") % {
            "when": moment(later.public_from)
        }
    said = {
        "submit": _("Submitted. It is now at: %(stage)s."),
        "recall": _("Taken back. It is a draft again."),
        "pass": _("Passed. It is now at: %(stage)s."),
        "return": _("Returned to its author with your reason."),
        "refuse": _("Refused. Its author sees the reason."),
        "release": _("Signed for release. Readers see it now."),
        "unschedule": _("Taken off the schedule."),
        "revise": _("A new version is begun; readers go on seeing the released one."),
        "withdraw": _("Asked for. It stays public until another person confirms."),
        "confirm_withdrawal": _("Withdrawn. Readers do not see it any more."),
        "withdraw_at_once": _("Withdrawn at once. Another person has to sign it off."),
        "sign_off": _("Signed off."),
        "restore": _("Asked for. It stays withdrawn until another person confirms."),
        "confirm_restoration": _("Public again."),
        "override": _("It may stay as it is. Your reason is kept with the article."),
    }.get(verb, _("Done."))
    return said % {"stage": stage} if "%(stage)s" in said else said
