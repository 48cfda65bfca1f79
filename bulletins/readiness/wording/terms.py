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
    "too_many_terms": (
        _("Terms of the list stand so closely here that they were not looked for to the end."),
        _(
            "Mend those that are marked and check again. If the text is in order, tell the administrator: "
            "a term of the list is too short."
        ),
    ),
}
