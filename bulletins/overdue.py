"""What should have happened by now and has not: due, unsigned when its embargo ended, or on the schedule and in trouble.

`overdue(at)` only reads; whoever sends reminders asks it. `look_again(at)` asks the checks about what waits for its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletins.models import Arrangement, Article, Listing, Release, SearchEntry, Stage
from bulletins.models.listing import ALL
from bulletins.workflow.findings import standing

# So long after its time a release is looked for in the lists and in the search.
LATELY = timedelta(days=7)


class What(models.TextChoices):
    DUE = "due", _("past its due time")
    UNSIGNED = "unsigned", _("its embargo has ended, and it is not signed")
    BLOCKED = "blocked", _("scheduled, but something in it must be mended")
    UNLISTED = "unlisted", _("its time has come, but lists or search do not show it")


@dataclass(frozen=True)
class Overdue:
    """One article, what is the matter with it, and since when. A release that failed comes along."""

    article: Article
    what: What
    since: datetime
    release: Release | None = None

    @property
    def key(self) -> str:
        """The same as long as it is the same matter: by it a reminder is sent once."""
        return f"{self.what}/{self.article.pk}/{self.since.isoformat()}"


def overdue(at: datetime, *, among: Q | None = None, limit: int | None = None) -> Iterator[Overdue]:
    """The gravest first, the oldest first among its like; at most `limit` of each. `among`: conditions on the article."""
    articles = Article.objects.filter(among or Q()).select_related("unit", "author", "arrangement__handler")
    unlisted = _unlisted(at)
    if among is not None:
        unlisted = unlisted.filter(Exists(Article.objects.filter(among, pk=OuterRef("article"))))
    for release in unlisted[:limit]:
        yield Overdue(release.article, What.UNLISTED, release.public_from, release)
    waiting = Release.objects.filter(article=OuterRef("pk"), public_from__gt=at, withdrawn_at=None)
    blocked = articles.filter(
        Exists(waiting.exclude(public_until=F("public_from"))),
        stage=Stage.SETTLED,
        arrangement__blocked_since__isnull=False,
    )
    for article in blocked.order_by("arrangement__blocked_since")[:limit]:
        yield _since(article, What.BLOCKED, article.arrangement.blocked_since)
    unsigned = articles.filter(stage=Stage.APPROVED, arrangement__not_before__lte=at)
    for article in unsigned.order_by("arrangement__not_before")[:limit]:
        yield _since(article, What.UNSIGNED, article.arrangement.not_before)
    for article in articles.filter(arrangement__due_at__lte=at).order_by("arrangement__due_at")[:limit]:
        yield _since(article, What.DUE, article.arrangement.due_at)


def _since(article: Article, what: What, since: datetime | None) -> Overdue:
    assert since is not None  # asked for so
    return Overdue(article, what, since)


def _unlisted(at: datetime) -> models.QuerySet[Release]:
    """What readers may see since lately and do not find. The page itself is there in any case."""
    listed = Exists(Listing.objects.filter(release=OuterRef("pk"), shelf=ALL))
    found = Exists(SearchEntry.objects.filter(release=OuterRef("pk")))
    lately = Release.objects.visible(at=at).filter(public_from__gt=at - LATELY)
    missing = lately.filter(~listed | ~found).select_related("article__unit", "article__author")
    return missing.order_by("public_from", "pk")


def look_again(at: datetime) -> None:
    """Ask the checks about every release that waits for its time, and note which of them something speaks against by now:
    a term that was entered since, a picture that is gone. Sets and clears `Arrangement.blocked_since`.
    """
    coming = Release.objects.filter(public_from__gt=at, withdrawn_at=None)
    for release in coming.exclude(public_until=F("public_from")).select_related("article"):
        day = timezone.localdate(release.public_from)
        found = standing(release.content, article=release.article, day=day)
        kept = Arrangement.objects.filter(article=release.article)
        if not any(one.blocks for one in found):
            kept.update(blocked_since=None)
        elif not kept.exclude(blocked_since=None).exists():
            Arrangement.objects.update_or_create(article=release.article, defaults={"blocked_since": at})
