"""What is said about the checks themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "text_too_long": (
        _("The text is longer than 200,000 characters and was not checked."),
        _("Divide it into several articles, or leave out what does not belong to it."),
    ),
    "check_failed": (
        _("The check “%(check)s” could not look through this text."),
        _(
            "Try again. If it stays like that, tell the administrator: what this check looks for was not looked for."
        ),
    ),
}
