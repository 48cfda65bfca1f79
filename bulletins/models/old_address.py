"""Addresses of the site that this one replaces, and where each leads now."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bulletins.models.address_language import (
    NAME,
    Address,
    NoAddress,
    filled,
    folded,
    keys,
    match,
    read,
    read_any,
)

ARTICLE = re.compile(r"[A-Z]{1,6}-[0-9]{4}-[0-9]{6,9}", re.ASCII)
# The same with names for some of its parts.
NUMBER = re.compile(r"([A-Z]{1,6}|{[a-z]{1,20}})-([0-9]{4}|{[a-z]{1,20}})-([0-9]{6,9}|{[a-z]{1,20}})")
# A target on this host, without what a browser would take for another one.
PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f\\]*")


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    def leading_on(
        self, parts: list[str], pairs: list[tuple[str, str]]
    ) -> tuple[OldAddress, dict[str, str]] | None:
        """The entry that says most exactly what is meant, and what stands for its names. One query."""
        if any("\0" in text for text in (*parts, *(text for pair in pairs for text in pair))):
            return None  # no address holds it, and PostgreSQL would not even be asked
        lead = folded(parts[0]) if parts else ""
        exact = Q(key__in=keys(parts, pairs), is_pattern=False)
        for entry in self.filter(exact | Q(lead__in={"", lead}, is_pattern=True)).order_by(
            "is_pattern", "-weight", "pk"
        ):
            found = match(entry.address, parts, pairs)
            if found is not None:
                return entry, found
        return None


class OldAddress(models.Model):
    old = models.CharField(
        _("old address"),
        max_length=500,
        help_text=_("As /news.asp?id=123, or for many at once /news/{id}.html or /photos/*."),
    )
    target = models.CharField(
        _("leads to"),
        max_length=500,
        help_text=_(
            "The number of an article, as JN-2021-000123, or an address of this site, as /units/hubin/. "
            "What stands in braces in the old address may stand here again."
        ),
    )
    # By which it is found; made from `old` by `save`.
    key = models.CharField(max_length=600, unique=True, editable=False)
    lead = models.CharField(max_length=600, editable=False)
    is_pattern = models.BooleanField(_("for many at once"), default=False, editable=False)
    weight = models.PositiveIntegerField(default=0, editable=False)

    objects = OldAddressQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["key", "lead", "is_pattern", "weight"])

    class Meta:
        ordering = ["old", "pk"]
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        indexes = [
            # Patterns are few; those that can be meant are found by the first part of the path.
            models.Index(fields=["lead"], condition=Q(is_pattern=True), name="old_address_pattern"),
        ]

    def __str__(self) -> str:
        return self.old

    @property
    def address(self) -> Address:
        return read(self.old)

    @property
    def goal(self) -> Address:
        """What it leads to, as an address that may have names in it."""
        return read_any(f"/articles/{self.target}/" if NUMBER.fullmatch(self.target) else self.target)

    def clean(self) -> None:
        """Whether both can be read. That they lead neither in a circle nor on and on, `bulletins.old_addresses` says."""
        super().clean()
        self.old, self.target = self.old.strip(), self.target.strip()
        self.prepare()

    def prepare(self) -> Address:
        """Fill in by what it is found. Raises ValidationError with a sentence for the field that cannot be read."""
        try:
            address = read(self.old)
        except NoAddress as broken:
            raise ValidationError({"old": str(broken.args[0])}) from broken
        problem = target_problem(self.target, address)
        if problem:
            raise ValidationError({"target": problem})
        self.key, self.lead = address.key, address.lead
        self.is_pattern, self.weight = address.is_pattern, address.weight
        return address

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def location(self, found: dict[str, str]) -> str | None:
        """Where it leads if that stands for its names: a path of this site, or an article's number; else None."""
        place = filled(self.target, found)
        return place if ARTICLE.fullmatch(place) or PATH.fullmatch(place) else None


def target_problem(target: str, address: Address) -> str:
    """What is wrong with a target, as a sentence; empty if nothing is."""
    names = NAME.findall(target)
    if unknown := sorted(set(names) - set(address.names)):
        return str(_("{%(name)s} does not stand in the old address.") % {"name": unknown[0]})
    if "*" in target and not (address.is_open and target.endswith("/*") and target.count("*") == 1):
        return str(_("A * may end it only if it ends the old address as well."))
    if NUMBER.fullmatch(target):
        return ""
    if PATH.fullmatch(target):
        try:
            read_any(target)
        except NoAddress as broken:
            return str(broken.args[0])
        return ""
    return str(_("Write the number of an article, or an address of this site that begins with one slash."))
