"""What narrow punctuation means."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "narrow_mark": (
        _("A half-width %(text)s stands in Chinese text."),
        _("Write %(wide)s."),
    ),
    "straight_quote": (
        _("A straight quote stands in Chinese text."),
        _("Write “ where the quote begins and ” where it ends."),
    ),
}
