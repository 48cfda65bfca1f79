"""What of a release is said where: its byline, its dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from bulletins.models import Capacity, CreditRole

# How a group of names is printed, by their part in the work and the capacity in which they did it.
CREDIT_LINES = {
    (CreditRole.TEXT, Capacity.CORRESPONDENT): gettext_lazy("Correspondent {names}"),
    (CreditRole.TEXT, Capacity.REPORTER): gettext_lazy("Staff reporter {names}"),
    CreditRole.PHOTO: gettext_lazy("Photo by {names}"),
    CreditRole.PICTURE: gettext_lazy("Picture by {names}"),
    CreditRole.VIDEO: gettext_lazy("Video by {names}"),
    CreditRole.EDITOR: gettext_lazy("Edited by {names}"),
    CreditRole.PROOF: gettext_lazy("Proofread by {names}"),
}


def byline(credits: list[dict[str, Any]], link: Any) -> list[SafeString]:
    """The byline in groups, as “通讯员 侯宪锋 徐明波 李斌” and “卢飞 摄”. `link` makes one credit's name."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for credit in credits:
        capacity = credit["capacity"] if credit["role"] == CreditRole.TEXT else ""
        groups.setdefault((credit["role"], capacity), []).append(credit)
    lines = []
    for (role, capacity), members in groups.items():
        line = CREDIT_LINES.get((role, capacity)) or CREDIT_LINES.get(role) or "{names}"
        names = format_html_join(" ", "{}", ((link(member),) for member in members))
        lines.append(format_html(str(line), names=names))
    return lines


def day_text(day: date, *, is_approximate: bool = False) -> str:
    """A day as readers say it: 2021年12月31日, or 2021年12月31日前后 where it is only inferred."""
    text = date_format(day, pgettext("format of a day", "j F Y"))
    return _("about %(day)s") % {"day": text} if is_approximate else text


def month_text(day: date) -> str:
    return date_format(day, pgettext("format of a month", "F Y"))


def year_text(day: date) -> str:
    return date_format(day, pgettext("format of a year", "Y"))


def month_name_text(day: date) -> str:
    """A month within its year, which is said nearby."""
    return date_format(day, pgettext("format of a month within its year", "F"))


def day_of_month_text(day: date) -> str:
    """A day within its month, which is said nearby."""
    return date_format(day, pgettext("format of a day within its month", "D j"))


def weekday_text(day: date) -> str:
    return date_format(day, "l")


def moment_text(moment: datetime) -> str:
    """Day and time, in the site's own time zone."""
    return date_format(timezone.localtime(moment), pgettext("format of a moment", "j F Y, H:i"))
