"""Tasks whose worker was killed stand as running for ever: they are found and made ready again."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# No task takes as long. One that stands as running for longer was lost, wherever its worker was.
LONGEST = timedelta(minutes=10)
# A task that was lost with so many workers is what killed them.
MOST_WORKERS = 5

HOST = socket.gethostname()[:40]
# The name of this process among the workers. The last part tells it from one of the same number before it: in a
# container every process is the first.
ME = f"{HOST}:{os.getpid()}:{secrets.token_hex(4)}"


class LostWithItsWorkers(Exception):
    """The task was begun again and again, and each worker was killed over it."""


def is_gone(worker: str) -> bool:
    """Whether a worker of this machine has ended. Of other machines nothing is known."""
    host, number, _token = worker.rsplit(":", 2)
    if host != HOST or worker == ME:
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # it lives, as somebody else's
    return False


def put_back() -> None:
    """Make ready again what was lost."""
    if not DBTaskResult.objects.running().exists():
        return  # without keeping any writer of SQLite waiting
    with transaction.atomic():
        too_long_ago = timezone.now() - LONGEST
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if task.started_at > too_long_ago and not is_gone(task.worker_ids[-1]):
                continue
            if len(task.worker_ids) >= MOST_WORKERS:
                task.set_failed(LostWithItsWorkers())
            else:
                task.status = TaskResultStatus.READY
                task.save(update_fields=["status"])
