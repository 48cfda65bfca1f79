"""Where pictures are kept: whole files on disk, or a store that an address names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from config import media

# --- On disk -------------------------------------------------------------------------------------------------------


def test_a_process_that_is_killed_while_it_writes_leaves_no_half_file(tmp_path: Path) -> None:
    disk = media.Disk(location=tmp_path)

    class Killed(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        disk.save("photos/ab/a.avif", Killed(b""))
    assert not disk.exists("photos/ab/a.avif")
    assert disk.save("photos/ab/a.avif", ContentFile(b"whole")) == "photos/ab/a.avif"
    assert (tmp_path / "photos/ab/a.avif").read_bytes() == b"whole"


def test_the_same_file_written_twice_is_one_file(tmp_path: Path) -> None:
    disk = media.Disk(location=tmp_path)
    assert {disk.save("a/b.jpg", ContentFile(b"same")) for _ in range(2)} == {"a/b.jpg"}
    assert [path.name for path in tmp_path.rglob("*.*")] == ["b.jpg"]


# --- What the address says -----------------------------------------------------------------------------------------


def test_without_an_address_pictures_are_kept_on_disk() -> None:
    assert media.media_storage("") == {"BACKEND": "config.media.Disk"}


@pytest.mark.parametrize(
    ("address", "endpoint", "region", "addressing"),
    [
        ("s3://key:secret@s3.example/pictures", "https://s3.example", "us-east-1", "path"),
        ("s3+http://key:secret@store:9000/pictures/", "http://store:9000", "us-east-1", "path"),
        (
            "s3://key:secret@oss.example/pictures?region=cn-north-1&addressing=virtual",
            "https://oss.example",
            "cn-north-1",
            "virtual",
        ),
        ("s3://key:secret@[::1]:9000/pictures", "https://[::1]:9000", "us-east-1", "path"),
    ],
)
def test_an_address_says_host_bucket_region_and_how_it_is_addressed(
    address: str, endpoint: str, region: str, addressing: str
) -> None:
    options = media.media_storage(address)["OPTIONS"]
    assert (options["endpoint_url"], options["bucket_name"]) == (endpoint, "pictures")
    assert (options["access_key"], options["secret_key"]) == ("key", "secret")
    assert options["region_name"] == region
    assert options["client_config"].s3 == {"addressing_style": addressing}


@pytest.mark.parametrize(
    "address",
    [
        "pictures",
        "/srv/media",
        "https://key:secret@s3.example/pictures",
        "s3://s3.example/pictures",
        "s3://key@s3.example/pictures",
        "s3://key:secret@s3.example",
        "s3://key:secret@s3.example/pictures/below",
        "s3://key:secret@s3.example/pictures?acl=public-read",
        "s3://key:secret@s3.example/pictures?addressing=auto",
        "s3://key:secret@s3.example:many/pictures",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_its_secret(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        media.media_storage(address)
    assert "MEDIA_STORE_URL must look like s3://" in str(refused.value)
    assert "secret@" not in str(refused.value)


def test_without_the_extra_the_site_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/s3\.txt"):
        media.media_storage("s3://key:secret@s3.example/pictures")
