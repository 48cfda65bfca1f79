"""What is true of the tree as a whole: messages, migrations, packages, and nothing of the machine it was made on."""

import ast
import io
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.check_output(["git", "ls-files", "-z", *patterns], cwd=ROOT, text=True).split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def test_every_message_is_translated_in_both_languages() -> None:
    checked = subprocess.run(
        [sys.executable, "bin/messages", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())


def test_nothing_names_a_package_index() -> None:
    # Put together here, so that this file does not name one itself.
    hosts = "|".join(
        ["python" + "hosted", "registry\\." + "npmjs", "py" + "pi\\.[a-z]", "--(extra-)?index-" + "url"]
    )
    found = [str(p.relative_to(ROOT)) for p in tracked() if re.search(hosts, text_of(p), re.IGNORECASE)]
    assert found == []


def test_there_is_no_lock_file_that_would_name_one() -> None:
    assert tracked("*uv.lock", "*pylock*.toml", "*poetry.lock", "*package-lock.json", "*yarn.lock") == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_package_is_pinned_by_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", text_of(ROOT / f"requirements/{name}.txt").strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_every_dependency_is_in_the_pinned_lists() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "base": project["dependencies"],
        "pdf": [*project["dependencies"], *extras["pdf"]],
        "dev": [*project["dependencies"], *extras["pdf"], *extras["test"], *extras["dev"]],
    }
    for name, requirements in wanted.items():
        pinned = set(re.findall(r"^([\w.-]+)==", text_of(ROOT / f"requirements/{name}.txt"), re.MULTILINE))
        for requirement in requirements:
            distribution = re.split(r"[\s\[~=<>]", requirement)[0].lower()
            assert distribution in pinned, f"{requirement} is not in requirements/{name}.txt: run bin/lock"


def test_all_lists_pin_the_same_versions() -> None:
    base, pdf, dev = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", text_of(ROOT / f"requirements/{name}.txt"), re.MULTILINE))
        for name in ("base", "pdf", "dev")
    )
    assert base.items() <= pdf.items() <= dev.items()


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    explained = text_of(ROOT / "docs/decisions/0001-dependencies.md").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[\s\[~=<>]", requirement)[0].lower().removeprefix("django-")
        assert name in explained, requirement


def test_nothing_speaks_of_the_machine_it_was_made_on() -> None:
    machine = re.compile("(?<![\\w.])/(work" + "|root|home/[a-z]+)/")
    assert [str(path.relative_to(ROOT)) for path in tracked() if machine.search(text_of(path))] == []


def test_no_test_is_skipped() -> None:
    for path in tracked("tests/*.py"):
        names = {node.attr for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, ast.Attribute)}
        assert not names & {"skip", "skipif", "xfail", "importorskip"}, path.relative_to(ROOT)
