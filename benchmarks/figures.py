"""The page of figures over 200,000 noted findings, in a database that is thrown away.

python -m benchmarks.figures                                          on SQLite
.venv/bin/python bin/with-postgres python -m benchmarks.figures         on PostgreSQL
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import groupby, islice

from benchmarks.measure import median_ms, verdict, with_django

# Five years of an office with 150 units: 24,000 stories, each submitted, passed three times and released.
UNITS, STORIES, FINDINGS = 150, 24_000, 200_000
FIRST, DAYS = date(2021, 1, 1), 5 * 365
VERBS = ("submit", "pass", "pass", "pass", "release")
MOST_MONTH_MS, MOST_YEAR_MS = 250, 1_000


def fill() -> list[int]:
    """Units, stories, their steps and what was noted at each; ids of the units."""
    from datetime import datetime

    from django.utils import timezone

    from accounts.models import User
    from bulletins.figures import CHECK_NAMES
    from bulletins.models import Article, NotedFinding, Transition
    from units.models import Unit

    chance = random.Random(1)
    user = User.objects.create_user("somebody", name="民警")
    bureau = Unit.objects.create(name="市公安局", short_name="市局", slug="bureau", kind="bureau")
    units = [bureau.pk]
    for n in range(UNITS - 1):
        parent = Unit.objects.get(pk=units[n // 10])
        name = f"第{n}派出所"
        units.append(
            Unit.objects.create(
                name=name, short_name=name, slug=f"u-{n}", kind="station", parent=parent, position=n
            ).pk
        )
    days = sorted(FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(STORIES))
    Article.objects.bulk_create(
        (
            Article(
                number=f"XX-{day.year}-{n:06d}", unit_id=chance.choice(units), author=user, stage="settled"
            )
            for n, day in enumerate(days)
        ),
        batch_size=1000,
    )
    articles = list(Article.objects.order_by("number"))
    lines = [
        Transition(
            article=article,
            verb=verb,
            actor=user,
            at=timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=9 + step),
            to_stage="settled",
        )
        for article, day in zip(articles, days, strict=True)
        for step, verb in enumerate(VERBS)
    ]
    Transition.objects.bulk_create(lines, batch_size=1000)
    noted = islice(_noted(chance, list(CHECK_NAMES)), FINDINGS)
    while batch := list(islice(noted, 1000)):
        NotedFinding.objects.bulk_create(batch)
    return units


def _noted(chance: random.Random, checks: list[str]):  # type: ignore[no-untyped-def]
    """Over and over the same stories, since some have many slips; fewer are left at each step."""
    from bulletins.models import NotedFinding, Transition

    lines = Transition.objects.order_by("article", "pk").select_related("article")
    while True:
        for _article, steps in groupby(lines.iterator(), key=lambda line: line.article_id):
            slips = [chance.choice(checks) for _ in range(chance.choice((0, 1, 2, 4)))]
            for line in steps:
                for check in slips:
                    yield NotedFinding(
                        transition=line,
                        unit_id=line.article.unit_id,
                        verb=line.verb,
                        at=line.at,
                        check_name=check,
                        key=check,
                        severity=chance.choice(("block", "warn", "warn", "info")),
                        passage="body",
                        start=0,
                        end=1,
                        mark="0" * 64,
                        was_overridden=line.verb == "release" and chance.random() < 0.2,
                    )
                slips = [check for check in slips if chance.random() < 0.8]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bulletins-figures-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/figures.sqlite3")
        with_django()
        from django.core.management import call_command
        from django.db import connection

        from bulletins.figures import HandedIn, Period
        from bulletins.models import NotedFinding

        call_command("migrate", verbosity=0)
        units = fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}: {NotedFinding.objects.count()} noted findings, {STORIES} stories")
        kept = True
        for said, first, days, most in (
            ("a month, every unit", date(2025, 3, 1), 30, MOST_MONTH_MS),
            ("a year, every unit", date(2024, 1, 1), 365, MOST_YEAR_MS),
            ("a year, ten units", date(2024, 1, 1), 365, MOST_YEAR_MS),
        ):
            period = Period(first, first + timedelta(days=days))
            wanted = set(units[-10:] if "ten" in said else units)
            middle, _worst = median_ms(
                lambda p=period, w=wanted: HandedIn(w, p).of(w), runs=7, clock=time.perf_counter
            )  # type: ignore[misc]
            kept &= verdict(said, middle, most)
        connection.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
