"""What two spellings of one name mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "name_two_ways": (
        _("“%(text)s” (%(times)s×) and “%(other)s” (%(other_times)s×): is the same meant?"),
        _("If so, write it one way throughout. If they are two things, leave both."),
    ),
}
