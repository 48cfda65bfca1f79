"""What units keep doing wrong: figures by unit and by check, the stories behind each, and all of it as a table."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import DateTimeField, Max, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.desk.forms import UnitChoiceField
from bulletins.figures import Figures, HandedIn, Period, Tally, slips_handed_in
from bulletins.models import Article
from bulletins.readiness.term_files import FORMULA_SIGNS
from bulletins.readiness.wording import CHECK_NAMES
from units.desk import DayInput
from units.models import Unit

# Those who answer for what others hand in. Who only writes sees their own findings beside the text.
READERS = (Role.UNIT_REVIEWER, Role.DESK_EDITOR, Role.CHIEF_EDITOR, Role.AUDITOR)
WORST = 3
PAGE = 30
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class QuestionForm(forms.Form):
    """Which days and which unit. What was not understood is asked as if it had not been said."""

    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=DayInput,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DayInput,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    unit = UnitChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Every unit"),
    )

    def __init__(self, *args: Any, units: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units).with_tree_fields()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day cannot lie before the first."))
        return given


@dataclass(frozen=True)
class Row:
    """A line of a table. `stories` leads to what it counts; `inside`, for a unit, to its own page."""

    name: str | Promise
    tally: Tally
    stories: str
    inside: str = ""
    is_whole: bool = False
    # For a unit: its most frequent slips, each with the stories they stand in.
    worst: tuple[Row, ...] = ()


class Question:
    """What somebody asks about, as far as they may see it."""

    def __init__(self, request: HttpRequest) -> None:
        on = roles.today()
        self.covered = roles.covered_units(request.user, READERS, on=on)  # type: ignore[arg-type]
        if not self.covered:
            raise PermissionDenied
        asked = request.GET if request.GET.keys() & {"since", "until", "unit"} else None
        self.form = QuestionForm(asked, units=self.covered)
        wanted = self.form.cleaned_data if self.form.is_valid() else {}
        self.until: date = wanted.get("until") or max(on, wanted.get("since") or on)
        self.since: date = wanted.get("since") or self.until.replace(day=1)
        self.form.initial = {"since": self.since, "until": self.until}
        self.unit: Unit | None = wanted.get("unit")
        self.period = Period(self.since, self.until)
        known = {unit.pk: unit for unit in Unit.objects.filter(pk__in=self.covered).with_tree_fields()}
        self.units = known
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for unit in known.values():
            self._children[unit.parent_id if unit.parent_id in known else None].append(unit.pk)

    def below(self, unit: int | None) -> list[int]:
        """The unit and all under it, in the order of the tree; all that may be seen if none is named."""
        found = [] if unit is None else [unit]
        for child in self._children[unit]:
            found += self.below(child)
        return found

    def shown(self) -> tuple[Unit | None, list[Unit]]:
        """The unit whose page this is, if it is one unit's, and those that stand directly under it."""
        top = self.unit.pk if self.unit else None
        if top is None and len(self._children[None]) == 1:
            top = self._children[None][0]
        return self.units.get(top or 0), [self.units[pk] for pk in self._children[top]]

    def address(self, name: str, **asked: Any) -> str:
        """A page about the same days."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return f"{reverse(f'admin:{name}')}?{urlencode(days | {k: v for k, v in asked.items() if v})}"


def _periods(question: Question) -> list[tuple[str, str, bool]]:
    """What is asked for most: its name, its address and whether it is what is shown."""
    today = roles.today()
    month = today.replace(day=1)
    last = month - timedelta(days=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    named = [
        (_("This month"), month, today),
        (_("Last month"), last.replace(day=1), last),
        (_("This quarter"), quarter, today),
        (_("This year"), today.replace(month=1, day=1), today),
    ]
    unit = {"unit": question.unit.pk} if question.unit else {}
    return [
        (
            name,
            "?" + urlencode({"since": since.isoformat(), "until": until.isoformat()} | unit),
            (since, until) == (question.since, question.until),
        )
        for name, since, until in named
    ]


def _rows_of_checks(question: Question, figures: Figures, unit: int | None) -> list[Row]:
    return [
        Row(
            CHECK_NAMES.get(check, check),
            tally,
            question.address("figures_stories", unit=unit, check=check),
        )
        for check, tally in figures.checks.items()
    ]


def _row_of_unit(question: Question, handed_in: HandedIn, unit: Unit, *, is_whole: bool) -> Row:
    figures = handed_in.of(question.below(unit.pk))
    return Row(
        name=unit.name,
        tally=figures.whole,
        stories=question.address("figures_stories", unit=unit.pk),
        inside="" if is_whole else question.address("figures", unit=unit.pk),
        is_whole=is_whole,
        worst=tuple(_rows_of_checks(question, figures, unit.pk)[:WORST]),
    )


def show(request: HttpRequest) -> HttpResponse:
    """Units that handed in anything, and checks that found anything. As a file with `?format=csv`."""
    question = Question(request)
    top, under = question.shown()
    wanted = question.below(question.unit.pk if question.unit else None)
    handed_in = HandedIn(wanted, question.period)
    if request.GET.get("format") == "csv":
        return _as_csv(question, handed_in, wanted)
    rows = [_row_of_unit(question, handed_in, top, is_whole=True)] if top else []
    rows += [_row_of_unit(question, handed_in, unit, is_whole=False) for unit in under]
    figures = handed_in.of(wanted)
    chosen = question.unit.pk if question.unit else None
    above = question.units.get(question.unit.parent_id or 0) if question.unit else None
    context = admin.site.each_context(request) | {
        "title": _("What checks find most often"),
        "form": question.form,
        "periods": _periods(question),
        "question": question,
        "whole": figures.whole,
        "units": [row for row in rows if row.tally.submitted or row.is_whole],
        "checks": _rows_of_checks(question, figures, chosen),
        "above": above,
        "above_address": question.address("figures", unit=above.pk) if above else "",
        "file": question.address("figures", unit=chosen, format="csv"),
    }
    return TemplateResponse(request, "desk/figures.html", context)


def show_stories(request: HttpRequest) -> HttpResponse:
    """The stories that a figure counts, as far as this person may read them. Keyset pages: no count, no offset."""
    question = Question(request)
    slips = slips_handed_in(question.below(question.unit.pk if question.unit else None), question.period)
    if check := request.GET.get("check", "")[:40]:
        slips = slips.filter(check_name=check.replace("\0", ""))
    user: User = request.user  # type: ignore[assignment]
    counted = slips.filter(transition__article=OuterRef("pk")).order_by().values("transition__article")
    articles = Article.objects.readable_by(user, on=roles.today()).filter(
        pk__in=slips.values("transition__article")
    )
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        articles = articles.filter(pk__lt=int(before))
    handed_in = Subquery(counted.annotate(last=Max("at")).values("last"), output_field=DateTimeField())
    page = list(articles.annotate(handed_in=handed_in).select_related("unit").order_by("-pk")[: PAGE + 1])
    unit = question.unit.pk if question.unit else None
    context = admin.site.each_context(request) | {
        "title": CHECK_NAMES.get(check, check) if check else _("Stories with something to mend"),
        "question": question,
        "articles": page[:PAGE],
        "back": question.address("figures", unit=unit),
        "more": question.address("figures_stories", unit=unit, check=check, before=page[PAGE - 1].pk)
        if len(page) > PAGE
        else "",
    }
    return TemplateResponse(request, "desk/figures_stories.html", context)


def _as_csv(question: Question, handed_in: HandedIn, wanted: list[int]) -> HttpResponse:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for line in _lines(question, handed_in, wanted):
        writer.writerow([_harmless(str(cell)) for cell in line])
    # With the mark by which Excel knows UTF-8.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"figures-{question.since:%Y%m%d}-{question.until:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(question: Question, handed_in: HandedIn, wanted: list[int]) -> Iterator[list[Any]]:
    """A line for each unit and check, and before them one for the unit as a whole; each with everything below it."""
    yield [
        _("From"), _("Until"), _("Unit"), _("Check"), _("Submitted"), _("Stories with it"), _("Of 100"),
        _("Mended"), _("Overridden"), _("Left as it was"), _("Not released yet"),
    ]  # fmt: skip
    for pk in wanted:
        figures = handed_in.of(question.below(pk))
        if not figures.whole.submitted:
            continue
        for check, tally in [("", figures.whole), *figures.checks.items()]:
            yield [
                question.since, question.until, question.units[pk].name,
                CHECK_NAMES.get(check, check) if check else _("all checks"),
                tally.submitted, tally.found, f"{tally.of_100:.1f}",
                tally.mended, tally.overridden, tally.left, tally.open,
            ]  # fmt: skip


def _harmless(cell: str) -> str:
    """No formula for whoever opens the file in a table program."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
