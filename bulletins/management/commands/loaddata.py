"""Django's `loaddata`, which also enters the releases it loaded in the public lists, in the same transaction."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import Listing


class Command(loaddata.Command):
    def save_obj(self, obj: Any) -> bool:
        """Say what is missing, where Django would only say that a column is empty."""
        for field, key in (obj.deferred_fields or {}).items():
            if not field.many_to_many and not field.null:
                name = " ".join(map(str, key))
                raise CommandError(
                    _("Nothing was loaded: %(what)s “%(name)s” is neither in the database nor in the fixture before it is named.")
                    % {"what": field.related_model._meta.verbose_name, "name": name}
                )
        saved: bool = super().save_obj(obj)
        return saved

    def loaddata(self, fixture_labels: Any) -> None:
        try:
            super().loaddata(fixture_labels)
        except DeserializationError as error:
            raise CommandError(_("Nothing was loaded: %(error)s") % {"error": error}) from error
        Listing.objects.complete(at=timezone.now())
