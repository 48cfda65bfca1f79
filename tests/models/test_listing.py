"""Public lists: which release stands in which, and that a list is one range of one index."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from taggit.models import Tag

from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Listing, Release, Stage
from bulletins.models.listing import (
    ALL,
    campaign_shelf,
    correspondent_shelf,
    kind_shelf,
    month_shelf,
    shelves_of,
    tag_shelf,
    unit_shelf,
)
from tests.factories import Newsroom, make_campaign, make_correspondent, make_unit, make_user
from units.models import FormerSlug, moved

AT = datetime(2021, 12, 23, 1, tzinfo=UTC)
AFTER = AT + timedelta(days=60)


def shelves(release: Release) -> set[str]:
    return set(Listing.objects.filter(release=release).values_list("shelf", flat=True))


def test_a_release_stands_in_every_list_that_its_content_names(newsroom: Newsroom) -> None:
    campaign, person = make_campaign("禁毒"), make_correspondent("李四")
    article = newsroom.draft(at=AT, campaigns=[campaign], tags=["反诈", "护校"], kind="brief")

    def write(article: object) -> None:
        article.credits.create(correspondent=person, position=2)  # type: ignore[attr-defined]

    workflow.perform("edit", article, actor=newsroom.correspondent, at=AT, write=write)
    workflow.perform("submit", article, actor=newsroom.correspondent, at=AT)
    while article.stage != Stage.APPROVED:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage), at=AT)
    workflow.perform("release", article, actor=newsroom.chief, at=AT)
    assert shelves(article.releases.get()) == {
        ALL,
        kind_shelf("brief"),
        unit_shelf(newsroom.station),
        unit_shelf(newsroom.station, own=True),
        unit_shelf(newsroom.bureau),
        campaign_shelf(campaign),
        tag_shelf(Tag.objects.get(name="反诈")),
        tag_shelf(Tag.objects.get(name="护校")),
        correspondent_shelf(person),
        month_shelf(2021, 12),
    }


@pytest.mark.parametrize(
    ("published", "shelf"),
    [
        (datetime(2021, 12, 31, 15, 59, 59, tzinfo=UTC), month_shelf(2021, 12)),
        (datetime(2021, 12, 31, 16, 0, 0, tzinfo=UTC), month_shelf(2022, 1)),
    ],
)
def test_a_month_begins_at_midnight_in_shanghai(newsroom: Newsroom, published: datetime, shelf: str) -> None:
    release = newsroom.released(at=published)
    assert {name for name in shelves(release) if name.startswith("month/")} == {shelf}


def test_a_campaign_and_a_person_are_found_after_their_address_was_changed(newsroom: Newsroom) -> None:
    campaign = make_campaign("禁毒")
    release = newsroom.released(at=AT, campaigns=[campaign])
    FormerSlug.remember(campaign, campaign.slug)
    campaign.slug = "anti-drugs"
    campaign.save()
    assert campaign_shelf(campaign) in shelves_of(release)


def test_what_a_moved_unit_released_stands_in_the_lists_of_the_units_above_it_now(newsroom: Newsroom) -> None:
    squad = make_unit("一中队", parent=newsroom.station)
    new_parent = make_unit("高新区分局", parent=newsroom.bureau)
    release = newsroom.released(at=AT, unit=squad, actor=make_user(Role.CORRESPONDENT, squad))
    newsroom.station.parent = new_parent
    newsroom.station.save()
    moved.send(sender=type(squad), unit=newsroom.station)
    assert {shelf for shelf in shelves(release) if shelf.startswith("unit/")} == {
        unit_shelf(unit) for unit in (squad, newsroom.station, new_parent, newsroom.bureau)
    }


def test_put_up_twice_it_stands_in_a_list_once(newsroom: Newsroom) -> None:
    release = newsroom.released(at=AT)
    before = shelves(release)
    Listing.objects.put_up(release)
    assert shelves(release) == before
    assert Listing.objects.filter(shelf=ALL).count() == 1


@pytest.mark.django_db(transaction=True)
def test_put_up_by_many_at_once_it_stands_in_a_list_once() -> None:
    release = Newsroom().released(at=AT)
    before = shelves(release)

    def put_up(_: int) -> None:
        try:
            with transaction.atomic():
                Listing.objects.put_up(release)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        list(people.map(put_up, range(18)))
    assert shelves(release) == before
    assert Listing.objects.count() == len(before)


def test_taken_down_it_stands_in_no_list_and_others_stay(newsroom: Newsroom) -> None:
    gone, kept = newsroom.released(at=AT), newsroom.released(at=AT)
    Listing.objects.take_down(Release.objects.filter(pk=gone.pk))
    assert shelves(gone) == set()
    assert ALL in shelves(kept)


def test_what_a_fixture_brought_is_entered_and_what_is_not_public_is_not(newsroom: Newsroom) -> None:
    live, withdrawn = newsroom.released(at=AT), newsroom.withdrawn(at=AT)
    Listing.objects.all().delete()
    Listing.objects.complete(at=AFTER)
    assert ALL in shelves(live)
    assert shelves(withdrawn) == set()


def test_rebuilding_takes_down_what_is_not_public_any_more(newsroom: Newsroom) -> None:
    release = newsroom.released(at=AT)
    Release.objects.update(withdrawn_at=AT)
    Listing.objects.rebuild(Release.objects.all(), at=AFTER)
    assert shelves(release) == set()


def test_the_sample_page_stands_in_its_lists_once_however_often_it_is_loaded(db: None) -> None:
    call_command("loaddata", "sample_page", verbosity=0)
    once = sorted(Listing.objects.values_list("shelf", "release__number"))
    call_command("loaddata", "sample_page", verbosity=0)
    assert sorted(Listing.objects.values_list("shelf", "release__number")) == once
    assert Release.objects.on_shelf(ALL, at=datetime(2026, 1, 1, tzinfo=UTC)).count() == 8


def test_a_list_has_the_newest_first_and_of_two_at_a_time_the_later_made(newsroom: Newsroom) -> None:
    first, second = newsroom.released(at=AT), newsroom.released(at=AT)
    older = newsroom.released(at=AT - timedelta(days=1))
    assert list(Release.objects.on_shelf(ALL, at=AFTER)) == [second, first, older]


def test_a_list_goes_on_below_the_last_one_seen_without_gap_or_repetition(newsroom: Newsroom) -> None:
    made = [newsroom.released(at=AT - timedelta(days=day)) for day in (0, 0, 0, 1, 2)]
    seen: list[Release] = []
    place = None
    while page := list(Release.objects.on_shelf(ALL, at=AFTER, before=place)[:2]):
        seen += page
        place = (page[-1].published_at, page[-1].pk)
    assert seen == [made[2], made[1], made[0], made[3], made[4]]


def fill_lists(newsroom: Newsroom, count: int) -> None:
    """So many releases in the list of all that a database thinks about how to read it."""
    model = newsroom.released(at=AT)
    fields = {field.attname: getattr(model, field.attname) for field in Release._meta.fields}
    releases = Release.objects.bulk_create(
        Release(**(fields | {"id": None, "sequence": n, "published_at": AT - timedelta(minutes=n)}))
        for n in range(2, count)
    )
    Listing.objects.bulk_create(
        Listing(shelf=shelf, release=release, published_at=release.published_at)
        for release in releases
        for shelf in (ALL, kind_shelf("news"))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.parametrize("before", [None, (AT - timedelta(days=1), 5)], ids=["first page", "a later page"])
def test_a_list_is_read_from_its_index_and_not_sorted(
    newsroom: Newsroom, before: tuple[datetime, int] | None
) -> None:
    fill_lists(newsroom, 3000)
    plan = Release.objects.on_shelf(ALL, at=AFTER, before=before)[:21].explain()
    assert "listing_of_shelf" in plan
    assert not [word for word in ("Sort", "TEMP B-TREE", "SCAN", "Seq Scan") if word in plan], plan


@pytest.mark.parametrize("before", [None, (AT, 5)], ids=["first page", "a later page"])
def test_a_list_is_one_query(
    newsroom: Newsroom, django_assert_num_queries: object, before: tuple[datetime, int] | None
) -> None:
    newsroom.released(at=AT)
    with django_assert_num_queries(1):  # type: ignore[operator]
        list(Release.objects.on_shelf(ALL, at=AFTER, before=before)[:21])
