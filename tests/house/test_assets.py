"""Assets as production serves them: under names that hold their hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

IMPORT = re.compile(r"""^import [^'"]*from ["'](\./[^"']+)["']""", re.MULTILINE)


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]  # ours, not the libraries'
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.assets.HashedAssets"}}
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path / "desk"


def test_a_module_is_imported_under_the_one_name_that_pages_load_it_by(collected: Path) -> None:
    hashed = [path for path in collected.glob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    imported = [name for path in hashed for name in IMPORT.findall(path.read_text())]
    assert imported  # the editor imports the rows
    assert all((collected / name).name in {path.name for path in hashed} for name in imported)
