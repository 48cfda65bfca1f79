"""What is noted of a picture's file before it is cleaned: where it was taken, and how it looks."""

import io
import random
import struct
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from bulletins.models import pictures
from bulletins.models.fingerprint import MOST_DIFFERENT, bands, distance, fingerprint_of, neighbouring_bands

HEAD = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description "
XMP = HEAD + b"exif:GPSLatitude='35,24.88N' exif:GPSLongitude='116,33.5E'/></x:xmpmeta>"
CITY = HEAD + "photoshop:City='济宁'/></x:xmpmeta>".encode()


def picture() -> Image.Image:
    """Nine by eight fields of chance, drawn large."""
    chance = random.Random(1)
    small = Image.new("RGB", (9, 8))
    small.putdata([(chance.randrange(256),) * 3 for _ in range(72)])
    return small.resize((400, 300), Image.Resampling.BICUBIC)


def saved(form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, form, **options)
    return out.getvalue()


def prepared(data: bytes) -> pictures.Prepared:
    return pictures.prepare(SimpleUploadedFile("a", data))


def gps(**tags: object) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825).update({int(tag[1:]): value for tag, value in tags.items()})
    return exif


def with_iptc(data: bytes, record: int, value: bytes) -> bytes:
    """A JPEG with one line of what agencies write."""
    line = b"\x1c\x02" + bytes([record]) + struct.pack(">H", len(value)) + value
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(line)) + line + b"\0" * (len(line) % 2)
    segment = b"Photoshop 3.0\0" + block
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


PLACES: dict[str, Callable[[], bytes]] = {
    "satellite": lambda: saved(exif=gps(_1="N", _2=(35.0, 24.0, 53.0), _3="E", _4=(116.0, 33.0, 5.0))),
    "satellite in WebP": lambda: saved("WEBP", exif=gps(_2=(35.0, 24.0, 53.0))),
    "satellite in PNG": lambda: saved("PNG", exif=gps(_2=(35.0, 24.0, 53.0))),
    "satellite in AVIF": lambda: saved("AVIF", exif=gps(_2=(35.0, 24.0, 53.0))),
    "name of an area": lambda: saved(exif=gps(_28=b"ASCII\0\0\0Jining")),
    "XMP": lambda: saved(xmp=XMP),
    "XMP in WebP": lambda: saved("WEBP", xmp=XMP),
    "XMP in PNG": lambda: saved("PNG", pnginfo=png_text()),
    "city in XMP": lambda: saved(xmp=CITY),
    "city of an agency": lambda: with_iptc(saved(), 90, "济宁".encode()),
    "part of a city": lambda: with_iptc(saved(), 92, b"Rencheng"),
}
NO_PLACES: dict[str, Callable[[], bytes]] = {
    "nothing": saved,
    "only when": lambda: saved(exif=gps(_0=b"\2\3\0\0", _29="2026:01:01")),
    "a title": lambda: with_iptc(saved(), 5, b"Snow"),
    "XMP of a program": lambda: saved(xmp=HEAD + b"xmp:CreatorTool='WPS'/></x:xmpmeta>"),
}


@pytest.mark.parametrize("name", PLACES)
def test_that_the_file_said_where_it_was_taken_is_noted_and_neither_file_says_it(name: str) -> None:
    sent = PLACES[name]()
    kept = prepared(sent)
    assert kept.had_place
    for data in (kept.master, kept.web):
        assert not any(
            word in data for word in (b"Exif", b"GPS", b"xmpmeta", b"8BIM", "济宁".encode(), b"Rencheng")
        )
        again = Image.open(io.BytesIO(data))
        assert not again.getexif() and not {"exif", "xmp", "photoshop", "comment"} & again.info.keys()
        assert not prepared(data).had_place


@pytest.mark.parametrize("name", NO_PLACES)
def test_a_file_that_did_not_say_it_is_not_said_to_have(name: str) -> None:
    assert not prepared(NO_PLACES[name]()).had_place


@settings(deadline=None)  # a machine does other things besides
@given(st.binary(max_size=200), st.integers(0, 5))
def test_broken_metadata_does_not_spoil_a_sound_picture(rubbish: bytes, way: int) -> None:
    plain = saved()
    heads = (b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0", b"Exif\0\0MM\0*", b"Exif\0\0", b"Photoshop 3.0\0",
             b"Photoshop 3.0\x008BIM\x04\x04\0\0", b"http://ns.adobe.com/xap/1.0/\0")  # fmt: skip
    segment = heads[way] + rubbish
    mark = b"\xff\xed" if 3 <= way <= 4 else b"\xff\xe1"
    sent = plain[:2] + mark + struct.pack(">H", len(segment) + 2) + segment + plain[2:]
    assert prepared(sent).width + prepared(sent).height == 700


def test_the_fingerprint_is_of_the_upright_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = prepared(saved(exif=exif))
    upright = picture().transpose(Image.Transpose.ROTATE_270)
    assert distance(lying.fingerprint, fingerprint_of(upright)) <= 2
    assert distance(lying.fingerprint, prepared(saved()).fingerprint) > MOST_DIFFERENT


@pytest.mark.parametrize("shade", ["white", "black", "#777"])
def test_an_even_picture_has_no_fingerprint(shade: str) -> None:
    even = Image.new("RGB", (900, 600), shade)
    noise = Image.effect_noise((900, 600), 30).convert("RGB")
    assert fingerprint_of(even) == fingerprint_of(Image.blend(even, noise, 0.1)) == ""
    even.paste("red", (400, 250, 480, 300))
    assert fingerprint_of(even) == "" and bands("") == []


def test_a_picture_of_one_pixel_has_none() -> None:
    assert fingerprint_of(Image.new("RGB", (1, 1), "red")) == ""


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=MOST_DIFFERENT))
def test_pictures_that_differ_no_more_than_allowed_are_found_by_a_band(bits: int, turned: set[int]) -> None:
    one = f"{bits:016x}"
    other = f"{bits ^ sum(1 << bit for bit in turned):016x}"
    assert distance(one, other) == len(turned)
    assert set(bands(other)) & set(neighbouring_bands(one))
    assert len(set(bands(one))) == 4 and len(set(neighbouring_bands(one))) == 68
