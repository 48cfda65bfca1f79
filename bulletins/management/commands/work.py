"""Do what is done beside the desk, until told to stop."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bulletins.tasks.worker import Worker

# Seconds between one look at what is ready and the next.
PAUSE = 1.0


class Command(BaseCommand):
    help = (
        "Do what is done beside the desk, until it is told to stop: it ends what it has begun. Several may work at "
        "once, and what one leaves that is killed is taken up by the next."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process does that began it"
        )
        parser.add_argument("--beat", type=Path, metavar="FILE", help="touch this file as long as it works")

    def handle(self, *args: Any, once: bool, with_parent: bool, beat: Path | None, **options: Any) -> None:
        worker = Worker()
        parent = os.getppid()
        stopped = False

        def stop(*_: Any) -> None:
            nonlocal stopped
            stopped = True
            worker.stop()

        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, stop)
        while not (stopped or (with_parent and os.getppid() != parent)):
            is_left = worker.turn()
            if beat:
                beat.touch()
            if once and not is_left:
                break
            if not is_left:
                time.sleep(PAUSE)
