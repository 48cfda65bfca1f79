"""What repeated words and marks mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "word_twice": (
        _("“%(word)s” stands twice in a row."),
        _("If it was typed once too often, keep one."),
    ),
    "marks_twice": (
        _("%(text)s: the same mark stands several times."),
        _("Keep it once."),
    ),
    "marks_clash": (
        _("%(text)s: two marks stand where only one may."),
        _("Keep the one that is meant."),
    ),
}
