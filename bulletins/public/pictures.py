"""How a picture is put on a page: the files that a browser may choose from, and how wide it will stand."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bulletins.models.converters import PictureFile
from bulletins.models.renditions import FORMS, LARGE_JPEG, MIDDLE, Rendition, sizes_of

# How wide pictures are by the style sheets of each place, since browsers choose a file before they have read those.
STORY, PAPER, LEDGER, LEAD, FRONT = "story", "paper", "ledger", "lead", "front"
_ON_A_PHONE = "calc(100vw - 2rem)"
SIZES = {
    STORY: f"(min-width: 84.5rem) 43rem, (min-width: 75rem) calc(100vw - 41.5rem), (min-width: 48rem) 42rem, {_ON_A_PHONE}",
    PAPER: f"(min-width: 64rem) 50vw, {_ON_A_PHONE}",
    LEDGER: f"(min-width: 48rem) 13rem, {_ON_A_PHONE}",
    LEAD: f"(min-width: 88rem) 37rem, (min-width: 75rem) 41vw, {_ON_A_PHONE}",
    FRONT: f"(min-width: 75rem) 21rem, (min-width: 48rem) 45vw, {_ON_A_PHONE}",
}
# Where pictures are cut to one shape, around their point.
CUT = frozenset({LEDGER, LEAD, FRONT})


def address(sha256: str, label: str = LARGE_JPEG) -> str:
    return reverse("public:photo", args=[Rendition(sha256, label)])


def _address_of(photo: dict[str, Any], label: str = LARGE_JPEG) -> str:
    """Where readers get the picture, or where only the desk's preview shows it, as its content says."""
    if below := photo.get("below"):
        return f"{below}{PictureFile().to_url(Rendition(photo['sha256'], label))}"
    return address(photo["sha256"], label)


def picture(photo: dict[str, Any], place: str, *, is_first: bool = False) -> dict[str, Any]:
    """What `public/_picture.html` needs. The one that readers see first is fetched at once, others when they come near."""
    sizes = sizes_of(photo["width"], photo["height"])
    *others, (_type, fallback) = [
        (
            form.content_type,
            ", ".join(f"{_address_of(photo, f'{size.name}.{extension}')} {size.width}w" for size in sizes),
        )
        for extension, form in FORMS.items()
    ]
    return {
        "sources": others,
        "srcset": fallback,
        "src": _address_of(photo),
        "sizes": SIZES[place],
        # Said with the picture, so that nothing jumps while it loads.
        "width": sizes[-1].width,
        "height": sizes[-1].height,
        "point": focus_classes(photo) if place in CUT else "",
        "is_first": is_first,
    }


def focus_classes(photo: dict[str, Any]) -> str:
    """Classes for what stays in sight where the picture is cut; `pictures.css` knows them."""
    x, y = photo.get("focus", MIDDLE)
    return "" if (x, y) == MIDDLE else f"across{x} down{y}"
