"""No answer asks more of the database when there are more stories, none counts or skips, and none reads what is not public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from bulletins.models import Release, public_tables
from tests.interchange.world import ADDRESSES
from tests.kept import kept_for_a_module
from tests.public.test_cost import INDEX, RECURSION, TABLE, Asked, Growing, asked
from tests.public.world import THEN

LIMIT = 8
NAMES = sorted(ADDRESSES)


class Machine(Growing):
    def address(self, name: str) -> str:
        return ADDRESSES[name].format(number=self.release.number)


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """What each answer asked when there were 1, 10 and 1,000 stories, and one had been withdrawn."""
    with kept_for_a_module(django_db_blocker):
        growing = Machine()
        growing.site.withdraw(growing.site.published("撤下的"))
        by_count = {}
        for count in (1, 10, 1000):
            growing.grow_to(count)
            by_count[count] = {name: asked(growing.address(name)) for name in NAMES}
        yield Asked(growing, by_count)


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_asks_hardly_more_of_a_thousand_stories_than_of_ten(answers: Asked, name: str) -> None:
    # A full feed asks one question more: whether an older story was corrected. So does a search that finds more than it
    # counts: which of all that fit have the words in their headline.
    more = 1 if "feeds/" in ADDRESSES[name] or name == "search" else 0
    assert len(answers.by_count[1000][name]) <= len(answers.by_count[10][name]) + more


@pytest.mark.parametrize("count", [1, 10, 1000])
@pytest.mark.parametrize("name", NAMES)
def test_no_answer_asks_more_than_eight_questions(answers: Asked, name: str, count: int) -> None:
    assert len(answers.by_count[count][name]) <= LIMIT, "\n".join(answers.by_count[count][name])


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_reads_public_tables_only(answers: Asked, name: str) -> None:
    read = {table for sql in answers.by_count[1000][name] for table in TABLE.findall(sql)}
    assert read
    assert read - RECURSION - INDEX <= set(public_tables())


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_counts_or_skips(answers: Asked, name: str) -> None:
    for sql in answers.by_count[1000][name]:
        assert "COUNT(" not in sql.upper()
        assert "OFFSET" not in sql.upper()


def test_what_was_withdrawn_lately_is_found_by_its_index(answers: Asked) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL plans by what it knows of the table
    lately = Release.objects.withdrawn(at=THEN).filter(withdrawn_at__gt=THEN).order_by("-withdrawn_at")
    assert "release_withdrawn_lately" in lately[:100].explain()
