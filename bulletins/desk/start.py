"""The start page: what waits for me, whatever my role; every list is short and leads on to the whole."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from accounts.roles import Role
from bulletins.desk.alarms import asked_of, unproved_for
from bulletins.desk.late import late_for
from bulletins.desk.queue import waiting_for
from bulletins.models import Article, Decision, Release, Review, Stage, Transition

SHORT = 6


def _mine(user: User, stage: Stage) -> list[Article]:
    last = Review.objects.filter(article=OuterRef("pk"), decision=Decision.RETURNED).order_by("-at")
    mine = Article.objects.filter(author=user, stage=stage).select_related("unit")
    return list(
        mine.annotate(
            returned_because=Subquery(last.values("reason")[:1]),
            returned_by=Subquery(last.values("reviewer__name")[:1]),
        ).order_by("-pk")[:SHORT]
    )


def _scheduled(user: User, *, at: datetime) -> list[Release]:
    units = roles.covered_units(user, (Role.DESK_EDITOR, Role.CHIEF_EDITOR), on=timezone.localdate(at))
    if not units:
        return []
    coming = Release.objects.filter(public_from__gt=at, withdrawn_at=None, unit__in=units)
    return list(
        coming.exclude(public_until=F("public_from")).select_related("unit").order_by("public_from")[:SHORT]
    )


def show(request: HttpRequest) -> HttpResponse:
    """Six at most of each, oldest first where somebody waits."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    asked = asked_of(user, at=at)
    context = admin.site.each_context(request)
    if context["has_queue"]:
        context |= {
            "reviews": waiting_for(user, at=at, limit=SHORT, verbs=("pass",)),
            "approved": waiting_for(user, at=at, limit=SHORT, verbs=("release",)),
            "scheduled": _scheduled(user, at=at),
        }
    if context["may_write"]:
        context |= {
            "returned": _mine(user, Stage.RETURNED),
            "drafts": _mine(user, Stage.DRAFT),
            "under_way": list(
                Article.objects.filter(
                    author=user,
                    stage__in=[
                        Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW, Stage.APPROVED,
                    ],
                )
                .select_related("unit")
                .order_by("-pk")[:SHORT]
            ),
        }  # fmt: skip
    context |= {
        "title": _("What waits for you"),
        "unproved": unproved_for(user, at=at),
        "late": late_for(user, at=at),
        "emergencies": [a for a in asked if a.proposal.was_emergency],
        "asked": [a for a in asked if not a.proposal.was_emergency],
        "lately": list(
            Transition.objects.filter(actor=user).select_related("article").order_by("-at", "-pk")[:SHORT]
        ),
        "lists": admin.site.get_app_list(request) if context["keeps_lists"] else [],
    }
    return TemplateResponse(request, "desk/start.html", context)
