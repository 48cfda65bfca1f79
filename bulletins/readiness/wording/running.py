"""What is said about the checks themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "text_too_long": (
        _("The text is longer than 100,000 characters and was not checked."),
        _("Divide it into several articles, or leave out what does not belong to it."),
    ),
    "too_many_fields": (
        _("The article has more than 2,000 credits and words to photos, and was not checked."),
        _("Divide it into several articles, or leave out what does not belong to it."),
    ),
    "more_findings": (
        _("Not shown here: %(more)s more findings."),
        _("Mend what is shown; the others come up then."),
    ),
    "more_that_block": (
        _("Not shown here: %(more)s more findings, of which %(blocks)s must be mended."),
        _("Mend what is shown; the others come up then. Until then the text goes no further."),
    ),
    "check_failed": (
        _("The check “%(check)s” could not look through this text."),
        _(
            "Try again. If it stays like that, tell the administrator: what this check looks for was not looked for."
        ),
    ),
}
