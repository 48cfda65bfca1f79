"""Pictures as people send them: with what telephones write into them, turned, in every form and of every size."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

CAMERA, REMARK, SMALL = b"SecretCam", b"telephone 13812345678", b"thumbnail of before"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description exif:GPSLatitude='35,24.88N'/></x:xmpmeta>"
# What stands in the corners, from the upper left, clockwise.
CORNERS = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
# How the upright picture is turned into what the camera writes along with each orientation.
TURNED: dict[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", data)


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def upright(size: tuple[int, int]) -> Image.Image:
    """A picture with a colour in each corner."""
    width, height = size
    picture = Image.new("RGB", size)
    halves = [(0, 0), (width // 2, 0), (width // 2, height // 2), (0, height // 2)]
    for colour, place in zip(CORNERS.values(), halves, strict=True):
        picture.paste(colour, (*place, place[0] + (width + 1) // 2, place[1] + (height + 1) // 2))
    return picture


def from_a_telephone(size: tuple[int, int], orientation: int) -> bytes:
    """A JPEG with place, camera, comment, XMP, a profile and a small picture inside; it stands upright only if turned."""
    turn = TURNED[orientation]
    lying = upright(size) if turn is None else upright(size).transpose(turn)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = _exif(orientation, saved(Image.new("RGB", (16, 12), "gray"), "JPEG", comment=SMALL))
    return saved(lying, "JPEG", quality=95, exif=exif, comment=REMARK, xmp=XMP, icc_profile=profile)


def _exif(orientation: int, small: bytes) -> bytes:
    """By hand, since Pillow writes no small picture: the picture, where it was taken, and the small one."""

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")

    def at(offset: int) -> bytes:
        return struct.pack("<I", offset)

    def directory(following: int, *entries: bytes) -> bytes:
        return struct.pack("<H", len(entries)) + b"".join(entries) + at(following)

    first, place, second = 8, 8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 4 * 12 + 4
    values = second + 2 + 3 * 12 + 4
    latitude, longitude, camera = values, values + 24, values + 48
    picture = camera + len(CAMERA) + 1
    tiff = b"II*\0" + at(first)
    tiff += directory(
        second,
        entry(0x010F, 2, len(CAMERA) + 1, at(camera)),
        entry(0x0112, 3, 1, struct.pack("<H", orientation)),
        entry(0x8825, 4, 1, at(place)),
    )
    tiff += directory(
        0,
        entry(1, 2, 2, b"N"),
        entry(2, 5, 3, at(latitude)),
        entry(3, 2, 2, b"E"),
        entry(4, 5, 3, at(longitude)),
    )
    tiff += directory(
        0,
        entry(0x0103, 3, 1, struct.pack("<H", 6)),
        entry(0x0201, 4, 1, at(picture)),
        entry(0x0202, 4, 1, at(len(small))),
    )
    tiff += struct.pack("<12I", 35, 1, 24, 1, 53, 1, 116, 1, 33, 1, 5, 1) + CAMERA + b"\0" + small
    return b"Exif\0\0" + tiff


def _transparent() -> bytes:
    picture = upright((1200, 800)).convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, 0))
    return saved(picture, "PNG")


def _greys_of_sixteen_bits() -> bytes:
    greys = Image.new("I", (1200, 800), 128 * 257).convert("I;16")
    return saved(greys, "PNG")


def _colours_of_sixteen_bits() -> bytes:
    """By hand, since Pillow writes none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + struct.pack(">3H", 255 * 257, 0, 0) * 1200
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1200, 800, 16, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * 800)) + chunk(b"IEND", b"")


def _animated(form: str) -> bytes:
    others = [Image.new("RGB", (1200, 800), "black")]
    return saved(Image.new("RGB", (1200, 800), "red"), form, save_all=True, append_images=others)


RED, WHITE, GREY = (255, 0, 0), (255, 255, 255), (128, 128, 128)
# What is sent, and the colour in its upper left corner.
FORMS: dict[str, tuple[Callable[[], bytes], tuple[int, int, int]]] = {
    "JPEG": (lambda: saved(upright((1200, 800)), "JPEG"), RED),
    "PNG with nothing to see": (_transparent, WHITE),
    "PNG with a palette": (lambda: saved(upright((1200, 800)).convert("P"), "PNG"), RED),
    "PNG of sixteen bits in grey": (_greys_of_sixteen_bits, GREY),
    "PNG of sixteen bits in colour": (_colours_of_sixteen_bits, RED),
    "WebP": (lambda: saved(upright((1200, 800)), "WEBP", lossless=True), RED),
    "AVIF": (lambda: saved(upright((1200, 800)), "AVIF", quality=90), RED),
    "CMYK": (lambda: saved(Image.new("CMYK", (1200, 800), (0, 255, 255, 0)), "JPEG"), RED),
    "moving PNG": (lambda: _animated("PNG"), RED),
    "moving WebP": (lambda: _animated("WEBP"), RED),
}
