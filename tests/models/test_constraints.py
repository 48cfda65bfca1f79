"""What the database itself refuses, whichever door it comes through, and what is answered where nothing is set."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bulletins.models import Article, Campaign, Kind, Page, Route, SiteProfile, Stage
from tests.factories import Newsroom, make_campaign, make_correspondent

DAY = date(2021, 12, 23)


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.draft()


def page() -> Page:
    return Page.objects.get_or_create(date=DAY, number=4)[0]


def place(article: Article, **cells: int) -> object:
    return page().placements.create(article=article, **cells)


REFUSED: dict[str, Callable[[Article], object]] = {
    "a credit without a name": lambda a: a.credits.create(),
    "a photo without a file that is not missing": lambda a: a.photos.create(),
    "a photo with a file that is missing": lambda a: a.photos.create(is_missing=True, sha256="a" * 64),
    "a photo cut around half a point": lambda a: a.photos.create(sha256="a" * 64, focus_y=30),
    "a photo cut around the other half of one": lambda a: a.photos.create(sha256="a" * 64, focus_x=30),
    "a photo cut around a point that pages do not know": lambda a: a.photos.create(
        sha256="a" * 64, focus_x=37, focus_y=50
    ),
    "a photo cut around a point outside": lambda a: a.photos.create(sha256="a" * 64, focus_x=105, focus_y=50),
    "a number given twice": lambda a: Article.objects.create(number=a.number, unit=a.unit, author=a.author),
    "a campaign that ends before it starts": lambda a: make_campaign(
        starts_on=DAY, ends_on=date(2021, 12, 22)
    ),
    "two campaigns of a name": lambda a: [make_campaign("禁毒"), make_campaign("禁毒")],
    "two pages of a number on a day": lambda a: [page(), Page.objects.create(date=DAY, number=4)],
    "an article twice on a page": lambda a: [place(a), place(a)],
    "a placement over the right edge": lambda a: place(a, column=8, width=6),
    "a placement left of the first column": lambda a: place(a, column=0, width=6),
    "two site profiles": lambda a: [SiteProfile.objects.create(), SiteProfile.objects.create()],
    "two routes of a kind": lambda a: [Route.objects.create(kind="wanted") for _ in range(2)],
}
ALLOWED: dict[str, Callable[[Article], object]] = {
    "a credit in free text": lambda a: a.credits.create(name="张三", position=2),
    "a credit of a correspondent": lambda a: a.credits.create(correspondent=make_correspondent()),
    "a photo that is said to be missing": lambda a: a.photos.create(is_missing=True),
    "a photo with a file": lambda a: a.photos.create(sha256="a" * 64),
    "a photo cut around a point": lambda a: a.photos.create(sha256="a" * 64, focus_x=0, focus_y=100),
    "a campaign of one day": lambda a: make_campaign(starts_on=DAY, ends_on=DAY),
    "a placement up to the right edge": lambda a: place(a, column=7, width=6),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(article: Article, what: str) -> None:
    Route.objects.filter(kind="wanted").delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](article)


@pytest.mark.parametrize("what", ALLOWED)
def test_the_database_takes(article: Article, what: str) -> None:
    assert ALLOWED[what](article)


def test_a_campaign_that_ends_before_it_starts_is_told_so_beside_the_field(db: None) -> None:
    with pytest.raises(ValidationError):
        Campaign(name="禁毒", slug="a", starts_on=DAY, ends_on=date(2021, 12, 22)).full_clean()


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (None, None, "standing"),
        (date(2021, 12, 24), None, "coming"),
        (DAY, DAY, "running"),
        (None, DAY, "running"),
        (None, date(2021, 12, 22), "ended"),
    ],
)
def test_a_campaign_runs_from_its_first_day_to_its_last(
    db: None, starts: date | None, ends: date | None, state: str
) -> None:
    campaign = make_campaign(starts_on=starts, ends_on=ends)
    assert campaign.state(on=DAY) == state
    assert Campaign.objects.running(on=DAY).exists() == (state in {"standing", "running"})


def test_a_kind_without_a_route_takes_all_three_steps(db: None) -> None:
    Route.objects.all().delete()
    assert Route.objects.steps_for(Kind.NEWS) == [
        Stage.UNIT_REVIEW,
        Stage.DESK_REVIEW,
        Stage.FINAL_REVIEW,
    ]


def test_a_site_that_nobody_described_has_a_name_and_invents_no_numbers(db: None) -> None:
    profile = SiteProfile.objects.current()
    assert profile.name
    assert not (profile.icp_number or profile.site_id_code or profile.police_record_number)


@pytest.mark.parametrize(("prefix", "is_valid"), [("JN", True), ("jn", False), ("", False), ("JN-", False)])
def test_the_prefix_of_numbers_is_capital_letters(db: None, prefix: str, is_valid: bool) -> None:
    profile = SiteProfile(number_prefix=prefix)
    errors: dict[str, object] = {}
    try:
        profile.full_clean()
    except ValidationError as error:
        errors = error.message_dict
    assert ("number_prefix" not in errors) == is_valid
