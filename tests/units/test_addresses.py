"""Addresses that were public once go on leading to their owner."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_campaign, make_unit
from units.addresses import RESERVED_SLUGS
from units.models import FormerSlug, Unit

pytestmark = pytest.mark.django_db


def renamed(unit: Unit, slug: str) -> Unit:
    FormerSlug.remember(unit, unit.slug)
    unit.slug = slug
    unit.save()
    return unit


def test_the_present_address_leads_to_the_unit() -> None:
    unit = make_unit(slug="guanghe")
    assert Unit.objects.at_address("guanghe") == (unit, True)


def test_a_former_address_leads_to_the_unit_and_says_that_it_is_old() -> None:
    unit = renamed(make_unit(slug="guanghe"), "guanghe-lu")
    assert Unit.objects.at_address("guanghe") == (unit, False)


def test_an_address_that_never_was_leads_nowhere() -> None:
    assert Unit.objects.at_address("nowhere") == (None, False)


def test_every_former_address_goes_on_leading_there() -> None:
    unit = renamed(renamed(make_unit(slug="one"), "two"), "three")
    assert [Unit.objects.at_address(slug) for slug in ("one", "two", "three")] == [
        (unit, False),
        (unit, False),
        (unit, True),
    ]


def test_a_unit_may_take_its_old_address_back() -> None:
    unit = renamed(renamed(make_unit(slug="one"), "two"), "one")
    unit.clean()
    assert Unit.objects.at_address("one") == (unit, True)


def test_another_unit_may_not_take_an_address_that_still_redirects() -> None:
    renamed(make_unit(slug="one"), "two")
    other = make_unit()
    other.slug = "one"
    with pytest.raises(ValidationError) as refusal:
        other.clean()
    assert "slug" in refusal.value.message_dict


def test_a_campaign_may_have_the_former_address_of_a_unit() -> None:
    renamed(make_unit(slug="one"), "two")
    make_campaign(slug="one").clean()


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
def test_words_that_are_addresses_of_their_own_are_refused(word: str) -> None:
    with pytest.raises(ValidationError):
        make_unit(slug=word).clean()
