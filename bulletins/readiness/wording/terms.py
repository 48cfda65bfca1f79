"""What is said about a term of the list."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "term_with_suggestion": (
        _("“%(text)s” is on the list of terms: “%(suggestion)s” is meant."),
        _("Write “%(suggestion)s”, unless it is a name or a quotation. %(note)s"),
    ),
    "term_to_reconsider": (
        _("“%(text)s” is on the list of terms."),
        _("Look whether it fits here. %(note)s"),
    ),
}
