"""Tags as people type them in Chinese."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, Tag

_SEPARATORS = re.compile(r"[,，、;；\s]+")


def split_tags(text: str) -> list[str]:
    """Split what was typed at commas, the Chinese 、 and spaces; each tag once, in order."""
    return list(dict.fromkeys(tag for tag in _SEPARATORS.split(text or "") if tag))


class TaggedArticleManager(models.Manager["TaggedArticle"]):
    def get_by_natural_key(self, number: str, slug: str) -> TaggedArticle:
        return self.get(content_object__number=number, tag__slug=slug)


class TaggedArticle(ItemBase):
    """A tag on an article (a table of its own, so that fixtures can name the article by its number)."""

    content_object = models.ForeignKey("bulletins.Article", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")

    objects = TaggedArticleManager()

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [
            # A tag stands once on an article.
            models.UniqueConstraint(fields=["content_object", "tag"], name="article_is_tagged_once"),
        ]

    def natural_key(self) -> tuple[Any, ...]:
        return (self.content_object.number, self.tag.slug)
