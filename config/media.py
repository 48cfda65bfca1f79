"""Where pictures are kept: on disk, or in a store that speaks S3. Views serve them; no address of theirs is public."""

from __future__ import annotations

import importlib.util
import os
import secrets
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

VARIABLE = "MEDIA_STORE_URL"
_SAYS = f"{VARIABLE} must look like s3://KEY:SECRET@HOST/BUCKET"
_OPTIONS = {"region", "addressing"}


class Disk(FileSystemStorage):
    """A file is there whole or not at all, even if the process was killed while it wrote.

    Names follow from what the files hold, so one that is written twice is the same file.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_overwrite=True)

    def _save(self, name: str, content: File) -> str:
        part = super()._save(f"{name}.{secrets.token_hex(8)}.part", content)
        os.replace(self.path(part), self.path(name))
        return name


def media_storage(address: str) -> dict[str, Any]:
    """What `STORAGES` says of pictures; `address` is that of a store, or empty for the disk of this machine.

    s3://KEY:SECRET@HOST[:PORT]/BUCKET, or s3+http:// for one that is reached without TLS; `?region=` names a region,
    `?addressing=virtual` is for stores that take the bucket's name as part of the host.
    """
    if not address:
        return {"BACKEND": "config.media.Disk"}
    if importlib.util.find_spec("storages") is None:
        raise ImproperlyConfigured(
            f"{VARIABLE} is set, but what it needs is not installed: "
            "pip install --require-hashes -r requirements/s3.txt"
        )
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3_options(address)}


def _s3_options(address: str) -> dict[str, Any]:
    from botocore.config import Config

    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0  # asking for a port that is none raises
    except ValueError:
        raise ImproperlyConfigured(f"{_SAYS}.") from None
    bucket = parts.path.strip("/")
    schemes = {"s3": "https", "s3+http": "http"}
    if parts.scheme not in schemes or not (parts.username and parts.password and has_host and bucket):
        raise ImproperlyConfigured(f"{_SAYS}.")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    addressing = asked.get("addressing", "path")
    if "/" in bucket or not _OPTIONS.issuperset(asked) or addressing not in {"path", "virtual"}:
        raise ImproperlyConfigured(f"{_SAYS}, with ?region= and ?addressing=virtual or path at most.")
    host = parts.netloc.rpartition("@")[2]
    return {
        "endpoint_url": f"{schemes[parts.scheme]}://{host}",
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "region_name": asked.get("region", "us-east-1"),
        # Nothing is said of who may read it: what a new bucket keeps, its owner alone reads.
        "default_acl": None,
        "file_overwrite": True,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": addressing},
            # Newer checksums are not known to every store.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
