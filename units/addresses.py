"""Public addresses that never change: a renamed slug goes on leading to its owner."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Words that are addresses of their own below a list, so no slug may take them.
RESERVED_SLUGS = frozenset({"feeds", "own", "page", "atom", "rss", "json"})


class AddressedQuerySet(models.QuerySet[Any]):
    def at_address(self, slug: str) -> tuple[Any | None, bool]:
        """The object that `slug` leads to, and whether the slug is its present one."""
        if present := self.filter(slug=slug).first():
            return present, True
        former = FormerSlug.objects.filter(kind=self.model._meta.label_lower, slug=slug).first()
        return (self.filter(pk=former.object_id).first() if former else None), False


class Addressed(models.Model):
    """A thing with a public page of its own, found by a slug that somebody chose."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        allow_unicode=True,
        help_text=_("The last part of its public address. When it is changed, the old one redirects."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This word is an address of its own; choose another.")})
        taken = FormerSlug.objects.filter(kind=self._meta.label_lower, slug=self.slug)
        if taken.exclude(object_id=self.pk or 0).exists():
            raise ValidationError(
                {"slug": _("This address still redirects to something else; choose another.")}
            )


class FormerSlug(models.Model):
    """A slug that was public once; its owner is found by kind and id (no foreign key can point at three tables)."""

    kind = models.CharField(max_length=60)
    slug = models.CharField(max_length=80)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            # An old address leads to one thing: serves `at_address`, keeps the redirect unambiguous.
            models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_leads_to_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"

    @classmethod
    def remember(cls, owner: Addressed, slug: str) -> None:
        """Record that `slug` was the owner's address until now."""
        cls.objects.update_or_create(
            kind=owner._meta.label_lower, slug=slug, defaults={"object_id": owner.pk}
        )
