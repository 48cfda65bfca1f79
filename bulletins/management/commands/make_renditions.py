"""Make what pages show of pictures that were kept before there were renditions, or while the recipe was another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bulletins.management.progress import show
from bulletins.models import Photo, ReleasePhoto
from bulletins.models.pictures import keep_renditions
from bulletins.models.renditions import MIDDLE, Focus, card, labels_of


@dataclass
class Kept:
    """A picture whose master is `file`, of so many pixels, and the points around which it is cut."""

    file: str
    width: int
    height: int
    points: set[Focus] = field(default_factory=set)

    @property
    def labels(self) -> list[str]:
        return [*labels_of(self.width, self.height), *(card(point) for point in self.points - {MIDDLE})]


class Command(BaseCommand):
    help = (
        "Make what is missing of the files that pages show of pictures. Readers go on reading meanwhile. "
        "It can be stopped and run again at any time: what is there already is not made twice."
    )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        pictures = kept_pictures()
        made, lost = 0, []
        for done, (sha256, picture) in enumerate(pictures.items(), start=1):
            try:
                made += keep_renditions(picture.file, sha256, picture.labels)
            except OSError as error:
                lost.append(f"{picture.file}: {error}")
            if verbosity:
                show(self.stdout, done, len(pictures))
        if verbosity:
            self.stdout.write(f"{len(pictures)} pictures looked at, {made} files made.")
        if lost:
            raise CommandError("\n".join(["These could not be read, so nothing was made of them:", *lost]))


def kept_pictures() -> dict[str, Kept]:
    """By SHA-256, all that stand in an article or in a release, be it public now or not."""
    found: dict[str, Kept] = {}
    for photo in Photo.objects.exclude(sha256="").iterator():
        kept = found.setdefault(photo.sha256, Kept(str(photo.file.name), photo.width, photo.height))
        kept.points |= {photo.focus} if photo.focus else set()
    released = ReleasePhoto.objects.values_list("sha256", "file", "release__content")
    for sha256, file, content in released.iterator():
        for shown in content["photos"]:
            if shown["sha256"] == sha256:
                kept = found.setdefault(sha256, Kept(file, shown["width"], shown["height"]))
                kept.points |= {tuple(shown["focus"])} if "focus" in shown else set()
    return found
