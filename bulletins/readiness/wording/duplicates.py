"""What it means that a story was handed in before."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "story_the_same": (
        _(
            "This story was handed in before: %(number)s, %(unit)s, %(day)s. %(share)s%% of the text is the same."
        ),
        _(
            "Put both side by side. If it is the same event, use one of them. Stories that were not adopted count too."
        ),
    ),
    "story_alike": (
        _("%(share)s%% of the text is common with a story handed in before: %(number)s, %(unit)s, %(day)s."),
        _(
            "Put both side by side, and see whether it is the same event. Stories that were not adopted count too."
        ),
    ),
}
