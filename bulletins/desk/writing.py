"""Writing an article: begin, save, submit; and what happens when somebody else saved in between."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.models import User
from bulletins import workflow
from bulletins.desk import checking, difference, photos
from bulletins.desk.acting import seen_number
from bulletins.desk.putting_together import Together
from bulletins.desk.reading import readable_article
from bulletins.desk.remarked import open_in_form, read_remarks
from bulletins.desk.sheet import Sheet, usual_unit, writable_units
from bulletins.desk.words import editor_words
from bulletins.models import Article, Revision, Stage
from bulletins.models.revision import hash_of

# Where the reasons of the workflow stand in the form; the others stand above it.
FIELD_OF = {
    "no_headline": "headline",
    "no_body": "body",
    "no_photo": "photos",
    "photo_is_gone": "body",
    "other_unit": "unit",
    "kind_and_unit_are_settled": "kind",
}
# How long the second click of a double one is recognised.
REMEMBERED = 24 * 60 * 60
# Names the form that was saved, until the next page has read it (static/desk/unsaved.js).
SAVED = "desk_saved"


def begin(request: HttpRequest) -> HttpResponse:
    """A new article. The same form sent twice begins it once."""
    user = request.user
    if not writable_units(user):  # type: ignore[arg-type]
        if not roles.holds(user, roles.WRITERS, None, on=roles.today()):  # type: ignore[arg-type]
            raise PermissionDenied
        messages.error(
            request, _("Your unit is closed. An administrator can give you a role in another one.")
        )
        return redirect("admin:index")
    article = Article(unit_id=usual_unit(user))  # type: ignore[arg-type]
    if request.method != "POST":
        return _form(request, Sheet(article, user=user))  # type: ignore[arg-type]
    sheet = Sheet(article, user=user, request=request)  # type: ignore[arg-type]
    if not sheet.is_valid():
        return _form(request, sheet, status=422)
    if "restore" in request.POST:
        return _form(request, sheet)
    ticket = f"desk-new-{user.pk}-{request.POST.get('ticket', '')[:40]}"
    if not cache.add(ticket, "", REMEMBERED):
        return _sent_again(request, number) if (number := _begun(ticket)) else redirect("admin:index")
    try:
        workflow.perform("start", article, actor=user, write=sheet.write)  # type: ignore[arg-type]
    except workflow.Refused as refused:
        cache.delete(ticket)
        return _form(request, sheet, refused.reasons, status=422)
    cache.set(ticket, article.number, REMEMBERED)
    return _saved(request, sheet, article)


def _begun(ticket: str) -> str:
    """The number of the article that this form began a moment ago, as soon as it has one."""
    for _attempt in range(30):
        if number := cache.get(ticket, ""):
            return str(number)
        time.sleep(0.1)
    return ""


def _sent_again(request: HttpRequest, number: str) -> HttpResponse:
    """The form of a new article comes once more: a double click, or somebody pressed "back" and wrote on."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    sheet = Sheet(article, user=request.user, request=request)  # type: ignore[arg-type]
    current = Revision.objects.current(article)
    if not sheet.is_valid():
        return _form(request, sheet, status=422)
    if current and hash_of(sheet.as_content()) == current.content_hash:
        return redirect("admin:article_edit", number)
    return _save(request, sheet, seen_stage=Stage.DRAFT, seen_revision=1)


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change an article; whoever may not is shown the read view, which says why."""
    user = request.user
    article = readable_article(user, number)  # type: ignore[arg-type]
    if request.method != "POST":
        if workflow.refusals("edit", article, actor=user):  # type: ignore[arg-type]
            return redirect("admin:article", number)
        return _form(request, Sheet(article, user=user), is_check="check" in request.GET)  # type: ignore[arg-type]
    sheet = _sent(request, article)
    if not sheet.is_valid():
        return _form(request, sheet, status=422)
    seen: dict[str, Any] = {
        "seen_stage": request.POST.get("seen_stage", ""),
        "seen_revision": seen_number(request),
    }
    if not {"restore", "merge"} & request.POST.keys():
        return _save(request, sheet, **seen)
    # It comes back as it would be saved, to be looked through.
    refusals = workflow.refusals("edit", article, actor=user, given=seen)  # type: ignore[arg-type]
    return _refused(request, sheet, refusals) if refusals else _form(request, sheet)


def _sent(request: HttpRequest, article: Article) -> Sheet:
    """The form as it was sent; where two people changed the same, with what was chosen."""
    user: User = request.user  # type: ignore[assignment]
    sheet = Sheet(article, user=user, request=request)
    base = request.POST.get("merge_base", "")
    if not base or seen_number(request) != article.revision_number or not sheet.is_valid():
        return sheet
    together = _together(request, sheet, base, chosen=request.POST)
    return Sheet(article, user=user, data=together.data) if together else sheet


def _together(
    request: HttpRequest, sheet: Sheet, base: str, *, chosen: QueryDict | None = None
) -> Together | None:
    """Theirs and mine put together, if the version is known (its number) that both began with."""
    number = int(base) if base.isdecimal() and len(base) < 10 else 0
    began = Revision.objects.filter(article=sheet.article, number=number).first()
    if began is None:
        return None
    stored = Article.objects.get(pk=sheet.article.pk)
    theirs = Sheet(stored, user=request.user)  # type: ignore[arg-type]
    return Together(sheet, theirs, base=began.content, chosen=chosen)


def _save(request: HttpRequest, sheet: Sheet, *, seen_stage: str, seen_revision: int) -> HttpResponse:
    try:
        workflow.perform(
            "edit",
            Article.objects.get(pk=sheet.article.pk),
            actor=request.user,  # type: ignore[arg-type]
            seen_stage=seen_stage,
            seen_revision=seen_revision,
            write=sheet.write,
        )
    except workflow.Refused as refused:
        return _refused(request, sheet, refused.reasons)
    return _saved(request, sheet, Article.objects.get(pk=sheet.article.pk))


def _refused(request: HttpRequest, sheet: Sheet, reasons: list[workflow.Refusal]) -> HttpResponse:
    """Somebody was faster, or it is not one's turn any more: both texts are shown, put together as far as they can be."""
    current = Revision.objects.current(sheet.article)
    assert current is not None  # it was begun with one
    mine = sheet.as_content()
    if hash_of(mine) == current.content_hash:  # the second of two clicks: it is saved already
        return _forgotten(request, redirect("admin:article", sheet.article.number))
    still_allowed = not workflow.refusals("edit", sheet.article, actor=request.user)  # type: ignore[arg-type]
    conflict = {
        "theirs": current,
        "is_own": current.created_by_id == request.user.pk,
        "mine": mine,
        "differences": difference.between(current.content, mine),
        "still_allowed": still_allowed,
    }
    base = request.POST.get("seen_revision", "")
    if still_allowed and (together := _together(request, sheet, base)):
        conflict |= {"together": together, "base": base}
        sheet = Sheet(sheet.article, user=request.user, data=together.data)  # type: ignore[arg-type]
    return _form(request, sheet, reasons, conflict=conflict, status=409)


def _saved(request: HttpRequest, sheet: Sheet, article: Article) -> HttpResponse:
    """Saved. If it was to be submitted too, do that, or come back to the form with every reason why not."""
    return _forgotten(request, _answered(request, sheet, article))


def _forgotten(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Tells the browser that it may forget what it kept of this form."""
    ticket = request.POST.get("ticket", "")
    if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", ticket):
        answer.set_cookie(SAVED, ticket, path="/desk/", samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _answered(request: HttpRequest, sheet: Sheet, article: Article) -> HttpResponse:
    photos.cut(sheet.photos_of_the_form() or ())
    if dropped := sheet.form.dropped_pictures:
        messages.warning(
            request,
            ngettext(
                "%(count)s picture in the text came from elsewhere and was left out. Add it below under photos.",
                "%(count)s pictures in the text came from elsewhere and were left out. Add them below under photos.",
                dropped,
            )
            % {"count": dropped},
        )
    form_address = reverse("admin:article_edit", args=[article.number])
    if "submit" not in request.POST:
        messages.success(request, _("Saved as version %(number)s.") % {"number": article.revision_number})
        return redirect(form_address)
    try:
        workflow.perform(
            "submit",
            article,
            actor=request.user,  # type: ignore[arg-type]
            seen_stage=article.stage,
            seen_revision=article.revision_number,
        )
    except workflow.Refused:
        messages.warning(request, _("Your text is saved, but it cannot be submitted yet."))
        return redirect(form_address + "?check=1")
    messages.success(
        request, _("Submitted. It is now at: %(stage)s.") % {"stage": article.get_stage_display()}
    )
    return redirect("admin:article", article.number)


def _form(
    request: HttpRequest,
    sheet: Sheet,
    reasons: list[workflow.Refusal] | tuple[()] = (),
    *,
    conflict: dict[str, Any] | None = None,
    is_check: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`is_check`: of what is saved, everything is said that keeps it from being submitted."""
    stored = _stored(sheet)
    panel = checking.panel_of(sheet)
    may_submit = True
    if stored:
        read_remarks(stored)
        refusals = workflow.refusals(
            "submit",
            stored,
            actor=request.user,  # type: ignore[arg-type]
            given={} if is_check else None,
            standing=list(panel.standing),
        )
        # Whether the button belongs there at all: the stage and the role allow it, even if the text lacks something.
        may_submit = not {"wrong_stage", "not_your_role"} & {reason.key for reason in refusals}
        reasons = refusals if is_check else reasons
    at_field: dict[str, list[workflow.Refusal]] = {}
    above = []
    for reason in reasons:
        field = FIELD_OF.get(reason.key)
        if field and (field == "photos" or field in sheet.form.fields):
            at_field.setdefault(field, []).append(reason)
        else:
            above.append(reason)
    context = admin.site.each_context(request) | {
        "title": (stored.title or _("Untitled article")) if stored else _("New article"),
        "article": stored,
        "sheet": sheet,
        "form": sheet.form,
        "reasons": above,
        "at_field": at_field,
        "has_errors": bool(reasons) or status == 422,
        "is_check": is_check,
        "conflict": conflict,
        "may_submit": may_submit,
        "ticket": request.POST.get("ticket") or secrets.token_urlsafe(12),
        **_seen(request, stored, is_newly_seen=conflict is not None),
        "returned": _return_of(stored) if stored else None,
        "panel": panel,
        "remarks": open_in_form(stored, sheet.as_content()) if stored else (),
        "words": editor_words(),
    }
    return TemplateResponse(request, "desk/article_form.html", context, status=status)


def _seen(request: HttpRequest, stored: Article | None, *, is_newly_seen: bool) -> dict[str, Any]:
    """What the form was opened on. A form that comes back with errors keeps it; one that shows both texts is new."""
    if stored is None:
        return {}
    if request.method == "POST" and not is_newly_seen:
        return {"seen_stage": request.POST.get("seen_stage", ""), "seen_revision": seen_number(request)}
    return {"seen_stage": stored.stage, "seen_revision": stored.revision_number}


def _return_of(article: Article) -> Any:
    if article.stage != Stage.RETURNED:
        return None
    return article.reviews.select_related("reviewer").order_by("-at", "-pk").first()


def _stored(sheet: Sheet) -> Article | None:
    """The article as it is saved; a form that was filled in changed the one that it stands on."""
    if not sheet.article.number:
        return None
    if not sheet.form.is_bound:
        return sheet.article
    return Article.objects.select_related("unit", "author").get(pk=sheet.article.pk)
