"""The search: recall and precision on 10,000 articles, and the time of its page on 100,000, on whichever database.

python -m benchmarks.search                                   on SQLite
python bin/with-postgres python -m benchmarks.search          on PostgreSQL
Options: recall | times, to measure only one of them. Each makes a database of its own, gone afterwards.
Of the page both are said, how long it took and how much of that processors worked for it (on Linux, PostgreSQL included): on
a machine that does other things besides, the first says more of those.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import quote

from benchmarks.measure import verdict, with_django

RECALL, TIMES = 10_000, 100_000
EACH, ASKED, MOST_MS = 200, 400, 50
LENGTH = 700
# Millions of hits are read to the last: on pages of twenty, each of which asks anew, that takes the better part of an hour.
LONG_PAGES = {"PAGE_SIZE": 1000, "_MOST": 1001, "SAMPLE": 2000}


@contextmanager
def empty_database() -> Iterator[None]:
    """A file that is gone afterwards, or the PostgreSQL of bin/with-postgres, emptied before."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    yield
    connection.close()


def settle() -> None:
    """What a database does by itself in the night after so much was written."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def recall() -> bool:
    from tests.factories import Newsroom
    from tests.search.asked import Truth, everything_found, queries
    from tests.search.generated import Maker
    from tests.search.stock import FIRST, Stock

    maker, truth, stock = Maker(), Truth(), Stock(Newsroom())
    articles = [maker.article(LENGTH) for _ in range(RECALL - 1)]
    made = stock.add(articles, credits=[], tags=[])
    names = [[unit.name, unit.short_name, stock.model.content["unit"]["name"]] for unit in stock.units]
    for release, article in zip(made, articles, strict=True):
        truth.enter(release.pk, [*article.lines, *names[stock.units.index(release.unit)]])
    model = stock.model
    truth.enter(model.pk, [*model.content["headline"], model.text, "张三", *names[0]])
    settle()
    at = FIRST.replace(year=FIRST.year + 9)
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for kind, text in queries(Maker(seed=9), articles, EACH):
        with mock.patch.multiple("bulletins.search.finding", **LONG_PAGES):
            found = set(everything_found(text, at=at))
        true = truth.holding(text)
        missed[kind] += len(true - found)
        wrong[kind] += len(found - true)
        held[kind] += len(true)
    print(f"{RECALL:,} articles of {LENGTH} characters, {EACH} queries of each kind")
    for kind in held:
        print(f"  {kind}: {held[kind]:,} to be found, {missed[kind]} missed, {wrong[kind]} wrong")
    return not missed.total() and not wrong.total()


class Stopwatch:
    """Milliseconds since it was made: on the clock, and of processor time of this process and of its PostgreSQL."""

    def __init__(self, backend: int | None) -> None:
        self.backend = backend
        self.begun = self._now()

    def _now(self) -> tuple[float, float]:
        served = 0.0
        if self.backend is not None:
            served = int(Path(f"/proc/{self.backend}/schedstat").read_text().split()[0]) / 1e9
        return time.perf_counter(), time.process_time() + served

    def read(self) -> tuple[float, float]:
        (clock, worked), (began, before) = self._now(), self.begun
        return (clock - began) * 1000, (worked - before) * 1000


def backend() -> int | None:
    """The process that answers on PostgreSQL, if it is on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql" or not Path("/proc/self/schedstat").exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def times() -> bool:
    from django.test import Client, override_settings

    from tests.factories import Newsroom
    from tests.search.asked import queries
    from tests.search.generated import Maker
    from tests.search.stock import Stock

    maker, stock = Maker(), Stock(Newsroom())
    begun = time.monotonic()
    some = [maker.article(LENGTH) for _ in range(1000)]
    stock.add((maker.article(LENGTH) for _ in range(TIMES)), tags=["平安"])
    print(f"{TIMES:,} articles of {LENGTH} characters entered in {time.monotonic() - begun:.0f} s")
    settle()
    asked = queries(Maker(seed=9), some, ASKED // 5)
    Maker(seed=4).chance.shuffle(asked)
    taken: dict[str, list[tuple[float, float]]] = {}
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.get("/search/?q=民警")
        for n, (kind, text) in enumerate(asked):
            more = "&order=newest" if n % 5 == 1 else "&kind=news" if n % 5 == 2 else ""
            watch = Stopwatch(backend())
            answer = client.get(f"/search/?q={quote(text)}{more}")
            taken.setdefault(kind, []).append(watch.read())
            assert answer.status_code == 200
    for kind, values in taken.items():
        clock, worked = (list(column) for column in zip(*values, strict=True))
        print(f"  {kind}: median {statistics.median(clock):.1f} ms, longest {max(clock):.1f} ms", end="")
        print(f" (processors: {statistics.median(worked):.1f} and {max(worked):.1f} ms)")
    clock, worked = (
        statistics.quantiles([value[column] for values in taken.values() for value in values], n=20)[-1]
        for column in (0, 1)
    )
    print(f"  p95 of the processors' time: {worked:.1f} ms")
    return verdict(f"the page of the search, p95 of {len(asked)}", clock, MOST_MS)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="bulletins-benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        with_django()
        kept = []
        for measure in (recall, times):
            if not arguments or measure.__name__ in arguments:
                with empty_database():
                    kept.append(measure())
                if "sqlite" in os.environ["DATABASE_URL"]:
                    start_anew(folder)
    return not all(kept)


def start_anew(folder: str) -> None:
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
