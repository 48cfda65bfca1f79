"""What an office changes while the site runs: its name and numbers, and which steps a story takes."""

from __future__ import annotations

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from bulletins.models.article import REVIEW_STEPS, Kind, Stage

NO_WEB_ADDRESS = _(
    "Write a whole address that begins with https://, or one of this site that begins with a slash."
)


class SiteProfileManager(models.Manager["SiteProfile"]):
    def current(self) -> SiteProfile:
        """The profile of this site, or one with the defaults. One query."""
        return self.first() or SiteProfile()

    def get_by_natural_key(self, singleton: bool) -> SiteProfile:
        return self.get(singleton=singleton)


class SiteProfile(models.Model):
    """One row. Every number in the footer is printed only if it is set; none is invented."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(_("name of the site"), max_length=40, default="公安新闻")
    tagline = models.CharField(_("line below the name"), max_length=60, blank=True)
    about = models.TextField(_("about this site"), blank=True)
    organiser = models.CharField(_("published by"), max_length=80, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    site_id_code = models.CharField(
        _("government site code"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{10}$", _("A government site code has 10 characters."))],
    )
    icp_number = models.CharField(_("ICP number"), max_length=40, blank=True)
    police_record_number = models.CharField(_("public security record number"), max_length=40, blank=True)
    accessibility_statement = models.CharField(
        _("address of the accessibility statement"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(https?://|/(?![/\\]))\S+\Z", NO_WEB_ADDRESS)],
    )
    corrections_email = models.EmailField(_("where readers report an error"), blank=True)
    address = models.CharField(
        _("address of this site"),
        max_length=120,
        blank=True,
        validators=[
            RegexValidator(
                r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?\Z",
                _("Write it as https://www.example.gov.cn, in small letters and without a slash at the end."),
            )
        ],
        help_text=_(
            "Under which search engines are to know every page. Empty: the one by which the page was asked for."
        ),
    )
    may_be_indexed = models.BooleanField(
        _("search engines may list this site"),
        default=True,
        help_text=_("Without it, robots.txt and every page ask them not to."),
    )
    security_contact = models.CharField(
        _("where a weak point of this site is reported"),
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(
                r"^(https://|tel:\+?[0-9]|mailto:[^@\s]+@)\S+\Z",
                _("Begin it with mailto:, https:// or tel:."),
            )
        ],
        help_text=_("As mailto:security@example.gov.cn. Printed in /.well-known/security.txt, not on pages."),
    )
    security_expires = models.DateField(
        _("this holds until"),
        null=True,
        blank=True,
        help_text=_("At most a year ahead. Without a day, or after it, there is no security.txt."),
    )
    number_prefix = models.CharField(
        _("prefix of article numbers"),
        max_length=6,
        default="JN",
        validators=[RegexValidator(r"^[A-Z]{1,6}$", _("Use one to six capital letters."))],
        help_text=_("JN gives JN-2021-000123. Numbers given already stay."),
    )
    stops_before = models.CharField(
        _("what must be mended stops a story before"),
        max_length=20,
        choices=[(step.value, step.label) for step in (*REVIEW_STEPS, Stage.APPROVED)],
        default=Stage.FINAL_REVIEW,
        help_text=_("Up to there it can be handed on for others to mend. It is never released."),
    )
    link_hosts = models.TextField(
        _("hosts of links that may be called"),
        blank=True,
        help_text=_(
            "One a line, as www.gov.cn. Links to other hosts are not called, and are to be opened by hand once."
        ),
    )

    objects = SiteProfileManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profile")

    def __str__(self) -> str:
        return self.name

    @property
    def police_record_address(self) -> str:
        """Where the record can be looked up, by the digits of its number; empty if they are none of a record."""
        digits = "".join(re.findall(r"[0-9]+", self.police_record_number))
        return f"https://beian.mps.gov.cn/#/query/webSearch?code={digits}" if len(digits) == 14 else ""

    def natural_key(self) -> tuple[bool]:
        return (self.singleton,)


class RouteManager(models.Manager["Route"]):
    def get_by_natural_key(self, kind: str) -> Route:
        return self.get(kind=kind)

    def steps_for(self, kind: str) -> list[str]:
        """The review steps that an article of this kind takes, in order; all three unless configured."""
        route = self.filter(kind=kind).first()
        return route.steps if route else [Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW]


class Route(models.Model):
    """Which steps a kind of article takes. The final review is never left out: what it passed is what is released."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, unique=True)
    unit_review = models.BooleanField(_("reviewed by its unit"), default=True)
    desk_review = models.BooleanField(_("reviewed by the desk"), default=True)

    objects = RouteManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("review route")
        verbose_name_plural = _("review routes")

    def __str__(self) -> str:
        return self.get_kind_display()

    def natural_key(self) -> tuple[str]:
        return (self.kind,)

    @property
    def steps(self) -> list[str]:
        chosen: dict[str, bool] = {Stage.UNIT_REVIEW: self.unit_review, Stage.DESK_REVIEW: self.desk_review}
        return [step for step, taken in chosen.items() if taken] + [Stage.FINAL_REVIEW]
