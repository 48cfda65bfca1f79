"""One worker: goes the rounds that are due, does the tasks that are ready, and lets neither wait for the other."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from django.db import close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from bulletins.tasks.lost import ME
from bulletins.tasks.rounds import ROUNDS, Round

logger = logging.getLogger("bulletins.tasks")

# So many tasks are done before the rounds have their turn again.
MOST_AT_ONCE = 20


class Worker:
    def __init__(self, rounds: Sequence[Round] = ROUNDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.due = dict.fromkeys(rounds, clock())
        self._tasks: db_worker.Worker | None = None

    def turn(self) -> bool:
        """Whether something is left to do at once. Whatever fails is told to the log, and the rest is done."""
        close_old_connections()
        for each, since in self.due.items():
            if since <= self.clock():
                self._go(each)
                self.due[each] = self.clock() + each.seconds
        is_left = self._do_tasks()
        close_old_connections()
        return is_left

    def stop(self) -> None:
        """After the task that is being done now. For handlers of signals."""
        if self._tasks:
            self._tasks.running = False

    def _go(self, each: Round) -> None:
        try:
            each.go()
        except Exception:
            logger.exception("%s failed and is done again in its time", each.go.__qualname__)

    def _do_tasks(self) -> bool:
        try:
            ready = DBTaskResult.objects.ready()
            if not ready.exists():  # asked without keeping any writer of SQLite waiting
                return False
            self._tasks = db_worker.Worker(
                queue_names=["*"],
                excluded_queue_names=[],
                interval=0,
                batch=True,
                backend_name=DEFAULT_TASK_BACKEND_ALIAS,
                startup_delay=False,
                max_tasks=MOST_AT_ONCE,
                worker_id=ME,
            )
            self._tasks.run()
            return ready.exists()
        except Exception as error:  # the database went away, or is kept by somebody: later
            logger.error("tasks could not be fetched: %r", error)
            return False
