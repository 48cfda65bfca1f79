"""What spaces in the wrong place mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "space_in_date": (
        _("There are spaces inside the date “%(text)s”."),
        _("Write %(suggestion)s."),
    ),
    "space_in_number": (
        _("There is a space inside the number “%(text)s”."),
        _("Write %(suggestion)s."),
    ),
    "space_in_sentence": (
        _("There is a space between two characters: “%(text)s”."),
        _("Take it out, or put the mark that is meant."),
    ),
}
