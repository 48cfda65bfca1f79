"""The documents speak of what is there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / path
    for path in subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, text=True
    ).split()
    if (ROOT / path).exists()
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r'(?:\]\(|src=")([^)#\s"]+)')
VARIABLE = re.compile(r'"(BULLETINS_\w+|DATABASE_URL|CACHE_URL|EMAIL_URL|MEDIA_STORE_URL)"')


def test_the_table_of_settings_has_every_variable_that_the_settings_read() -> None:
    code = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == set(VARIABLE.findall(code))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/docker.md"])
def test_every_script_that_is_named_can_be_run(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for name in set(re.findall(r"\b(bin/[\w-]+(?:\.py)?)", text.replace(".venv/bin/", ""))):
        assert os.access(ROOT / name, os.X_OK), name


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:20])
    assert "bin/serve" in first_screen
    assert "bin/test" in first_screen


def test_every_command_of_manage_py_that_is_named_exists() -> None:
    named = set(
        re.findall(r"manage\.py (\w+)", README + (ROOT / "docs/docker.md").read_text(encoding="utf-8"))
    )
    from django.core.management import get_commands

    assert named <= set(get_commands())


def test_every_folder_on_the_map_is_there() -> None:
    tree = README.split("The map of the house")[1].split("```")[1]
    for name in re.findall(r"^(\w+/)", tree, re.MULTILINE):
        assert (ROOT / name).is_dir(), name
    for name in re.findall(r"^  (\w+/|\w+\.py)", tree, re.MULTILINE):
        assert (ROOT / "bulletins" / name).exists(), name
