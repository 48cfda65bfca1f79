"""Sketch every story that was ever handed in: those from before there were sketches, or after their making was changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from bulletins.models import Article
from bulletins.readiness import alike

BATCH = 200


class Command(BaseCommand):
    help = "Sketch every story that was ever handed in, so that duplicates of it are found. It can be run again at any time."

    def handle(self, **options: Any) -> None:
        done = last = 0
        while batch := list(
            Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            with transaction.atomic():
                done += alike.remember_again(batch)
            last = batch[-1]
        self.stdout.write(f"{done} stories sketched.")
