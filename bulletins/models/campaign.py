"""Campaigns: named efforts and columns that stories belong to, with or without a start and an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from units.addresses import Addressed, AddressedQuerySet
from units.models import Unit


class CampaignQuerySet(AddressedQuerySet):
    def public(self) -> CampaignQuerySet:
        return self.filter(is_public=True)

    def running(self, *, on: date) -> CampaignQuerySet:
        """Campaigns that run on that day; one without dates runs always."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))

    def present(self, named: Iterable[dict[str, str]]) -> dict[str, Campaign]:
        """Each of these campaigns ({slug, name}) as it is now, by the slug it had when it was named. One query, or none.

        A campaign whose address was changed since is still found by its name; one that is not among these is left out.
        """
        names = {campaign["slug"]: campaign["name"] for campaign in named}
        if not names:
            return {}
        found = list(self.filter(Q(slug__in=names) | Q(name__in=names.values())).only("slug", "name"))
        by_slug = {campaign.slug: campaign for campaign in found}
        by_name = {campaign.name: campaign for campaign in found}
        ways = {slug: by_slug.get(slug) or by_name.get(name) for slug, name in names.items()}
        return {slug: campaign for slug, campaign in ways.items() if campaign}

    def present_slugs(self, named: Iterable[dict[str, str]]) -> dict[str, str]:
        """As `present`, with the slug alone."""
        return {slug: campaign.slug for slug, campaign in self.present(named).items()}

    def get_by_natural_key(self, slug: str) -> Campaign:
        return self.get(slug=slug)


class Campaign(Addressed):
    name = models.CharField(_("name"), max_length=60, unique=True)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    lead_unit = models.ForeignKey(
        Unit,
        verbose_name=_("lead unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns_led",
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("The last day."))
    position = models.PositiveIntegerField(_("order"), default=0, help_text=_("Small first."))
    is_public = models.BooleanField(_("readers see it"), default=True)

    objects = CampaignQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            # A campaign cannot end before it starts.
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("A campaign cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def state(self, *, on: date) -> str:
        """`standing` (no dates), `coming`, `running` or `ended`."""
        if self.starts_on is None and self.ends_on is None:
            return "standing"
        if self.starts_on and on < self.starts_on:
            return "coming"
        return "ended" if self.ends_on and on > self.ends_on else "running"
