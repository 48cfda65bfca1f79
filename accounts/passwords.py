"""What a password has to be, where Django says it in English only."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django 5.2 rewrote this sentence, and its Chinese catalogue has the one before."""

    def get_error_message(self) -> str:
        return _("This password is too short. It must have at least %(length)d characters.") % {
            "length": self.min_length
        }
