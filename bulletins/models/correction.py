"""Corrections: what a new text of a public story puts right, dated by the release that brought it to readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F

if TYPE_CHECKING:
    from bulletins.models.article import Article


@dataclass(frozen=True)
class Correction:
    """`at` is when readers could first read the corrected text."""

    text: str
    at: datetime


def corrections_in(content: dict[str, Any], *, public_from: datetime) -> list[Correction]:
    """All that a released text says of corrections: its own, and those before it, the last first."""
    own = [Correction(content["correction"], public_from)] if content.get("correction") else []
    earlier = content.get("earlier_corrections", ())
    return own + [Correction(each["text"], datetime.fromisoformat(each["at"])) for each in earlier]


def said_of(article: Article) -> dict[str, Any]:
    """What the frozen content says of them: correction, and earlier_corrections [{text, at (ISO 8601)}], the last first.

    Where there is nothing to say, nothing is said, as in all that was frozen before one could. One query, none for a story
    that was never public.
    """
    said: dict[str, Any] = {"correction": article.correction} if article.correction else {}
    if earlier := _earlier(article):
        said["earlier_corrections"] = [{"text": each.text, "at": each.at.isoformat()} for each in earlier]
    return said


def _earlier(article: Article) -> list[Correction]:
    if article.pk is None or article.cycle == 1:
        return []
    # An empty interval is a schedule that was called off.
    released = article.releases.exclude(public_until=F("public_from")).order_by("-sequence").first()
    return released.corrections if released else []
