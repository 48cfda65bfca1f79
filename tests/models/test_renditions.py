"""What pages show of a picture: bytes without metadata, pixels the right way round, never larger than what was sent."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from bulletins.models import pictures, renditions
from bulletins.models.pictures import Prepared, prepare
from tests.models import sent_pictures
from tests.models.sent_pictures import CAMERA, CORNERS, FORMS, REMARK, SMALL, TURNED, upload


def files(prepared: Prepared) -> dict[str, bytes]:
    return {"master": prepared.master, renditions.LARGE_JPEG: prepared.web} | prepared.renditions


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """From the upper left, clockwise."""
    right, low = picture.width - 1, picture.height - 1
    return [picture.getpixel(place) for place in ((0, 0), (right, 0), (right, low), (0, low))]


def jpeg_segments(data: bytes) -> Iterator[int]:
    """The markers before the first scan."""
    place = 2
    while data[place + 1] != 0xDA:
        yield data[place + 1]
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]


def webp_chunks(data: bytes) -> Iterator[bytes]:
    place = 12
    while place < len(data):
        yield data[place : place + 4]
        length = struct.unpack("<I", data[place + 4 : place + 8])[0]
        place += 8 + length + length % 2


def has_only_pixels(data: bytes) -> bool:
    """By the parts of the file itself, not by what a library reports of it."""
    if data[:2] == b"\xff\xd8":
        # APP0 says that it is a JPEG; APP1 to APP15 and COM would say more. One beginning: no picture within it.
        said = {marker for marker in jpeg_segments(data) if 0xE1 <= marker <= 0xEF or marker == 0xFE}
        return not said and data.count(b"\xff\xd8\xff") == 1
    if data[8:12] == b"WEBP":
        return {b"VP8 ", b"VP8L"}.issuperset(webp_chunks(data))
    assert data[4:12] == b"ftypavif"
    # An item of metadata is of type Exif or mime; a profile of colours is a box of type prof or rICC.
    head = data[: data.index(b"mdat")]
    items = set(re.findall(rb"infe.{8}(.{4})", head, re.DOTALL))
    return items == {b"av01"} and not re.search(rb"colr(prof|rICC)", head)


def _written(form: str, **options: object) -> bytes:
    return sent_pictures.saved(Image.new("RGB", (40, 20)), form, **options)


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXIF = Image.Exif()
EXIF[0x010F] = CAMERA.decode()


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("more", [{"exif": EXIF}, {"xmp": sent_pictures.XMP}, {"icc_profile": PROFILE}])
def test_the_parts_of_a_file_show_what_was_written_into_it(form: str, more: dict[str, object]) -> None:
    assert has_only_pixels(_written(form))
    assert not has_only_pixels(_written(form, **more))


def test_a_comment_in_a_jpeg_is_such_a_part() -> None:
    assert not has_only_pixels(_written("JPEG", comment=REMARK))


@pytest.mark.parametrize("orientation", TURNED)
def test_what_a_telephone_wrote_is_in_no_file_and_every_file_stands_upright(orientation: int) -> None:
    sent = sent_pictures.from_a_telephone((1800, 1200), orientation)
    with Image.open(io.BytesIO(sent)) as picture:
        gps = picture.getexif().get_ifd(0x8825)
        assert (gps[1], gps[2], picture.info["comment"]) == ("N", (35.0, 24.0, 53.0), REMARK)
        assert picture.getexif().get_ifd(ExifTags.IFD.IFD1)[ExifTags.Base.JpegIFOffset]
        assert {"icc_profile", "xmp"} <= picture.info.keys() and SMALL in sent
    assert not has_only_pixels(sent)
    prepared = prepare(upload(sent))
    kept = files(prepared)
    sizes = {name: opened(data).size for name, data in kept.items()}
    assert sizes == {
        "master": (1800, 1200),
        **{f"480.{form}": (480, 320) for form in renditions.FORMS},
        **{f"960.{form}": (960, 640) for form in renditions.FORMS},
        **{f"large.{form}": (1600, 1067) for form in renditions.FORMS},
        "card-50-50.jpg": (1200, 630),
    }
    for name, data in kept.items():
        for secret in (CAMERA, REMARK, SMALL, b"Exif", b"xmpmeta", b"GPS", b"ICC_PROFILE", b"acsp"):
            assert secret not in data, name
        assert has_only_pixels(data), name
        assert all(map(is_near, corners(opened(data)), CORNERS.values())), name


@pytest.mark.parametrize("form", FORMS)
def test_whatever_form_was_sent_every_file_shows_its_first_picture(form: str) -> None:
    make, colour = FORMS[form]
    kept = files(prepare(upload(make())))
    assert len(kept) == 11
    for name, data in kept.items():
        picture = Image.open(io.BytesIO(data))
        encoder = "JPEG" if name == "master" else renditions.FORMS[name.rpartition(".")[2]].encoder
        assert (picture.format, picture.mode, getattr(picture, "n_frames", 1)) == (encoder, "RGB", 1), name
        assert has_only_pixels(data) and is_near(corners(picture)[0], colour), name


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (2, 2000), (9000, 2), (481, 1)])
def test_the_smallest_and_the_longest_come_out_whole(size: tuple[int, int]) -> None:
    kept = files(prepare(upload(sent_pictures.saved(Image.new("RGB", size, "red"), "PNG"))))
    width, height = renditions.shown_size(*size)
    for name, data in kept.items():
        picture = opened(data)
        assert 0 < picture.width <= size[0] and 0 < picture.height <= size[1]
        if name != "master":
            assert picture.width <= width and picture.height <= height
        assert is_near(picture.getpixel((0, 0)), (255, 0, 0))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: sent_pictures.saved(sent_pictures.upright((900, 600)), "JPEG")[:-900], "damaged"),
        (lambda: sent_pictures.saved(sent_pictures.upright((900, 600)), "PNG")[:-900], "damaged"),
        (lambda: sent_pictures.saved(sent_pictures.upright((900, 600)), "WEBP")[:-300], "damaged"),
        (lambda: sent_pictures.saved(sent_pictures.upright((900, 600)), "AVIF")[:-300], "not_a_picture"),
        (lambda: sent_pictures.saved(Image.new("RGB", (65_501, 1)), "PNG"), "too_long"),
        (lambda: sent_pictures.saved(Image.new("RGB", (1, 65_501)), "PNG"), "too_long"),
    ],
)
def test_what_cannot_be_kept_whole_is_refused_with_a_sentence(make: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        prepare(upload(make()))  # type: ignore[operator]
    assert refused.value.code == code


def test_forty_megabytes_are_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = sent_pictures.saved(Image.new("RGB", (40, 20)), "JPEG")
    monkeypatch.setattr(pictures, "_decoded", lambda upload: pytest.fail("it was unpacked"))
    with pytest.raises(ValidationError) as refused:
        prepare(upload(sent + b"\0" * (40 * 1024 * 1024 - len(sent))))
    assert refused.value.code == "too_large"


SIDES = st.integers(1, 60_000)


@given(SIDES, SIDES)
def test_no_size_is_larger_than_the_picture_and_each_keeps_its_shape(width: int, height: int) -> None:
    sizes = renditions.sizes_of(width, height)
    assert sizes == sorted(sizes, key=lambda size: size.width)
    assert max(sizes[-1].width, sizes[-1].height) <= renditions.EDGE
    for size in sizes:
        assert 0 < size.width <= width and 0 < size.height <= height
        # To a pixel, which is much where a side has few.
        large = sizes[-1]
        assert abs(size.height - size.width * large.height / large.width) <= 1
    card_width, card_height = renditions.card_size(width, height)
    assert 0 < card_width <= min(width, 1200) and 0 < card_height <= min(height, 630)


def test_the_labels_are_those_that_an_address_may_have() -> None:
    address = re.compile(renditions.LABEL)
    for label in renditions.labels_of(4000, 3000, (0, 100)):
        assert address.fullmatch(label), label
    for label in ("large.jpg", "481.avif", "480.png", "card-50.jpg", "card-37-50.jpg", "card-50-105.jpg", ""):
        assert not address.fullmatch(label), label


@pytest.mark.parametrize(
    ("point", "colours"),
    [
        ((0, 50), ["red", "red", "yellow", "yellow"]),
        ((100, 50), ["green", "green", "blue", "blue"]),
        ((50, 0), ["red", "green", "green", "red"]),
        ((50, 100), ["yellow", "blue", "blue", "yellow"]),
    ],
)
def test_a_card_shows_what_stands_at_its_point(point: tuple[int, int], colours: list[str]) -> None:
    # So wide, or so high, that a card shows one half of it.
    size = (1600, 400) if point[1] == 50 else (1000, 1600)
    cut = opened(renditions.draw(sent_pictures.upright(size), renditions.card(point)))
    assert cut.size == renditions.card_size(*size)
    assert all(map(is_near, corners(cut), [CORNERS[colour] for colour in colours]))


def test_a_file_is_named_by_the_picture_the_recipe_and_what_it_is() -> None:
    sha256 = "ab" * 32
    assert renditions.Rendition(sha256, "960.avif").file_name == f"photos/ab/{sha256}.1-960.avif"
