"""What unpaired marks mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "mark_not_closed": (
        _("%(mark)s is opened and never closed."),
        _("Put %(partner)s where it ends, or take %(mark)s out."),
    ),
    "mark_not_opened": (
        _("%(mark)s closes what was never opened."),
        _("Put %(partner)s where it begins, or take %(mark)s out."),
    ),
    "marks_hold_nothing": (
        _("Nothing stands inside %(text)s."),
        _("Fill it in, or take the marks out."),
    ),
}
