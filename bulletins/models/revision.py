"""Revisions: every state of the text that was ever saved, frozen with the hash of what a reader would see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article, Credit, Stage
from bulletins.models.campaign import Campaign
from bulletins.models.correction import said_of
from bulletins.models.photo import Photo
from units.models import Unit

Content = dict[str, Any]


def content_of(article: Article) -> Content:
    """All of the saved working text that a reader would see, as plain data; what it holds, `compose` says."""
    read = copy(article)  # what is read here is not kept by whoever saves it a moment later
    read_parts(read)
    return compose(
        read,
        unit=read.unit,
        credits=read.credits.all(),
        campaigns=read.campaigns.all(),
        tags=[tag.name for tag in read.tags.all()],
        photos=read.photos.all(),
    )


def read_parts(article: Article) -> None:
    """Have all that stands in tables of its own at hand. What was read so before is not read again."""
    credits = Prefetch("credits", Credit.objects.select_related("correspondent__unit"))
    prefetch_related_objects([article], credits, "campaigns", "tags", "photos")


def compose(
    article: Article,
    *,
    unit: Unit | None,
    credits: Iterable[Credit],
    campaigns: Iterable[Campaign],
    tags: Iterable[str],
    photos: Iterable[Photo],
) -> Content:
    """The content that these make together, saved or not; credits and photos come in their order.

    Keys: kind, unit {slug, name} (both empty if none is chosen yet), kicker, headline [lines], headline_join, subhead,
    summary, body (markup), source, credits [{name, correspondent (slug or null), role, capacity, unit (name)}],
    campaigns [{slug, name}], tags [name], photos [{sha256, caption, alt, credit, width, height, is_missing}], and in a
    photo that is to be cut around a chosen point: focus [across, down] in percent. Where nothing was chosen, nothing is
    said, as in all that was frozen before one could. Corrections: see `bulletins.models.correction.said_of`.
    Things are named by what they are called, never by a database's ids, so a hash means the same everywhere.
    """
    return {
        "kind": article.kind,
        "unit": {"slug": unit.slug, "name": unit.name} if unit else {"slug": "", "name": ""},
        "kicker": article.kicker,
        "headline": article.headline_lines,
        "headline_join": article.headline_join,
        "subhead": article.subhead,
        "summary": article.summary,
        "body": article.body,
        "source": article.source,
        "credits": [
            {
                "name": credit.printed_name,
                "correspondent": credit.correspondent.slug if credit.correspondent else None,
                "role": credit.role,
                "capacity": credit.capacity,
                "unit": credit.correspondent.unit.name
                if credit.correspondent and credit.correspondent.unit
                else "",
            }
            for credit in credits
        ],
        # Sorted here, because databases differ in how they sort a hyphen.
        "campaigns": sorted(
            ({"slug": campaign.slug, "name": campaign.name} for campaign in campaigns),
            key=lambda campaign: campaign["slug"],
        ),
        "tags": sorted(tags),
        "photos": [
            {
                "sha256": photo.sha256,
                "caption": photo.caption,
                "alt": photo.alt,
                "credit": photo.credit,
                "width": photo.width,
                "height": photo.height,
                "is_missing": photo.is_missing,
                **({"focus": list(photo.focus)} if photo.focus else {}),
            }
            for photo in photos
        ],
        **said_of(article),
    }


def hash_of(content: Content) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no white space, UTF-8."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class RevisionQuerySet(AppendOnlyQuerySet):
    def current(self, article: Article) -> Revision | None:
        return self.filter(article=article, number=article.revision_number).first()

    def get_by_natural_key(self, article_number: str, number: int) -> Revision:
        return self.get(article__number=article_number, number=number)


class Revision(AppendOnly):
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    created_by = models.ForeignKey(User, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("at"))
    # Where the article stood and in which cycle when this was written: who changed what at which step decides
    # who may still review (`workflow.refusals`).
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    cycle = models.PositiveIntegerField(default=1)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            # An article counts its revisions; serves looking one up by number too.
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.article.number} v{self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (self.article.number, self.number)

    natural_key.dependencies = ["bulletins.article", "accounts.user"]  # type: ignore[attr-defined]

    @classmethod
    def freeze(cls, article: Article, *, by: User, at: datetime) -> Revision:
        """Freeze the working text, unless it is what the newest revision holds already. The caller saves the article."""
        content = content_of(article)
        digest = hash_of(content)
        newest = cls.objects.current(article)
        if newest is not None and newest.content_hash == digest:
            return newest
        article.revision_number += 1
        return cls.objects.create(
            article=article,
            number=article.revision_number,
            content=content,
            content_hash=digest,
            created_by=by,
            created_at=at,
            stage=article.stage,
            cycle=article.cycle,
        )
