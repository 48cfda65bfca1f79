"""What mixed numerals mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "numerals_mixed": (
        _("“%(text)s” and “%(other)s” are written in different numerals in one text."),
        _("Write numbers of the same kind one way throughout (GB/T 15835)."),
    ),
}
