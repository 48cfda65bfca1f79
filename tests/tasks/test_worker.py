"""The worker: does what is handed on, survives what fails, and loses nothing to a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from bulletins.tasks import lost, rounds, worker
from bulletins.tasks.rounds import Round
from bulletins.tasks.worker import Worker
from tests.tasks import chores

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def one_connection(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker drops a connection on which somebody else's transaction is open, and this test's is."""
    for module in (worker, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture
def ended() -> subprocess.Popen[bytes]:
    """A process that was, and is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process


def running(who: str, *, since: timedelta = timedelta(0), before: int = 0) -> DBTaskResult:
    """A task that a worker has begun, after so many others."""
    task = DBTaskResult.objects.get(pk=chores.fail.enqueue().id)
    task.claim(who)
    task.worker_ids = ["elsewhere:1:x"] * before + [who]
    task.started_at = timezone.now() - since
    task.save()
    return task


def status_of(task: DBTaskResult) -> str:
    return str(DBTaskResult.objects.values_list("status", flat=True).get(pk=task.pk))


def test_what_was_handed_on_is_done_once(one_connection: None, tmp_path: Path) -> None:
    chores.note.enqueue(str(tmp_path / "notes"), "民警🚓")
    Worker(rounds=()).turn()
    Worker(rounds=()).turn()
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "民警🚓"


def test_a_task_that_fails_keeps_no_other_from_being_done(
    one_connection: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chores.fail.enqueue()
    chores.note.enqueue(str(tmp_path / "notes"), "done")
    Worker(rounds=()).turn()
    assert (tmp_path / "notes").exists()
    assert "chores.fail" in caplog.text


def test_a_round_that_fails_keeps_no_other_from_being_gone_and_is_gone_again(
    one_connection: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    gone: list[str] = []
    seconds = [0.0]

    def broken() -> None:
        gone.append("broken")
        raise RuntimeError("a broken round")

    one = Worker((Round(broken, 10), Round(lambda: gone.append("whole"), 60)), clock=lambda: seconds[-1])
    for second in (0.0, 9.0, 11.0):
        seconds.append(second)
        one.turn()
    assert gone == ["broken", "whole", "broken"]
    assert "a broken round" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "since", "expected"),
    [
        ("nobody", timedelta(0), TaskResultStatus.READY),
        ("the same number before", timedelta(0), TaskResultStatus.READY),
        ("myself", timedelta(0), TaskResultStatus.RUNNING),
        ("alive", timedelta(0), TaskResultStatus.RUNNING),
        ("elsewhere", timedelta(minutes=9), TaskResultStatus.RUNNING),
        ("elsewhere", timedelta(minutes=11), TaskResultStatus.READY),
    ],
)
def test_what_a_killed_worker_left_is_made_ready_again(
    who: str, since: timedelta, expected: str, ended: subprocess.Popen[bytes]
) -> None:
    names = {
        "nobody": f"{lost.HOST}:{ended.pid}:x",
        "the same number before": f"{lost.HOST}:{os.getpid()}:x",
        "myself": lost.ME,
        "alive": f"{lost.HOST}:{os.getppid()}:x",
        "elsewhere": "another-machine:1:x",
    }
    task = running(names[who], since=since)
    lost.put_back()
    assert status_of(task) == expected


@pytest.mark.django_db
def test_a_task_over_which_worker_after_worker_is_killed_is_given_up(ended: subprocess.Popen[bytes]) -> None:
    task = running(f"{lost.HOST}:{ended.pid}:x", before=lost.MOST_WORKERS - 1)
    lost.put_back()
    assert status_of(task) == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_tasks_that_ended_long_ago_are_forgotten() -> None:
    old = {days: running(lost.ME) for days in (6, 8, 100)}
    failed = running(lost.ME)
    for days, task in old.items():
        task.set_successful(None)
        DBTaskResult.objects.filter(pk=task.pk).update(finished_at=timezone.now() - timedelta(days=days))
    failed.set_failed(RuntimeError())
    DBTaskResult.objects.filter(pk=failed.pk).update(finished_at=timezone.now() - timedelta(days=8))
    rounds.forget_finished()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {old[6].pk, failed.pk}


def address_of_the_test_database() -> str:
    """As DATABASE_URL takes it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def at_work(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"DATABASE_URL": address_of_the_test_database()}
    command = [sys.executable, "manage.py", "work", *options]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(what: Callable[[], Any]) -> None:
    ends = time.monotonic() + 20
    while not what():
        assert time.monotonic() < ends, "it did not come about in 20 s"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_of_a_task_does_not_lose_it(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    task = DBTaskResult.objects.get(pk=chores.hang_once.enqueue(str(trace)).id)
    with at_work() as process:
        wait_until(trace.exists)
        process.kill()
        process.wait()
    assert status_of(task) == TaskResultStatus.RUNNING
    call_command("work", "--once")
    assert trace.read_text() == "done again"
    assert status_of(task) == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db(transaction=True)
def test_a_worker_ends_with_the_process_that_began_it_however_that_ends(tmp_path: Path) -> None:
    beat, number = tmp_path / "beat", tmp_path / "number"
    # What bin/serve.py does: the worker stays beside the process that began it, which becomes another.
    script = f'"{sys.executable}" manage.py work --with-parent --beat "{beat}" & echo $! > "{number}"; exec sleep 600'
    environment = os.environ | {"DATABASE_URL": address_of_the_test_database()}
    parent = subprocess.Popen(["sh", "-c", script], cwd=ROOT, env=environment)
    try:
        wait_until(beat.exists)
    except AssertionError:
        parent.kill()
        raise
    name = f"{lost.HOST}:{int(number.read_text())}:x"
    assert not lost.is_gone(name)
    parent.kill()
    parent.wait()
    wait_until(lambda: lost.is_gone(name))
