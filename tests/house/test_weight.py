"""A weak network: what the first view of a story weighs as it is sent, and that no script holds it up."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

# The longest story of the sample page.
STORY = "/articles/JN-2021-000004/"
MOST = 35_000
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPTS = re.compile(r'<script [^>]*src="([^"]+)"[^>]*>')
IMPORTS = re.compile(r'^import [^"]*from "([^"]+)"', re.MULTILINE)

pytestmark = [pytest.mark.django_db, pytest.mark.seen_once]


@pytest.fixture
def assets(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.assets.HashedAssets"}}
    call_command("collectstatic", "--noinput", verbosity=0)
    call_command("loaddata", "sample_page", verbosity=0)
    return tmp_path


def sent(folder: Path, url: str) -> int:
    """Bytes of an asset as a browser gets it that takes Brotli; small ones are not compressed."""
    kept = folder / url.removeprefix("/static/")
    squeezed = kept.with_name(f"{kept.name}.br")
    return (squeezed if squeezed.exists() else kept).stat().st_size


def with_imports(folder: Path, scripts: list[str]) -> set[str]:
    found, waiting = set(), list(scripts)
    while waiting:
        url = waiting.pop()
        if url not in found:
            found.add(url)
            text = (folder / url.removeprefix("/static/")).read_text()
            waiting += [urljoin(url, name) for name in IMPORTS.findall(text)]
    return found


def test_the_first_view_of_a_story_is_within_35_kilobytes(assets: Path, client: Client) -> None:
    answer = client.get(STORY, headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    page = client.get(STORY).content.decode()
    scripts = with_imports(assets, SCRIPTS.findall(page))
    styles = STYLES.findall(page)
    assert len(scripts) >= 5 and len(styles) >= 6
    parts = {url: sent(assets, url) for url in (*styles, *scripts)} | {"the page": len(answer.content)}
    assert sum(parts.values()) <= MOST, parts


@pytest.mark.parametrize(
    "address", ["/", STORY, "/pages/2021-12-31/1/", "/search/?q=民警", "/api/v1/", "/nowhere/"]
)
def test_no_script_holds_a_page_up(sample_page: None, client: Client, address: str) -> None:
    page = client.get(address, headers={"Accept": "text/html"}).content.decode()
    tags = [tag for tag in re.findall(r"<script[^>]*>", page) if "application/ld+json" not in tag]
    assert tags
    assert [tag for tag in tags if 'type="module"' not in tag] == []


@pytest.fixture
def sample_page() -> None:
    call_command("loaddata", "sample_page", verbosity=0)
