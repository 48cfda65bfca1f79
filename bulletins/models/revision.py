"""Revisions: every state of the text that was ever saved, frozen with the hash of what a reader would see."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnly, AppendOnlyQuerySet
from bulletins.models.article import Article, Stage

Content = dict[str, Any]


def content_of(article: Article) -> Content:
    """All of the working text that a reader would see, as plain data.

    Keys: kind, unit {slug, name}, kicker, headline [lines], headline_join, subhead, summary, body (markup),
    source, credits [{name, correspondent (slug or null), role, capacity, unit (name)}], campaigns [{slug, name}],
    tags [name], photos [{sha256, caption, alt, credit, width, height, is_missing}].
    Things are named by what they are called, never by a database's ids, so a hash means the same everywhere.
    """
    return {
        "kind": article.kind,
        "unit": {"slug": article.unit.slug, "name": article.unit.name},
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
            for credit in article.credits.select_related("correspondent__unit")
        ],
        # Sorted here, because databases differ in how they sort a hyphen.
        "campaigns": sorted(article.campaigns.values("slug", "name"), key=lambda campaign: campaign["slug"]),
        "tags": sorted(article.tags.values_list("name", flat=True)),
        "photos": [
            {
                "sha256": photo.sha256,
                "caption": photo.caption,
                "alt": photo.alt,
                "credit": photo.credit,
                "width": photo.width,
                "height": photo.height,
                "is_missing": photo.is_missing,
            }
            for photo in article.photos.all()
        ],
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
