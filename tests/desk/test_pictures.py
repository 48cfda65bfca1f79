"""What an uploaded picture must be, and what is left of it."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bulletins.models import pictures


def jpeg(size=(40, 20), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", **options)
    return out.getvalue()


def upload(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny file whose header promises a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def refusal_of(data: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        pictures.prepare(upload(data))
    return caught.value.code


def test_a_text_with_a_picture_name_is_refused():
    assert refusal_of(b"MZ\x90 not a picture") == "not_a_picture"


def test_a_script_in_svg_is_refused():
    assert refusal_of(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>") == "not_a_picture"


def test_an_empty_file_is_refused():
    assert refusal_of(b"") == "not_a_picture"


def test_a_heic_picture_gets_a_sentence_of_its_own():
    assert refusal_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "heic"


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1
    assert refusal_of(jpeg() + b"\0" * 1024 * 1024) == "too_large"


@pytest.mark.parametrize("size", [(9000, 9000), (40000, 40000)])
def test_a_decompression_bomb_is_refused_by_its_header(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    assert refusal_of(png_that_claims(*size)) == "too_many_pixels"


def test_a_truncated_picture_is_refused():
    assert refusal_of(jpeg((400, 400), quality=95)[:-600]) == "damaged"


def test_place_and_comment_are_gone_from_both_files():
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    exif.get_ifd(0x8825)[2] = (35.0, 24.0, 53.0)
    data = jpeg(exif=exif, comment=b"telephone 13812345678")
    assert b"SecretCam" in data and b"13812345678" in data
    prepared = pictures.prepare(upload(data))
    for kept in (prepared.master, prepared.web):
        picture = Image.open(io.BytesIO(kept))
        assert not picture.getexif() and "comment" not in picture.info and "exif" not in picture.info
        assert b"SecretCam" not in kept and b"13812345678" not in kept


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    prepared = pictures.prepare(upload(jpeg((40, 20), exif=exif)))
    assert (prepared.width, prepared.height) == (20, 40)


def test_a_large_picture_gets_a_web_version_of_1600_pixels():
    prepared = pictures.prepare(upload(jpeg((3000, 1500))))
    assert Image.open(io.BytesIO(prepared.web)).size == (1600, 800)
    assert Image.open(io.BytesIO(prepared.master)).size == (3000, 1500)


def test_a_transparent_graphic_is_set_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    prepared = pictures.prepare(upload(out.getvalue(), "a.png"))
    assert Image.open(io.BytesIO(prepared.master)).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_is_kept_once_under_its_hash(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for _ in range(2):
        prepared = pictures.prepare(upload(jpeg()))
        prepared.store()
    kept = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    labels = ["1-card-50-50.jpg", "1-large.avif", "1-large.webp", "jpg", "web.jpg"]
    assert kept == [f"{prepared.sha256}.{label}" for label in labels]
