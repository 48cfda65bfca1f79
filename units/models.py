"""The tree of units: bureaus, sub-bureaus, county bureaus, stations, squads and institutions."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from units.addresses import Addressed, AddressedQuerySet, FormerSlug

__all__ = ["FormerSlug", "Unit", "UnitKind", "moved", "renamed"]

# Sent with `unit=` by whoever gave a unit another parent: lists made from the tree are out of date then.
moved = Signal()
# Sent with `unit=` by whoever changed one of the names that a unit goes by.
renamed = Signal()

# GA 380-2002: six digits of an administrative division, then six digits or capital letters.
UNIT_CODE = re.compile(r"\d{6}[0-9A-Z]{6}", re.ASCII)
# GB/T 2260: the first two digits of a division are a province or the like.
PROVINCES = frozenset(
    {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
        "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
        "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    }
)  # fmt: skip

# From one unit upwards. (The library's own query for ancestors ranks the whole tree first.)
_ABOVE = """
    WITH RECURSIVE above (id, parent_id) AS (
        SELECT id, parent_id FROM units_unit WHERE id = %s
        UNION
        SELECT units_unit.id, units_unit.parent_id FROM units_unit JOIN above ON units_unit.id = above.parent_id
    )
    SELECT units_unit.* FROM units_unit JOIN above ON units_unit.id = above.id
"""


class UnitKind(models.TextChoices):
    BUREAU = "bureau", _("bureau")
    SUB_BUREAU = "sub_bureau", _("sub-bureau")
    COUNTY_BUREAU = "county_bureau", _("county bureau")
    STATION = "station", _("police station")
    SQUAD = "squad", _("squad")
    INSTITUTION = "institution", _("institution")


def validate_unit_code(code: str) -> None:
    """Refuse what is no unit code by GA 380-2002 (12 characters, see domain.md)."""
    if not UNIT_CODE.fullmatch(code):
        raise ValidationError(
            _(
                "A unit code has 12 characters: six digits of the administrative division, then six digits or capital letters."
            )
        )
    if code[:2] not in PROVINCES:
        raise ValidationError(_("The first two digits of the code are not a province of China."))


class UnitQuerySet(AddressedQuerySet, TreeQuerySet):
    def active(self, *, on: date) -> UnitQuerySet:
        """Units that exist on that day."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=on), Q(closed_on=None) | Q(closed_on__gt=on))

    def get_by_natural_key(self, slug: str) -> Unit:
        return self.get(slug=slug)


class Unit(Addressed, TreeNode):
    # Declared again because the library's own would delete a whole tree with its root.
    parent = TreeNodeForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("full name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    aliases = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_("Names it is also called by, one a line.")
    )
    code = models.CharField(
        _("unit code"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_unit_code],
        help_text=_("12 characters by GA 380-2002; leave empty if it has none."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    position = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Among the units beside it; small first.")
    )
    opened_on = models.DateField(_("exists since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    phone = models.CharField(
        _("public telephone"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9+()（）\-—、,，转 ]{3,40}$", _("Write a telephone number with digits."))
        ],
    )

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            # A unit cannot close before it opened.
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gt=F("opened_on")),
                name="unit_closes_after_it_opens",
                violation_error_message=_("A unit cannot close before it opened."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        if self.parent_id and self.pk and self in self.parent.lineage():
            raise ValidationError({"parent": _("A unit cannot stand below itself.")})
        super().clean()
        if not isinstance(self.aliases, list) or not all(
            isinstance(name, str) and name for name in self.aliases
        ):
            raise ValidationError({"aliases": _("Write one name a line.")})

    def is_active(self, *, on: date) -> bool:
        return (self.opened_on is None or self.opened_on <= on) and (
            self.closed_on is None or self.closed_on > on
        )

    def lineage(self) -> list[Unit]:
        """This unit and all above it, the topmost first. One query, however deep and wide the tree; none at its top."""
        if self.parent_id is None:
            return [self]
        above: dict[int | None, Unit] = {unit.pk: unit for unit in Unit.objects.raw(_ABOVE, [self.parent_id])}
        chain = [self]
        for _step in above:
            chain.append(above[chain[-1].parent_id])
        return chain[::-1]
