"""Writing a remark on an article and answering one; and whom of those who may read it a name could mean."""

from __future__ import annotations

import hashlib
from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from bulletins import remarks
from bulletins.desk.acting import seen_number
from bulletins.desk.reading import context_of, readable_article
from bulletins.models import Article, Deed, Remark
from bulletins.models.revision import Content
from bulletins.remarks.mentions import Mentions
from bulletins.remarks.places import BODY

# As many names are offered at once.
OFFERED = 8


def write(request: HttpRequest, number: str) -> HttpResponse:
    """A new remark; back to the article at its place, or again with what was typed and why not."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    if request.method != "POST":
        return redirect("admin:article", number)
    sent = {name: request.POST.get(name, "") for name in ("text", "passage", "field", "quote", "start")}
    seen = seen_number(request)
    try:
        remark, found = remarks.write(
            article,
            actor=request.user,  # type: ignore[arg-type]
            text=sent["text"],
            ticket=_ticket(request, *sent.values()),
            revision=seen,
            place=_place(article, seen, sent),
            must_be_answered="must_be_answered" in request.POST,
        )
    except remarks.NotSaid as refused:
        tried = sent | {"must_be_answered": "must_be_answered" in request.POST, "errors": refused.reasons}
        return _shown_again(request, article, {"tried_remark": tried})
    _say_who_was_not_told(request, found)
    return _back_to(article, remark)


def reply(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """An answer, or what is done about the remark: by the button that was pressed."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    remark = get_object_or_404(Remark, article=article, pk=pk)
    if request.method != "POST":
        return redirect("admin:article", number)
    deed, text = request.POST.get("deed", ""), request.POST.get("text", "")
    if deed not in Deed.values:
        raise Http404
    try:
        _line, found = remarks.reply(
            remark,
            Deed(deed),
            actor=request.user,  # type: ignore[arg-type]
            text=text,
            ticket=_ticket(request, str(pk), deed, text),
        )
    except remarks.NotSaid as refused:
        tried = {"pk": pk, "text": text, "errors": refused.reasons}
        return _shown_again(request, article, {"tried_reply": tried})
    _say_who_was_not_told(request, found)
    return _back_to(article, remark)


def readers(request: HttpRequest, number: str) -> JsonResponse:
    """Those who may read the article, by the beginning of a name; namesakes by their sign-in names."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    asked = request.GET.get("q", "").replace("\0", "").strip()[:40]
    people = (
        remarks.readers_of(article, on=roles.today()).exclude(pk=request.user.pk).order_by("name", "username")
    )
    found = list(people.filter(name__startswith=asked)[:OFFERED]) or list(
        people.filter(username__startswith=asked)[:OFFERED]
    )
    names = Counter(person.name for person in found)
    return JsonResponse(
        {
            "found": [
                {"name": person.name if names[person.name] == 1 else person.username, "note": person.name}
                if names[person.name] > 1
                else {"name": person.name, "note": person.username}
                for person in found
            ]
        }
    )


def _ticket(request: HttpRequest, *sent: str) -> str:
    """The same words in the same form are sent once; other words in it are something new."""
    words = "\0".join((request.POST.get("ticket", ""), *sent))
    return hashlib.sha256(words.encode()).hexdigest()[:40]


def _place(article: Article, seen: int, sent: dict[str, str]) -> remarks.Place | None:
    """What was selected, or else the part that was chosen; None for the article as a whole."""
    if sent["quote"]:
        start = sent["start"]
        near = int(start) if start.isdecimal() and len(start) < 10 else 0
        return remarks.Place(sent["field"], sent["quote"].replace("\r\n", "\n"), near)
    if not sent["passage"]:
        return None
    revision = article.revisions.filter(number=seen).first()
    return _part(revision.content, sent["passage"]) if revision else None


def _part(content: Content, passage: str) -> remarks.Place:
    """A field, or one paragraph of the body (`body.3`). What does not exist is found nowhere."""
    name, _dot, number = passage.partition(".")
    text = remarks.texts_of(content).get(name, "")
    if name != BODY:
        return remarks.Place(name, text)
    lines = text.splitlines()
    wanted = int(number) - 1 if number.isdecimal() and len(number) < 6 else -1
    if not 0 <= wanted < len(lines):
        return remarks.Place(name, "")
    return remarks.Place(name, lines[wanted], sum(len(line) + 1 for line in lines[:wanted]))


def _back_to(article: Article, remark: Remark) -> HttpResponse:
    order = list(article.remarks.order_by("at", "pk").values_list("pk", flat=True))
    return redirect(f"{reverse('admin:article', args=[article.number])}#remark-{order.index(remark.pk) + 1}")


def _shown_again(request: HttpRequest, article: Article, tried: dict[str, object]) -> HttpResponse:
    context = context_of(request, article, at=timezone.now()) | tried
    return TemplateResponse(request, "desk/article.html", context, status=422)


def _say_who_was_not_told(request: HttpRequest, found: Mentions) -> None:
    for name in dict.fromkeys(found.unknown):
        messages.warning(request, _("Nobody is called “%(name)s”; nobody was told.") % {"name": name})
