"""Several who append at once, each over a connection of their own: one line, without a gap and without a fork."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Membership
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, LogEntry, LogHead
from bulletins.records.verifying import Log, faults
from tests.factories import Newsroom
from units import telling
from units.models import Unit, renamed

TIMES = 12


@pytest.mark.django_db(transaction=True)
def test_steps_and_settings_at_once_make_one_chain_and_wait_for_nobody_in_a_circle() -> None:
    newsroom = Newsroom()
    articles = [newsroom.draft() for _ in range(3)]
    begun = LogHead.objects.get().sequence
    start = Barrier(4)

    def steps(article: Article) -> None:
        for _time in range(TIMES // 2):
            for verb in ("submit", "recall"):
                workflow.perform(verb, Article.objects.get(pk=article.pk), actor=newsroom.correspondent)

    def settings() -> None:
        """A unit is renamed, which enters what it released in the search anew, and a role is given and taken."""
        for _time in range(TIMES // 2):
            with telling.together():
                unit = Unit.objects.get(pk=newsroom.station.pk)
                unit.save()
                renamed.send(sender=Unit, unit=unit)
            with telling.together():
                held = Membership.objects.create(
                    user=newsroom.chief, role=Role.AUDITOR, unit=newsroom.station
                )
                held.delete()

    def run(deed: Any) -> None:
        try:
            start.wait(timeout=10)
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as people:
        deeds = [lambda article=article: steps(article) for article in articles]
        list(people.map(run, [*deeds, settings]))
    log = Log()
    assert list(faults(log)) == []
    # Steps of three articles; the unit, and a role that came and went.
    assert log.entries == LogEntry.objects.count() == begun + 3 * TIMES + 3 * (TIMES // 2)
