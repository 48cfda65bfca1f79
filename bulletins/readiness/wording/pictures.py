"""What is the matter with a photo, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "picture_small_for_screen": (
        _("Photo %(photo)s is small: %(width)s × %(height)s pixels. On a screen it will look blurred."),
        _("Ask for the original file; messengers send a smaller copy."),
    ),
    "picture_small_for_print": (
        _("Photo %(photo)s has %(width)s × %(height)s pixels: sharp in print up to %(printed)s cm wide."),
        _("If it is to be printed larger, ask for the original file."),
    ),
    "picture_said_where": (
        _("The file of photo %(photo)s said where it was taken; that was removed."),
        _("Check that the picture itself shows no house number or plate that gives the place away."),
    ),
    "picture_published_before": (
        _("Photo %(photo)s was published before: in “%(headline)s” (%(number)s, %(day)s)."),
        _("Take another picture, unless this one is meant to be shown again."),
    ),
    "picture_like_one_published": (
        _("Photo %(photo)s looks like one published before: in “%(headline)s” (%(number)s, %(day)s)."),
        _("Compare the two. If it is the same picture, take another one."),
    ),
    "picture_withdrawn_before": (
        _("Photo %(photo)s stood in a story that was withdrawn (%(number)s)."),
        _("Ask why it was withdrawn before it is shown again."),
    ),
    "picture_like_one_withdrawn": (
        _("Photo %(photo)s looks like one in a story that was withdrawn (%(number)s)."),
        _("Compare the two, and ask why it was withdrawn before it is shown again."),
    ),
}
