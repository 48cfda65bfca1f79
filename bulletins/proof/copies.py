"""Copies kept by hand where the site serves files to everybody: among its assets. And rows that were not taken down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage

from bulletins.models import Listing, Release, ReleasePhoto, SearchEntry
from bulletins.proof.traces import Traces

# Larger files are compared as pictures only.
LONGEST_TEXT = 4 * 1024 * 1024


def copies(releases: list[Release], traces: Traces) -> Iterator[str]:
    """Addresses of assets that are a picture of the story under whatever name, or that name it."""
    pictures = _pictures(releases, traces)
    sizes = {size for size, _digest in pictures}
    words = [traces.number.encode(), *(sha256.encode() for sha256 in traces.pictures)]
    words += [text.encode() for text in traces.texts]
    for path, name in _assets():
        size = path.stat().st_size
        data = path.read_bytes() if size in sizes or size <= LONGEST_TEXT else b""
        is_picture = size in sizes and (size, hashlib.sha256(data).hexdigest()) in pictures
        if is_picture or any(word in data or word in name.encode() for word in words):
            yield settings.STATIC_URL + quote(name)


def _assets() -> Iterator[tuple[Path, str]]:
    """Every file that is served below `STATIC_URL`, with its name there, each name once."""
    seen: set[str] = set()
    for folder in map(Path, (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name not in seen:
                seen.add(name)
                yield path, name


def kept_files(releases: list[Release], traces: Traces) -> list[str]:
    """Names of all that the store keeps of its pictures, whoever put it there. They stay for a restoration."""
    rows = ReleasePhoto.objects.filter(release__in=releases, sha256__in=traces.pictures)
    noted = {name for row in rows.values_list("file", "web") for name in row if name}
    names = {name for name in noted if default_storage.exists(name)}
    for sha256 in traces.pictures:
        folder = f"photos/{sha256[:2]}"
        with suppress(FileNotFoundError):
            _folders, files = default_storage.listdir(folder)
            names |= {f"{folder}/{file}" for file in files if file.startswith(sha256)}
    return sorted(names)


def _pictures(releases: list[Release], traces: Traces) -> set[tuple[int, str]]:
    """Size and SHA-256 of each of these files."""
    found = set()
    for name in kept_files(releases, traces):
        with default_storage.open(name) as file:
            data = file.read()
        found.add((len(data), hashlib.sha256(data).hexdigest()))
    return found


def rows_left(releases: list[Release]) -> Iterator[str]:
    """What still stands in lists and in the index of the search. Readers are not shown it; it should not be there at all."""
    listed = Listing.objects.filter(release__in=releases).order_by("shelf")
    yield from (f"bulletins_listing: {shelf}" for shelf in listed.values_list("shelf", flat=True))
    entered = SearchEntry.objects.filter(release__in=releases).order_by("place")
    yield from (f"bulletins_searchentry: {place}" for place in entered.values_list("place", flat=True))
