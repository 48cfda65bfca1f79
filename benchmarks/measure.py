"""How long something takes: the median over several runs. A machine does other things besides, so what asks no database
and no disk is timed by the processor's clock.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "fixtures" / "sample-page.txt"


def with_django() -> None:
    """Make the code importable. No database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("BULLETINS_MODE", "development")
    import django

    django.setup()


def median_ms(
    work: Callable[[], object], *, runs: int = 21, clock: Callable[[], float] = time.process_time
) -> tuple[float, float]:
    """Median and longest, in milliseconds; the first run is not counted."""
    work()
    times = []
    for _ in range(runs):
        begun = clock()
        work()
        times.append((clock() - begun) * 1000)
    return statistics.median(times), max(times)


def article(length: int) -> str:
    """So many characters of the sample page, over again if need be, its cut lines joined."""
    page = PAGE.read_text(encoding="utf-8").replace("\n\n", "\f").replace("\n", "").replace("\f", "\n")
    return (page * (length // len(page) + 1))[:length]


def invented_words(number: int, *, seed: int = 1) -> list[str]:
    """Words of two to six letters out of the letters of the sample page: they begin like its own."""
    chance = random.Random(seed)
    letters = [letter for letter in PAGE.read_text(encoding="utf-8") if "\u4e00" <= letter <= "\u9fff"]
    words: dict[str, None] = {}
    while len(words) < number:
        words["".join(chance.choices(letters, k=chance.randrange(2, 7)))] = None
    return list(words)


def verdict(said: str, value: float, most: float, unit: str = "ms") -> bool:
    is_kept = value <= most
    print(f"{said}: {value:.1f} {unit} (at most {most:g}) {'ok' if is_kept else 'TOO MUCH'}")
    return is_kept
