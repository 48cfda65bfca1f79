"""Pictures in a store that speaks S3 (moto's server, on this machine), which nobody but the site reads."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from moto.server import ThreadedMotoServer
from PIL import Image
from pytest_django import Settings

from bulletins.models import Release, pictures
from bulletins.models.renditions import Rendition, labels_of
from config import media
from tests.models.sent_pictures import saved, upload
from tests.public.test_photos import show
from tests.public.world import THEN, Site

BUCKET = "pictures"
# As they stand in the address of the store, and as they are.
KEY, SECRET = ("a%20key", "a key"), ("with%2Fslash%2Band%40sign", "with/slash+and@sign")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The host of a store."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"{host}:{port}"
    running.stop()


@pytest.fixture
def store(server: str, settings: Settings) -> Iterator[Any]:
    """The site keeps its pictures in an empty bucket there; the client of whoever owns it."""
    urllib.request.urlopen(urllib.request.Request(f"http://{server}/moto-api/reset", method="POST")).close()
    owner = boto3.client(
        "s3",
        endpoint_url=f"http://{server}",
        aws_access_key_id=KEY[1],
        aws_secret_access_key=SECRET[1],
        region_name="us-east-1",
    )
    owner.create_bucket(Bucket=BUCKET)
    address = f"s3+http://{KEY[0]}:{SECRET[0]}@{server}/{BUCKET}"
    settings.STORAGES = settings.STORAGES | {"default": media.media_storage(address)}
    yield owner
    owner.close()


def names_in(store: Any) -> set[str]:
    return {kept["Key"] for kept in store.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def taken() -> pictures.Prepared:
    prepared = pictures.prepare(upload(saved(Image.new("RGB", (1000, 500), "navy"), "JPEG")))
    prepared.store()
    return prepared


def test_every_file_of_an_upload_is_in_the_store_and_what_it_was(store: Any) -> None:
    prepared = taken()
    taken()
    files = {prepared.file_name: prepared.master, prepared.web_name: prepared.web}
    files |= {
        Rendition(prepared.sha256, label).file_name: data for label, data in prepared.renditions.items()
    }
    assert names_in(store) == set(files)
    for name, data in files.items():
        with default_storage.open(name) as kept:
            assert kept.read() == data


def test_nobody_but_the_site_reads_the_store(store: Any, server: str) -> None:
    name = taken().web_name
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://{server}/{BUCKET}/{name}")
    assert refused.value.code == 403
    refused.value.close()


def test_the_site_shows_what_the_store_keeps_as_long_as_it_is_public(
    store: Any, site: Site, reader: Client
) -> None:
    prepared = taken()
    article = site.draft(at=THEN)
    show(article, prepared)
    address = f"/photos/{prepared.sha256}/480.avif"
    assert reader.get(address).status_code == 404
    release: Release = site.release(site.led(article, "approved"))
    answer = reader.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert answer.content == prepared.renditions["480.avif"]
    assert reader.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    default_storage.delete(Rendition(prepared.sha256, "480.avif").file_name)
    assert reader.get(address).content == prepared.web
    site.withdraw(release)
    assert reader.get(address).status_code == 404


def test_what_is_missing_is_made_from_the_master_in_the_store(store: Any) -> None:
    prepared = taken()
    lost = Rendition(prepared.sha256, "480.webp").file_name
    default_storage.delete(lost)
    labels = list(labels_of(prepared.width, prepared.height))
    assert pictures.keep_renditions(prepared.file_name, prepared.sha256, labels) == 1
    assert pictures.keep_renditions(prepared.file_name, prepared.sha256, labels) == 0
    assert lost in names_in(store)
