"""The list of articles, for reading: everything in the making that this person may read, newest first."""

from __future__ import annotations

import re

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from bulletins.desk.alarms import unsigned
from bulletins.desk.forms import UnitChoiceField
from bulletins.models import Article, Kind, Stage
from bulletins.models.article import ArticleQuerySet
from units.models import Unit

PAGE = 30
NUMBER = re.compile(r"[A-Za-z]{1,6}-\d{4}[-\d]*")


class FilterForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Number, headline or author"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": gettext_lazy("Number, headline or author")}
        ),
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    unit = UnitChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Every unit"),
    )

    mine = forms.BooleanField(label=gettext_lazy("Only mine"), required=False)

    def __init__(self, *args: object, units: set[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("q", "stage", "kind", "unit"):  # what stands in each says to the eye what it is
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.fields["stage"].choices = [("", _("Every stage")), *Stage.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Every kind")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).with_tree_fields()  # type: ignore[attr-defined]

    def narrow(self, articles: ArticleQuerySet, *, user: User) -> ArticleQuerySet:
        """The articles that fit what was asked; a broken question is not asked."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("mine"):
            articles = articles.filter(author=user)
        if stage := wanted.get("stage"):
            articles = articles.filter(stage=stage)
        if kind := wanted.get("kind"):
            articles = articles.filter(kind=kind)
        if unit := wanted.get("unit"):
            articles = articles.filter(unit__in=list(unit.descendants(include_self=True)))
        # Word by word: a headline of two lines is read, and asked for, with a blank between them.
        for word in wanted.get("q", "").split():
            articles = articles.filter(_has(word))
        return articles


def _has(word: str) -> Q:
    if NUMBER.fullmatch(word):
        return Q(number__startswith=word.upper())
    written = User.objects.filter(name__icontains=word)
    found = Q(headline__icontains=word) | Q(kicker__icontains=word) | Q(author__in=written)
    # The end of a number is what people say to each other.
    return found | Q(number__endswith=word) if re.fullmatch(r"[0-9]{3,}", word) else found


def show(request: HttpRequest) -> HttpResponse:
    """Keyset pages by number of entry: no count, no offset."""
    on = roles.today()
    user = request.user
    form = FilterForm(request.GET, units=roles.covered_units(user, roles.READERS, on=on))  # type: ignore[arg-type]
    articles = form.narrow(Article.objects.readable_by(user, on=on), user=user)  # type: ignore[arg-type]
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        articles = articles.filter(pk__lt=int(before))
    # First which, then what: a word that is rare, or nowhere, is looked for in the index `article_catalogue` alone.
    keys = list(articles.order_by("-pk").values_list("pk", flat=True)[: PAGE + 1])
    page = list(Article.objects.filter(pk__in=keys).select_related("unit", "author").order_by("-pk"))
    asked = request.GET.copy()
    if has_more := len(page) > PAGE:
        asked["before"] = str(page[PAGE - 1].pk)
    context = admin.site.each_context(request) | {
        "title": _("Articles"),
        "form": form,
        "articles": page[:PAGE],
        "unsigned": unsigned(page[:PAGE]),
        "more": asked.urlencode() if has_more else "",
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return TemplateResponse(request, "desk/articles.html", context)
