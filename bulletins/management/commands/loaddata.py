"""Django's `loaddata`, which also enters the releases it loaded in the public lists, in the same transaction."""

from typing import Any

from django.core.management.commands import loaddata
from django.utils import timezone

from bulletins.models import Listing


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        super().loaddata(fixture_labels)
        Listing.objects.complete(at=timezone.now())
