"""A process that says one verb and may be killed while it does. Whatever is slow to load, the server of forks has loaded."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import connection

from accounts.models import User
from bulletins import workflow
from bulletins.models import Article

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.workflow.dying"])


def _say(database: str, verb: str, article: int, actor: int, tell: Connection) -> None:
    connection.settings_dict["NAME"] = database
    one, by = Article.objects.get(pk=article), User.objects.get(pk=actor)
    tell.send("begins")
    workflow.perform(verb, one, actor=by, reason="有误", notice="已撤下。")


def say(verb: str, article: Article, actor: User, *, killed_after: float | None = None) -> float:
    """Seconds that it took; with `killed_after` it is killed so many seconds after it began, if it still goes on then."""
    hears, tells = FORKS.Pipe(duplex=False)
    database = str(connection.settings_dict["NAME"])
    process = FORKS.Process(target=_say, args=(database, verb, article.pk, actor.pk, tells))
    process.start()
    tells.close()
    assert hears.recv() == "begins"
    began = time.monotonic()
    if killed_after is not None:
        time.sleep(killed_after)
        process.kill()
    process.join()
    assert process.exitcode == 0 or (killed_after is not None and process.exitcode == -signal.SIGKILL)
    return time.monotonic() - began
