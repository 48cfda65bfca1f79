"""The board: everything in the making that a person may read, a column for each stage, and what went out lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from bulletins.arranging import arrangement_of
from bulletins.desk.late import late_for
from bulletins.desk.narrowing import NarrowingForm
from bulletins.models import Article, Release, Stage

# So many cards stand in a column.
CARDS = 20
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """`since`: when it came to its stage, or when readers see it; `person`: whose hands it is in, or else its author."""

    number: str
    title: str
    kind: str
    unit: str
    person: str
    is_handled: bool
    since: datetime
    due_at: datetime | None = None
    is_overdue: bool = False
    not_before: datetime | None = None
    # Where it stands, in a column of several stages.
    stage: str = ""


@dataclass(frozen=True)
class Column:
    """`more`: the address of the whole list, if the column does not hold it."""

    key: str
    label: str | Promise
    cards: list[Card]
    more: str
    shows_age: bool = True


# The columns of what is in the making, and their stages; what is more urgent comes first.
COLUMNS: tuple[tuple[str, str | Promise, tuple[Stage, ...]], ...] = (
    ("drafts", gettext_lazy("Returned and drafts"), (Stage.RETURNED, Stage.DRAFT)),
    ("unit_review", Stage.UNIT_REVIEW.label, (Stage.UNIT_REVIEW,)),
    ("desk_review", Stage.DESK_REVIEW.label, (Stage.DESK_REVIEW,)),
    ("final_review", Stage.FINAL_REVIEW.label, (Stage.FINAL_REVIEW,)),
    ("approved", gettext_lazy("To be released"), (Stage.APPROVED,)),
)


def columns_for(user: User, *, at: datetime, narrowed: Q) -> list[Column]:
    """All columns, from left to right. As many queries for many articles as for few."""
    on = timezone.localdate(at)
    readable = Article.objects.readable_by(user, on=on).filter(narrowed)
    readable = readable.select_related("unit", "author", "arrangement__handler").defer("body", "summary")
    columns = []
    for key, label, stages in COLUMNS:
        found: list[Article] = []
        for stage in stages:
            found += readable.filter(stage=stage).order_by("stage_since", "pk")[: CARDS + 1]
        shown = [_card(article, at=at, names_stage=len(stages) > 1) for article in found[:CARDS]]
        more = (
            f"{reverse('admin:articles')}?{urlencode({'stage': found[CARDS].stage})}" if found[CARDS:] else ""
        )
        columns.append(Column(key, label, shown, more))
    return columns + _released(readable, at=at)


def _card(article: Article, *, at: datetime, names_stage: bool) -> Card:
    stands = arrangement_of(article)
    return Card(
        number=article.number,
        title=article.title,
        kind=article.get_kind_display(),
        unit=article.unit.short_name,
        person=str(stands.handler or article.author),
        is_handled=stands.handler is not None,
        since=article.stage_since,
        due_at=stands.due_at,
        is_overdue=stands.due_at is not None and stands.due_at <= at,
        not_before=stands.not_before if stands.not_before and stands.not_before > at else None,
        stage=article.stage if names_stage else "",
    )


def _released(readable: QuerySet[Article], *, at: datetime) -> list[Column]:
    of_these = Release.objects.filter(Exists(readable.filter(pk=OuterRef("article"))))
    of_these = of_these.select_related("unit", "article__author").defer("article__body")
    coming = of_these.filter(public_from__gt=at, withdrawn_at=None).exclude(public_until=F("public_from"))
    lately = of_these.visible(at=at).filter(public_from__gt=at - LATELY)
    whole = {
        "scheduled": (
            gettext_lazy("Scheduled"),
            coming.order_by("public_from", "pk"),
            reverse("admin:calendar"),
        ),
        "live": (
            gettext_lazy("Released lately"),
            lately.order_by("-public_from", "-pk"),
            f"{reverse('admin:articles')}?{urlencode({'stage': Stage.SETTLED})}",
        ),
    }
    columns = []
    for key, (label, releases, address) in whole.items():
        found = list(releases[: CARDS + 1])
        cards = [
            Card(
                number=release.number,
                title=release.title,
                kind=release.get_kind_display(),
                unit=release.unit.short_name,
                person=str(release.article.author),
                is_handled=False,
                since=release.public_from,
            )
            for release in found[:CARDS]
        ]
        columns.append(Column(key, label, cards, address if found[CARDS:] else "", shows_age=False))
    return columns


def show(request: HttpRequest) -> HttpResponse:
    """Every card leads to its article. On a phone one column stands at a time."""
    at = timezone.now()
    user: User = request.user  # type: ignore[assignment]
    units = roles.covered_units(user, roles.READERS, on=timezone.localdate(at))
    form = NarrowingForm(request.GET, units=units, without=("stage", "age"))
    context = admin.site.each_context(request) | {
        "title": _("Board"),
        "form": form,
        "late": late_for(user, at=at),
        "columns": columns_for(user, at=at, narrowed=form.narrowed(user=user, at=at)),
    }
    return TemplateResponse(request, "desk/board.html", context)
