"""What somebody is told: the number at the top of every page, the page of notices, and how they come besides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import profile, roles
from accounts.models import User
from bulletins.models import Article, Notice, NoticeChoice
from bulletins.notices import mail, wording

PAGE = 30
# The bell counts no further.
MOST = 9
# So many of the newest unread ones are asked whether they may still be read.
LOOKED_AT = 30
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Unread:
    """How many notices a person has not read, as far as one counts. Asked only by a page that shows it."""

    person: User

    @cached_property
    def _number(self) -> int:
        readable = Article.objects.readable_by(self.person, on=roles.today()).filter(pk=OuterRef("article"))
        newest = Notice.objects.filter(person=self.person, read_at=None).order_by("-pk")
        return sum(
            newest.annotate(is_readable=Exists(readable)).values_list("is_readable", flat=True)[:LOOKED_AT]
        )

    def __bool__(self) -> bool:
        return self._number > 0

    def __str__(self) -> str:
        return f"{MOST}+" if self._number > MOST else str(self._number)


class ChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = NoticeChoice
        fields = ["mail", "digest_hour"]
        widgets = {"mail": forms.RadioSelect}


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text) <= LARGEST_KEY else None


def show(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time; nothing of a story that this person may not read (any more)."""
    user: User = request.user  # type: ignore[assignment]
    shown = Notice.objects.shown_to(user, on=roles.today()).select_related("article__unit", "actor")
    before = _key(request.GET.get("before", ""))
    if before is not None:
        shown = shown.filter(pk__lt=before)
    found = list(shown.order_by("-pk")[: PAGE + 1])
    context = admin.site.each_context(request) | {
        "title": _("Notices"),
        "notices": found[:PAGE],
        "waiting": wording.still_waiting(found),
        "is_continued": before is not None,
        "more": found[PAGE - 1].pk if len(found) > PAGE else "",
        "until": found[0].pk if found else "",
    }
    return TemplateResponse(request, "desk/notices.html", context)


def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the story; the notice has been read then."""
    if pk > LARGEST_KEY:
        raise Http404
    user: User = request.user  # type: ignore[assignment]
    shown = Notice.objects.shown_to(user, on=roles.today()).select_related("article")
    notice = get_object_or_404(shown, pk=pk)
    if notice.read_at is None:
        Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect("admin:article", notice.article.number)


def mark_read(request: HttpRequest) -> HttpResponse:
    """All up to the newest that the page showed: what came in meanwhile stays unread."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    until = _key(request.POST.get("until", ""))
    if until is not None:
        unread = Notice.objects.filter(person=request.user, read_at=None, pk__lte=until)  # type: ignore[misc]
        unread.update(read_at=timezone.now())
        messages.success(request, _("All marked as read."))
    return redirect("admin:notices")


def profile_page(request: HttpRequest) -> HttpResponse:
    """One's own page, and on it how one hears of things."""
    answer = profile.show(request)
    if isinstance(answer, TemplateResponse):
        person: User = request.user  # type: ignore[assignment]
        assert answer.context_data is not None  # `profile.show` gives one
        answer.context_data |= {
            "notice_form": ChoiceForm(instance=NoticeChoice.of(person)),
            "sends_mail": mail.is_configured(),
            "has_mailbox": bool(person.email),
        }
    return answer


def choose(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person: User = request.user  # type: ignore[assignment]
    form = ChoiceForm(request.POST, instance=NoticeChoice.of(person))
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("mail", "digest_hour")}
        # Not `save`: a double click would write the first choice of this person twice.
        NoticeChoice.objects.update_or_create(person=person, defaults=chosen)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of the ways that are offered."))
    return redirect("admin:profile")
