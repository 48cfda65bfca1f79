"""What wrong dates mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "month_does_not_exist": (
        _("“%(text)s”: there is no month %(month)s."),
        _("Check the date."),
    ),
    "date_does_not_exist": (
        _("“%(text)s” does not exist: that month has %(days)s days."),
        _("Check the date."),
    ),
    "weekday_does_not_match": (
        _("“%(text)s”: %(date)s is %(weekday)s."),
        _("Check which is right, the date or the day of the week."),
    ),
    "date_lies_ahead": (
        _("“%(text)s” lies after the day of publication (%(day)s)."),
        _("Check the date. If it is still to come, say so: 将, 拟, 截至 …"),
    ),
}
