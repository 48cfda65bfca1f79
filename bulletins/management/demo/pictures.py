"""Pictures of the demo: drawn, since no photograph of anybody belongs in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from bulletins.models import Article, Photo, pictures

WIDTH, HEIGHT = 2000, 1250
GPS = 0x8825


@dataclass(frozen=True)
class Shot:
    """`drawing` is one of `DRAWINGS`. With `says_where`, the file tells where it was taken, as telephones do."""

    drawing: str
    caption: str
    alt: str
    credit: str
    says_where: bool = False

    def hang(self, article: Article, position: int) -> None:
        """Put it under the article's photos, as if it had been uploaded."""
        prepared = _prepared(self.drawing, self.says_where)
        prepared.store()
        Photo.objects.create(
            article=article,
            position=position,
            file=prepared.file_name,
            web=prepared.web_name,
            sha256=prepared.sha256,
            width=prepared.width,
            height=prepared.height,
            fingerprint=prepared.fingerprint,
            had_place=prepared.had_place,
            caption=self.caption,
            alt=self.alt,
            credit=self.credit,
        )


@cache  # one drawing hangs under several stories
def _prepared(drawing: str, says_where: bool) -> pictures.Prepared:
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    DRAWINGS[drawing](ImageDraw.Draw(picture))
    exif = Image.Exif()
    if says_where:
        exif[GPS] = {1: "N", 2: (35.0, 0.0, 0.0), 3: "E", 4: (116.0, 0.0, 0.0)}
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=90, exif=exif)
    return pictures.prepare(ContentFile(kept.getvalue(), name=f"{drawing}.jpg"))


def _night(draw: ImageDraw.ImageDraw) -> None:
    """A street at night: houses with a few lit windows, lamps, the moon."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#16233d")
    draw.ellipse((1560, 130, 1700, 270), fill="#f3ead0")
    for number, top in enumerate((420, 300, 520, 380, 460)):
        left = number * 400
        draw.rectangle((left + 20, top, left + 380, 930), fill="#24365a")
        for row in range(top + 50, 860, 110):
            for column in range(left + 60, left + 340, 90):
                lit = (row * 7 + column * 3 + number) % 4 == 0
                draw.rectangle((column, row, column + 46, row + 60), fill="#f2c86b" if lit else "#1b2a48")
    draw.rectangle((0, 930, WIDTH, HEIGHT), fill="#2d3340")
    for left in (300, 900, 1500):
        draw.rectangle((left, 560, left + 14, 1040), fill="#0e1626")
        draw.ellipse((left - 40, 520, left + 54, 600), fill="#ffe9b0")
        draw.ellipse((left - 190, 1000, left + 204, 1110), fill="#4a4d55")
    draw.line((0, 1130, WIDTH, 1130), fill="#c9ccd2", width=10)


def _courtyard(draw: ImageDraw.ImageDraw) -> None:
    """A courtyard by day: a row of recovered cycles before a wall with a notice board."""
    draw.rectangle((0, 0, WIDTH, 620), fill="#c9dced")
    draw.rectangle((0, 380, WIDTH, 760), fill="#e8e2d4")
    draw.rectangle((0, 380, WIDTH, 420), fill="#8d4a3c")
    draw.rectangle((1300, 470, 1780, 690), fill="#2b5a94")
    for line in range(510, 670, 40):
        draw.rectangle((1340, line, 1740, line + 12), fill="#dfe8f2")
    draw.rectangle((0, 760, WIDTH, HEIGHT), fill="#b9b4a8")
    for left in range(120, 1200, 360):
        for wheel in (left, left + 190):
            draw.ellipse((wheel, 850, wheel + 140, 990), outline="#2f3338", width=16)
        draw.line((left + 70, 920, left + 160, 800, left + 260, 920), fill="#a43a2e", width=18, joint="curve")
        draw.line((left + 160, 800, left + 240, 780), fill="#2f3338", width=18)
        draw.rectangle((left + 110, 780, left + 190, 802), fill="#2f3338")


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {"night": _night, "courtyard": _courtyard}
