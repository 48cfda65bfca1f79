"""What is still missing, and how to supply it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "headline_missing": (
        _("There is no headline."),
        _("Write one. Only a photo story may go without."),
    ),
    "kicker_missing": (
        _("The headline does not say who did it, and there is no kicker."),
        _("Put the unit into the kicker, or into the headline."),
    ),
    "body_missing": (
        _("There is no text."),
        _("Write the text."),
    ),
    "summary_too_long": (
        _("The summary has %(length)s characters; %(longest)s are the limit."),
        _("Shorten it."),
    ),
    "unit_missing": (
        _("No unit is named."),
        _("Choose the unit the story comes from."),
    ),
    "credit_missing": (
        _("Nobody is named as the author."),
        _("Add the correspondent or whoever wrote it."),
    ),
    "photo_not_kept": (
        _("Photo %(photo)s was printed, but its picture was not kept."),
        _("Add the picture if it can be found."),
    ),
    "photo_without_caption": (
        _("Photo %(photo)s has no caption."),
        _("Say who is seen, where and when."),
    ),
    "photo_without_alt": (
        _("Photo %(photo)s has no alternative text."),
        _("Describe in a sentence what is seen, for readers who cannot see it."),
    ),
    "photo_without_credit": (
        _("Photo %(photo)s does not say who took it."),
        _("Add the photographer."),
    ),
    "photo_story_without_photo": (
        _("A photo story without a photo."),
        _("Add the photo, or choose another kind."),
    ),
    "campaign_missing": (
        _("It belongs to no campaign."),
        _("If it is part of one, choose it, so that it is counted there."),
    ),
    "campaign_not_running": (
        _("The campaign “%(campaign)s” (%(period)s) does not run on %(day)s."),
        _("Check the campaign and its dates."),
    ),
}
