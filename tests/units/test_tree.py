"""The tree of units: who stands above whom, and that nothing stands above itself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db


def tree(parents: list[int]) -> list[Unit]:
    """Unit 0 stands at the top; unit n+1 below unit `parents[n] % (n+1)`."""
    units = [make_unit()]
    for n, parent in enumerate(parents):
        units.append(make_unit(parent=units[parent % (n + 1)]))
    return units


def above(unit: Unit) -> list[int]:
    """The long way round: one parent after the other."""
    found = [unit.pk]
    while unit.parent_id:
        unit = Unit.objects.get(pk=unit.parent_id)
        found.insert(0, unit.pk)
    return found


shapes = st.lists(st.integers(0, 50), max_size=7)
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(shapes)
def test_the_lineage_is_the_chain_of_parents_from_the_top(parents: list[int]) -> None:
    for unit in tree(parents):
        assert [ancestor.pk for ancestor in unit.lineage()] == above(unit)


@few
@given(shapes, st.integers(0, 50), st.integers(0, 50))
def test_no_move_that_passes_clean_makes_a_circle(parents: list[int], which: int, where: int) -> None:
    units = tree(parents)
    unit, target = units[which % len(units)], units[where % len(units)]
    stands_below = unit.pk in above(target)
    unit.parent = target
    try:
        unit.clean()
    except ValidationError as refusal:
        assert stands_below
        assert set(refusal.message_dict) == {"parent"}
    else:
        assert not stands_below


def test_a_unit_stands_in_its_own_lineage_last() -> None:
    bureau = make_unit()
    station = make_unit(parent=make_unit(parent=bureau))
    assert station.lineage()[0] == bureau
    assert station.lineage()[-1] == station


def test_a_unit_with_units_below_it_is_not_deleted() -> None:
    bureau = make_unit()
    make_unit(parent=bureau)
    with pytest.raises(ProtectedError):
        bureau.delete()


def test_the_tree_is_read_from_the_top_in_the_order_given() -> None:
    bureau = make_unit("市局")
    second = make_unit("二分局", parent=bureau, position=2)
    first = make_unit("一分局", parent=bureau, position=1)
    below_first = make_unit("一所", parent=first)
    assert list(Unit.objects.with_tree_fields()) == [bureau, first, below_first, second]


@pytest.mark.parametrize(
    ("opened", "closed", "is_active"),
    [
        (None, None, True),
        (date(2026, 5, 1), None, True),
        (date(2026, 5, 2), None, False),
        (None, date(2026, 5, 1), False),
        (None, date(2026, 5, 2), True),
        (date(2020, 1, 1), date(2021, 1, 1), False),
    ],
)
def test_a_unit_exists_from_its_first_day_until_the_day_it_is_closed(
    opened: date | None, closed: date | None, is_active: bool
) -> None:
    unit = make_unit(opened_on=opened, closed_on=closed)
    on = date(2026, 5, 1)
    assert unit.is_active(on=on) == is_active
    assert (unit in Unit.objects.active(on=on)) == is_active


def test_the_database_refuses_a_unit_that_closed_before_it_opened() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_unit(opened_on=date(2026, 5, 1), closed_on=date(2026, 5, 1))


@pytest.mark.parametrize("aliases", ["一所", [""], [1], {"a": "b"}])
def test_other_names_are_a_list_of_names(aliases: object) -> None:
    unit = make_unit()
    unit.aliases = aliases
    with pytest.raises(ValidationError) as refusal:
        unit.clean()
    assert "aliases" in refusal.value.message_dict
