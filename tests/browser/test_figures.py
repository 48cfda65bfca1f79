"""The figures of what checks find, as they look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.people import Person
from tests.factories import Newsroom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]

Desk = Callable[..., Person]


def test_bars_of_one_table_begin_one_below_the_other(newsroom: Newsroom, at_desk: Desk) -> None:
    newsroom.submitted(body="<p>2021 年 12 月 23 日。联系人手机13812345678。</p>")
    newsroom.submitted(body="<p>2021 年 12 月 23 日。</p>")
    person = at_desk(newsroom.auditor)
    person.goes_to("/desk/figures/")
    person.reads("100", "50")
    left = "meters => meters.map(meter => Math.round(meter.getBoundingClientRect().left))"
    bars = person.page.locator("table", has_text="文中空格").last.locator("meter").evaluate_all(left)
    assert len(bars) >= 2 and len(set(bars)) == 1
