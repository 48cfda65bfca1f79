"""Tasks for tests. They leave their traces in files, which outlive whatever becomes of the worker."""

import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(text)


@task()
def fail() -> None:
    raise RuntimeError("as it was asked to")


@task()
def hang_once(path: str) -> None:
    """Never ends when it is done for the first time."""
    file = Path(path)
    if file.exists():
        file.write_text("done again")
    else:
        file.write_text("begun")
        time.sleep(600)
