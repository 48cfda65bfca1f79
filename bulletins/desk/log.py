"""The log of the house, for those who audit it: newest first, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.models import Article, LogEntry, LogHead, LogKind
from bulletins.models.log import LogQuerySet
from bulletins.records.entering import named
from bulletins.records.exporting import MEDIA_TYPES, in_period, lines
from bulletins.records.wording import kind_label, told, what_label
from units.desk import DayInput

READERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
PAGE = 50
# So many people of one name are looked up, each by two short questions.
NAMESAKES = 5


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of entry"), required=False)
    person = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=150)
    number = forms.CharField(label=gettext_lazy("Number of an article"), required=False, max_length=24)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind of entry")), *LogKind.choices]  # type: ignore[attr-defined]

    def narrow(self, entries: LogQuerySet) -> LogQuerySet:
        """The entries that fit; a part of the question that cannot be understood is not asked."""
        self.is_valid()
        wanted = self.cleaned_data
        if kind := wanted.get("kind"):
            entries = entries.filter(kind=kind)
        if number := wanted.get("number"):
            entries = entries.filter(number=number.upper())
        return in_period(entries, wanted.get("since"), wanted.get("until"))

    def by_people(self) -> list[Q]:
        """What people of that name did, and what was done about them: an entry fits one of these. None: no name was given."""
        typed = self.cleaned_data.get("person", "")
        if not typed:
            return []
        people = User.objects.filter(Q(name__icontains=typed) | Q(username__iexact=typed)).order_by("pk")
        found = list(people.only("name", "username")[:NAMESAKES])
        ways = [way for user in found for way in (Q(actor=user), Q(about=named(user)))]
        return ways or [Q(pk__in=[])]


@dataclass(frozen=True)
class Line:
    entry: LogEntry
    kind: str
    what: str
    told: list[str]

    @classmethod
    def of(cls, entry: LogEntry) -> Line:
        return cls(entry, kind_label(entry), what_label(entry), told(entry))


def _readable(user: User) -> LogQuerySet:
    """All of it but the steps of articles that this person may not read: that there is such an article is not told."""
    if not user.roles_now() & READERS:
        raise PermissionDenied
    article = Article.objects.readable_by(user, on=roles.today()).filter(number=OuterRef("number"))
    found: LogQuerySet = LogEntry.objects.filter(Q(number="") | Exists(article))
    return found


def _newest(entries: LogQuerySet, ways: list[Q], limit: int) -> list[LogEntry]:
    """Each way is a range of an index of its own; asked for together, the database would sort all that a person ever did."""
    if not ways:
        return list(entries.order_by("-sequence")[:limit])
    found: set[int] = set()
    for way in ways:
        found.update(entries.filter(way).order_by("-sequence").values_list("sequence", flat=True)[:limit])
    newest = sorted(found, reverse=True)[:limit]
    return list(LogEntry.objects.filter(pk__in=newest).order_by("-sequence"))


def show(request: HttpRequest) -> HttpResponse:
    """Keyset pages by the number of the entry: no count, no offset."""
    readable = _readable(request.user)  # type: ignore[arg-type]
    form = FilterForm(request.GET)
    entries = form.narrow(readable)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(sequence__lt=int(before))
    page = _newest(entries, form.by_people(), PAGE + 1)
    asked = request.GET.copy()
    asked.pop("before", None)
    filters = asked.urlencode()
    if has_more := len(page) > PAGE:
        asked["before"] = str(page[PAGE - 1].sequence)
    context = admin.site.each_context(request) | {
        "title": _("Log"),
        "form": form,
        "lines": [Line.of(entry) for entry in page[:PAGE]],
        "more": asked.urlencode() if has_more else "",
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "head": LogHead.objects.filter(pk=LogHead.ONLY).first(),
        "sees_articles": Role.AUDITOR in request.user.roles_now(),  # type: ignore[union-attr]
    }
    return TemplateResponse(request, "desk/log.html", context)


def download(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """What the page shows, oldest first and without an end, as it is read."""
    if form not in MEDIA_TYPES:
        raise Http404
    asked = FilterForm(request.GET)
    entries = asked.narrow(_readable(request.user))  # type: ignore[arg-type]
    if ways := asked.by_people():
        entries = entries.filter(reduce(or_, ways))
    language = translation.get_language()
    name = f"{_('log')}-{roles.today()}.{form}"
    return StreamingHttpResponse(
        _in_language(language, lines(entries, form)),
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def _in_language(language: str, written: Iterator[str]) -> Iterator[str]:
    """It is written after the view, and its middleware, are through."""
    with translation.override(language):
        yield from written
