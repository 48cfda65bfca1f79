"""What 、 between quotes and titles means."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "enumeration_between_quotes": (
        _("、 stands between two adjacent quotes."),
        _("Take it out: the quotes part the items already (GB/T 15834)."),
    ),
    "enumeration_between_titles": (
        _("、 stands between two adjacent titles."),
        _("Take it out: 《》 part the items already (GB/T 15834)."),
    ),
    "one_quote_for_two": (
        _("One pair of quotes holds two names: %(text)s. Is each of them meant?"),
        _("If so, quote them one by one: %(apart)s."),
    ),
}
