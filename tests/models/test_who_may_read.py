"""What of the articles in the making somebody may read: one's own, and those of the units one's roles cover."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import Membership, User
from accounts.roles import Role
from bulletins.models import Article
from tests.factories import Newsroom, make_unit, make_user

# Without the mark, pytest-django would make no test database for a module that is run alone.
pytestmark = pytest.mark.django_db

ON = date(2021, 12, 23)
NOTHING: set[str] = set()
STATION, BELOW, BESIDE, ABOVE = "station", "squad below", "station beside", "bureau"

# A role held at the station, and of which units one reads the articles by it.
READS = {
    Role.CORRESPONDENT: {STATION, BELOW},
    Role.UNIT_REVIEWER: {STATION, BELOW},
    Role.DESK_EDITOR: {STATION, BELOW},
    Role.CHIEF_EDITOR: {STATION, BELOW},
    Role.AUDITOR: {STATION, BELOW},
}


class World(Newsroom):
    def __init__(self) -> None:
        super().__init__()
        self.squad = make_unit("一中队", parent=self.station)
        writer = make_user(Role.CORRESPONDENT, self.bureau)
        units = {STATION: self.station, BELOW: self.squad, BESIDE: self.other_station, ABOVE: self.bureau}
        self.articles = {self.draft(unit=unit, actor=writer).pk: where for where, unit in units.items()}

    def read_by(self, user: User) -> set[str]:
        readable = Article.objects.readable_by(user, on=ON)
        return {self.articles[pk] for pk in readable.values_list("pk", flat=True) if pk in self.articles}

    def shown_to(self, user: User) -> set[str]:
        """The same, asked of each article."""
        return {
            self.articles[one.pk] for one in Article.objects.filter(pk__in=self.articles) if reads(one, user)
        }


def reads(article: Article, user: User) -> bool:
    above = [unit.pk for unit in article.unit.lineage()]
    return user.pk in article.readers_among([user.pk], above=above, on=ON)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", READS)
def test_a_role_reads_its_unit_and_what_is_below_it(world: World, role: Role) -> None:
    user = make_user(role, world.station)
    assert world.read_by(user) == world.shown_to(user) == READS[role]


@pytest.mark.parametrize("role", READS)
def test_a_role_in_the_bureau_reads_everything(world: World, role: Role) -> None:
    user = make_user(role, world.bureau)
    assert world.read_by(user) == world.shown_to(user) == {STATION, BELOW, BESIDE, ABOVE}


def test_an_administrator_reads_nothing(world: World) -> None:
    user = make_user(Role.ADMINISTRATOR)
    assert world.read_by(user) == world.shown_to(user) == NOTHING


def test_somebody_without_a_role_reads_nothing(world: World) -> None:
    user = make_user()
    assert world.read_by(user) == world.shown_to(user) == NOTHING


@pytest.mark.parametrize("role", READS)
def test_somebody_who_may_not_sign_in_reads_nothing(world: World, role: Role) -> None:
    user = make_user(role, world.bureau, is_active=False)
    assert world.read_by(user) == world.shown_to(user) == NOTHING


@pytest.mark.parametrize(
    "span", [{"until": date(2021, 12, 22)}, {"since": date(2021, 12, 24)}], ids=["over", "not yet"]
)
def test_a_role_that_is_not_in_force_reads_nothing(world: World, span: dict[str, date]) -> None:
    user = make_user()
    Membership.objects.create(user=user, role=Role.CHIEF_EDITOR, unit=world.bureau, **span)
    assert world.read_by(user) == world.shown_to(user) == NOTHING


@pytest.mark.parametrize(("role", "reads_own"), [(Role.CORRESPONDENT, True), (Role.AUDITOR, False)])
def test_who_was_posted_elsewhere_reads_on_what_they_wrote_as_long_as_they_write(
    world: World, role: Role, reads_own: bool
) -> None:
    user = make_user(Role.CORRESPONDENT, world.station)
    own = world.draft(actor=user)
    user.memberships.update(role=role, unit=world.other_station)
    assert Article.objects.readable_by(user, on=ON).filter(pk=own.pk).exists() == reads_own
    assert reads(own, user) == reads_own
