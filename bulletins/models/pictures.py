"""Uploaded pictures: refused before they can do harm, else kept upright, in sRGB and without metadata."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from bulletins.models import renditions
from bulletins.models.fingerprint import fingerprint_of
from bulletins.models.renditions import Rendition
from bulletins.models.whereabouts import says_where

READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
MASTER_QUALITY = 92
# What a JPEG can be wide or high.
LONGEST_SIDE = 65_500
# Bytes 4 to 12 of what telephones write when they are set to "high efficiency".
HEIC_BRANDS = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")


@dataclass(frozen=True)
class Prepared:
    """A picture fit to be kept: `master` has every pixel, `web` is what pages show. Both are JPEG.

    `renditions`: all else that pages may show instead, by label (`bulletins.models.renditions`). `had_place`: the file
    that was sent said where it was taken, which none of these does. `fingerprint`: how it looks
    (`bulletins.models.fingerprint`).
    """

    sha256: str
    width: int
    height: int
    master: bytes
    web: bytes
    renditions: dict[str, bytes]
    fingerprint: str
    had_place: bool

    @property
    def file_name(self) -> str:
        return f"photos/{self.sha256[:2]}/{self.sha256}.jpg"

    @property
    def web_name(self) -> str:
        return f"photos/{self.sha256[:2]}/{self.sha256}.web.jpg"

    def store(self) -> None:
        """Keep all files under the hash of the master; the same picture is kept once."""
        files = {self.file_name: self.master, self.web_name: self.web}
        for label, data in self.renditions.items():
            files[Rendition(self.sha256, label).file_name] = data
        for name, data in files.items():
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(data))


def keep_renditions(master: str, sha256: str, labels: Iterable[str]) -> int:
    """Make what is missing of these from the master, a file's name; how many were. Raises `OSError` if it cannot be read."""
    names = {label: Rendition(sha256, label).file_name for label in labels}
    missing = {label: name for label, name in names.items() if not default_storage.exists(name)}
    if missing:
        with default_storage.open(master) as file, Image.open(file, formats=["JPEG"]) as picture:
            large = renditions.reduced(_flat(picture))
        for label, name in missing.items():
            default_storage.save(name, ContentFile(renditions.draw(large, label)))
    return len(missing)


def prepare(upload: File) -> Prepared:
    """Check and re-encode an upload. Raises `ValidationError` with a sentence for the person who chose the file."""
    if upload.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        raise ValidationError(
            _("This file is too large; a picture may have at most %(limit)s MB.")
            % {"limit": settings.MAX_UPLOAD_MB},
            code="too_large",
        )
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="PIL")  # broken metadata are thrown away in any case
            picture, had_place = _decoded(upload)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("This picture is damaged or incomplete; choose another copy of it."), code="damaged"
        ) from error
    master = renditions.encoded(picture, "jpg", quality=MASTER_QUALITY)
    large = renditions.reduced(picture)
    return Prepared(
        sha256=hashlib.sha256(master).hexdigest(),
        width=picture.width,
        height=picture.height,
        master=master,
        web=renditions.draw(large, renditions.LARGE_JPEG),
        renditions={
            label: renditions.draw(large, label)
            for label in renditions.labels_of(picture.width, picture.height)
        },
        fingerprint=fingerprint_of(large),
        had_place=had_place,
    )


def _decoded(upload: File) -> tuple[Image.Image, bool]:
    upload.seek(0)
    picture = _opened(upload.file or upload)
    # The size comes from the header: nothing has been unpacked yet.
    if picture.width * picture.height > settings.MAX_PICTURE_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels()
    if max(picture.size) > LONGEST_SIDE:
        raise ValidationError(
            _("This picture is too long; a side may have at most %(limit)s pixels.")
            % {"limit": LONGEST_SIDE},
            code="too_long",
        )
    picture.load()
    had_place = says_where(picture)
    picture = ImageOps.exif_transpose(picture)
    return _flat(_in_srgb(_in_eight_bits(picture))), had_place


def _opened(file: IO[bytes] | File) -> Image.Image:
    head = file.read(12)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=READABLE)  # type: ignore[arg-type]
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Image.UnidentifiedImageError as error:
        if head[4:12] in HEIC_BRANDS:
            raise ValidationError(
                _(
                    "This is a HEIC picture, which browsers cannot show. "
                    "Set the camera to “most compatible” or send it as JPEG."
                ),
                code="heic",
            ) from error
        raise ValidationError(
            _("This is not a picture that can be shown; choose a JPEG, PNG or WebP file."),
            code="not_a_picture",
        ) from error


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels; at most %(limit)s million are accepted.")
        % {"limit": settings.MAX_PICTURE_MEGAPIXELS},
        code="too_many_pixels",
    )


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Greys of sixteen bits brought to eight: converted as they are, nearly all of them would be white."""
    if not picture.mode.startswith("I;16"):
        return picture
    return picture.point(lambda grey: grey / 256).convert("L")


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    try:
        target = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=target,
        )
    except ImageCms.PyCMSError:
        return picture  # a broken profile is worth nothing: read the numbers as sRGB
    return converted or picture


def _flat(picture: Image.Image) -> Image.Image:
    """Opaque RGB in an image of its own: no alpha, palette, comment or other metadata comes along."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        plain = Image.new("RGB", layer.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
        return plain
    colours = picture.convert("RGB")
    plain = Image.new("RGB", colours.size)
    plain.paste(colours)
    return plain
