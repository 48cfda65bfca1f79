"""The form of a newspaper page: its articles each once, none on top of another, none beyond the grid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.desk.tags import moment
from bulletins.models import Article, Page, Placement, Release
from bulletins.models.page import COLUMNS, ROWS

BELOW = gettext_lazy("It hangs over the lower edge: there are %(rows)s rows.")
# Between a kicker and its headline.
WIDE_SPACE = "\u3000"
OVERLAP = gettext_lazy("“%(one)s” and “%(other)s” lie on top of each other.")


def released_articles() -> QuerySet[Article]:
    """Articles that readers can read now, the newest first."""
    visible = Release.objects.visible(at=timezone.now())
    return (
        Article.objects.filter(pk__in=visible.values("article"))
        .prefetch_related(Prefetch("releases", queryset=visible, to_attr="public_releases"))
        .order_by("-pk")
    )


def public_name(article: Any) -> str:
    """Number, kicker and headline as readers know them, never those of a draft beside them."""
    releases = getattr(article, "public_releases", None)
    if releases is None:
        releases = list(article.releases.visible(at=timezone.now()))
    if not releases:
        return str(article.number)
    kicker = releases[0].content["kicker"]
    return f"{article.number} {kicker}{WIDE_SPACE if kicker else ''}{releases[0].title}"


class ArticleChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return public_name(obj)


class PageForm(forms.ModelForm):  # type: ignore[type-arg]
    """`added`: numbers of articles that are put below all others. `seen`: the newest record of the page when the form
    was made; whoever sends an older one is told what happened since."""

    added = forms.CharField(
        label=gettext_lazy("articles to add"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Numbers of articles that readers can read, such as JN-2026-000012. They are put below the others."
        ),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ["publication", "date", "date_is_approximate", "number", "title", "note", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = (
            self.instance.history.select_related("history_user").first() if self.instance.pk else None
        )
        self.initial["seen"] = self.newest.pk if self.newest else 0

    def clean_added(self) -> list[Article]:
        """The articles, each once, in the order in which they were named."""
        numbers = list(dict.fromkeys(re.split(r"[\s,，、;；]+", self.cleaned_data["added"].strip())))
        known = released_articles().in_bulk(numbers, field_name="number")
        if unknown := [number for number in numbers if number and number not in known]:
            raise ValidationError(
                _("Readers know no article with the number %(number)s.") % {"number": unknown[0][:40]}
            )
        added = [known[number] for number in numbers if number]
        placements = list(self.instance.placements.all()) if self.instance.pk else []
        placed = {placement.article_id for placement in placements}
        if twice := [article for article in added if article.pk in placed]:
            raise ValidationError(_("“%(one)s” stands here twice.") % {"one": public_name(twice[0])})
        self.cleaned_data["added"] = added
        if any(placement.row > ROWS for placement in self.added_below(placements)):
            raise ValidationError(BELOW % {"rows": ROWS})
        return added

    def _say_what_happened_since(self, seen: int | None) -> None:
        if not self.newest or seen == self.newest.pk:
            return
        who = self.newest.history_user
        raise ValidationError(
            _(
                "%(who)s saved this page at %(when)s, after you opened it. What you did stands below and was not saved: "
                "open the page anew, look at theirs, and do there what is still to be done."
            )
            % {
                "who": who.get_short_name() if who else _("Somebody"),
                "when": moment(self.newest.history_date),
            },
            code="saved_meanwhile",
        )

    def added_below(self, placements: Iterable[Placement]) -> list[Placement]:
        """The added articles, each over the whole width below those; not saved."""
        placements = list(placements)
        row = max((placement.row + placement.height for placement in placements), default=1)
        position = max((placement.position for placement in placements), default=0) + 1
        return [
            Placement(article=article, row=row + n, position=position + n)
            for n, article in enumerate(self.cleaned_data.get("added", []))
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        page = self.instance
        self._say_what_happened_since(given.get("seen"))
        was_public = page.pk and (
            self.initial.get("is_public") or page.history.filter(is_public=True).exists()
        )
        for name in ("date", "number"):
            if was_public and name in self.changed_data:
                self.add_error(name, _("Readers know the page by its date and number already; they stay."))
        date, number = given.get("date"), given.get("number")
        if date and number and Page.objects.filter(date=date, number=number).exclude(pk=page.pk).exists():
            self.add_error("number", _("There is a page with this date and number already."))
        return given


class PlacementForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Placement
        fields = ["article", "position", "column", "row", "width", "height", "weight", "text_columns"]
        field_classes = {"article": ArticleChoice}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        column, width = given.get("column"), given.get("width")
        row, height = given.get("row"), given.get("height")
        if column and width and column + width - 1 > COLUMNS:
            self.add_error(
                "width",
                _("It hangs over the right edge: from column %(column)s at most %(most)s columns are left.")
                % {"column": column, "most": max(COLUMNS + 1 - column, 0)},
            )
        if row and height and row + height - 1 > ROWS:
            self.add_error("height", BELOW % {"rows": ROWS})
        article = given.get("article")
        is_new = article and (self.instance.pk is None or "article" in self.changed_data)
        if article and is_new and not released_articles().filter(pk=article.pk).exists():
            self.add_error("article", _("Only what readers can read already can be placed on a page."))
        return given


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def crosses(start: str, length: str) -> bool:
        return one[start] < other[start] + other[length] and other[start] < one[start] + one[length]

    return crosses("column", "width") and crosses("row", "height")


class PlacementFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """All articles of a page: each once, and none on top of another."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        placed = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("article") and not form.cleaned_data.get("DELETE")
        ]
        problems = []
        for one, other in combinations(placed, 2):
            names = {"one": public_name(one["article"]), "other": public_name(other["article"])}
            if one["article"] == other["article"]:
                problems.append(_("“%(one)s” stands here twice.") % names)
            elif overlap(one, other):
                problems.append(OVERLAP % names)
        if problems:
            raise ValidationError(problems)
