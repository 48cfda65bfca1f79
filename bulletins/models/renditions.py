"""What pages show of a picture: a few widths in three forms, and a cut for those who show it elsewhere.

All of it follows from the picture by one recipe. So its name is made of the master's hash, the recipe's version and a
label: `960.avif`, `large.webp`, or `card-30-70.jpg`, cut around the point at 30 % of the width and 70 % of the height.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from PIL import Image, ImageOps

# To be raised when what is made below changes, so that nobody takes the old for the new; then `make_renditions`.
RECIPE = 1
# The long edge of the largest, and how wide the others are; nothing is ever enlarged.
EDGE = 1600
WIDTHS = (480, 960)
LARGE = "large"
# What a shared link shows: the size that Open Graph's readers ask for.
CARD = (1200, 630)

Focus = tuple[int, int]
MIDDLE: Focus = (50, 50)
# Points stand on a grid, in percent: for each step the style sheet has a class (`public/pictures.css`).
STEPS = list(range(0, 101, 5))


@dataclass(frozen=True)
class Form:
    """`options`: of the encoder, which Pillow knows as `encoder`."""

    encoder: str
    content_type: str
    options: dict[str, Any]


# By extension, the smallest first: a browser takes the first that it knows. The qualities look alike: on seven
# photographs of 1600 pixels the structural similarity is 0.975, 0.975 and 0.979, for 106, 111 and 173 kB. AVIF at speed 9
# takes 0.09 s of a processor where speed 8 takes 0.32 s to save 4 % more.
FORMS = {
    "avif": Form("AVIF", "image/avif", {"quality": 65, "speed": 9}),
    "webp": Form("WEBP", "image/webp", {"quality": 80, "method": 4}),
    "jpg": Form("JPEG", "image/jpeg", {"quality": 82, "optimize": True, "progressive": True}),
}
# What a page may ask for. The large JPEG has an address and a name of its own: it was there before all others.
LARGE_JPEG = f"{LARGE}.jpg"
_ANY_WIDTH, _ANY_FORM, _ANY_STEP = ("|".join(map(str, these)) for these in (WIDTHS, FORMS, STEPS))
LABEL = rf"(?:{_ANY_WIDTH})\.(?:{_ANY_FORM})|{LARGE}\.(?:avif|webp)|card-(?:{_ANY_STEP})-(?:{_ANY_STEP})\.jpg"


class Rendition(NamedTuple):
    """One file of the picture whose master has that hash."""

    sha256: str
    label: str = LARGE_JPEG

    @property
    def file_name(self) -> str:
        """Of any but the large JPEG, which was named before there was a recipe."""
        return f"photos/{self.sha256[:2]}/{self.sha256}.{RECIPE}-{self.label}"


@dataclass(frozen=True)
class Size:
    """In pixels; `name` is its part of a label."""

    name: str
    width: int
    height: int


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the largest that pages show, from those of the master."""
    scale = min(1.0, EDGE / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def sizes_of(width: int, height: int) -> list[Size]:
    """In what sizes a picture of so many pixels is shown, the smallest first."""
    large = Size(LARGE, *shown_size(width, height))
    return [
        *(
            Size(str(step), step, max(1, round(large.height * step / large.width)))
            for step in WIDTHS
            if step < large.width
        ),
        large,
    ]


def card_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the card that is cut from a picture of so many pixels."""
    width, height = shown_size(width, height)
    scale = min(1.0, width / CARD[0], height / CARD[1])
    return max(1, round(CARD[0] * scale)), max(1, round(CARD[1] * scale))


def card(focus: Focus) -> str:
    return f"card-{focus[0]}-{focus[1]}.jpg"


def labels_of(width: int, height: int, focus: Focus = MIDDLE) -> Iterator[str]:
    """All that is made of a picture of so many pixels, but the large JPEG."""
    labels = (f"{size.name}.{extension}" for size in sizes_of(width, height) for extension in FORMS)
    yield from (label for label in labels if label != LARGE_JPEG)
    yield card(focus)


def content_type(label: str) -> str:
    return FORMS[label.rpartition(".")[2]].content_type


def reduced(picture: Image.Image) -> Image.Image:
    """The picture as large as pages show it; everything else is made from this."""
    size = shown_size(*picture.size)
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def draw(large: Image.Image, label: str) -> bytes:
    """The file of that label, from the `reduced` picture: opaque RGB, upright, without metadata."""
    name, _dot, extension = label.rpartition(".")
    return encoded(_cut(large, name) if name.startswith("card-") else _narrowed(large, name), extension)


def _cut(large: Image.Image, name: str) -> Image.Image:
    _card, x, y = name.split("-")
    # The point stands as far into the cut as into the picture, as `object-position` does it on pages.
    return ImageOps.fit(
        large, card_size(*large.size), Image.Resampling.LANCZOS, centering=(int(x) / 100, int(y) / 100)
    )


def _narrowed(large: Image.Image, name: str) -> Image.Image:
    size = next(size for size in sizes_of(*large.size) if size.name == name)
    return large if size.name == LARGE else large.resize((size.width, size.height), Image.Resampling.LANCZOS)


def encoded(picture: Image.Image, extension: str, **options: Any) -> bytes:
    form = FORMS[extension]
    out = io.BytesIO()
    picture.save(out, form.encoder, **(form.options | options))
    return out.getvalue()
