"""In which order what is found is answered, however far apart in time it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import Newsroom
from tests.search.asked import everything_found
from tests.search.generated import Made
from tests.search.stock import FIRST, Stock

LATE = FIRST + timedelta(days=3650)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", ["跨年", "跨年度", "跨"])
@pytest.mark.parametrize("size", [2, 20])
def test_what_is_years_apart_is_found_in_order(monkeypatch: pytest.MonkeyPatch, word: str, size: int) -> None:
    """Whatever part of time the index is asked for at once."""
    monkeypatch.setattr("tests.search.stock.APART", timedelta(days=20))
    for name, value in {"PAGE_SIZE": size, "_MOST": size + 1, "SAMPLE": size + 1}.items():
        monkeypatch.setattr(f"bulletins.search.finding.{name}", value)
    made = [
        Made("跨年度行动" if n % 5 == 0 else "标题", "", ["跨年度的话。" if n % 3 else "别的话。"])
        for n in range(60)
    ]
    releases = Stock(Newsroom()).add(made)
    heads = [release.pk for n, release in enumerate(releases) if n % 5 == 0]
    rest = [release.pk for n, release in enumerate(releases) if n % 5 and n % 3]
    assert everything_found(word, at=LATE, newest_first=True) == sorted(heads + rest, reverse=True)
    assert everything_found(word, at=LATE) == heads[::-1] + rest[::-1]
