"""The pages of the desk with 100,000 articles: how long each takes, and how many questions it asks the database.

python -m benchmarks.desk                                     on SQLite
python bin/with-postgres python -m benchmarks.desk            on PostgreSQL
Each makes a database of its own, gone afterwards. One worker, from the request to the answer. Of each page both are said, how
long it took and how much of that processors worked for it (PostgreSQL's included): on a machine that does other things
besides, the first says more of those, so the second is held to the limit.
Of the articles 88,000 are released over ten years (25 a day), 10,000 lie about as drafts, and 2,000 are under way: more
than any newsroom has waiting, so that what walks through all of them is found out.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.measure import article as sample_text
from benchmarks.measure import verdict, with_django
from benchmarks.search import Stopwatch, backend, empty_database, settle

if TYPE_CHECKING:
    from accounts.models import User
    from bulletins.models import Article

MANY, UNITS = 100_000, 120
MOST_MS, MOST_QUERIES, RUNS = 300, 30, 7
UNDER_WAY = {
    "draft": 200, "returned": 200, "unit_review": 600, "desk_review": 600, "final_review": 300, "approved": 300,
}  # fmt: skip
# So many released ones are made by Django; with every repetition, numbers grow by a step.
FIRST, STEP, BATCH = 1800, 1_000_000, 1000


class Stock:
    """A bureau with many stations and articles of all stages, straight into the tables."""

    def __init__(self, now: datetime) -> None:
        from accounts.models import Membership
        from accounts.roles import Role
        from tests.factories import Newsroom, make_campaign, make_unit, make_user

        self.now, self.chance = now, random.Random(1)
        self.newsroom = Newsroom()
        self.campaign = make_campaign("夏季行动", slug="summer")
        self.units = [make_unit(parent=self.newsroom.bureau) for _ in range(UNITS)]
        self.authors = [make_user(Role.CORRESPONDENT, unit) for unit in self.units]
        self.reviewer = make_user(Role.UNIT_REVIEWER, self.units[0])
        Membership.objects.create(user=self.newsroom.unit_reviewer, role=Role.DESK_EDITOR, unit=self.units[1])
        self.body = f"<p>{sample_text(700)}</p>"
        self.model = self.newsroom.released(body=self.body, at=now - timedelta(days=4000))
        # The frozen texts of what is public are shorter, or filling the tables would take the most of the time.
        self.brief = self.model.content | {"body": f"<p>{sample_text(150)}</p>"}

    def articles(self) -> Iterator[tuple[str, datetime]]:
        """Stage of each of the first and since when it is there, the oldest first."""
        for n in range(FIRST):
            yield "settled", self.now - timedelta(minutes=57.6) * (FIRST - n)
        for stage, number in UNDER_WAY.items():
            for n in range(number):
                yield stage, self.now - timedelta(days=20) * (number - n) / number

    def fill(self) -> None:
        """The first by Django; then the released ones and the drafts over again by the database, each time longer ago."""
        from django.db import transaction

        first = list(self.articles())
        for begin in range(0, len(first), BATCH):
            self._batch(begin, first[begin : begin + BATCH])
        drafts = UNDER_WAY["draft"]
        copies = (MANY - len(first)) // (FIRST + drafts)
        for n in range(1, copies + 1):
            with transaction.atomic():
                self._over_again(n)

    def _over_again(self, n: int) -> None:
        from bulletins.models import Article, Listing, Release, Review, SearchEntry, Transition

        more, days = n * STEP, n * 80
        old = "(SELECT id FROM bulletins_article WHERE stage IN ('settled', 'draft') AND id < 1000000 AND number LIKE 'XX-%')"
        of_article = {"id": f"id + {more}", "article_id": f"article_id + {more}"}
        releases = f"(SELECT id FROM bulletins_release WHERE article_id IN {old})"
        ago = {
            name: _ago(name, days)
            for name in ("stage_since", "created_at", "published_at", "public_from", "at")
        }
        number = {"number": f"substr(number, 1, 8) || '{n:02d}' || substr(number, 11)"}

        def moved(*names: str) -> dict[str, str]:
            return {name: ago[name] for name in names}

        copy(Article, f"id IN {old}", {"id": f"id + {more}"} | number | moved("stage_since", "created_at"))
        copy(Transition, f"article_id IN {old}", of_article | moved("at"))
        copy(Review, f"article_id IN {old}", of_article | moved("at"))
        copy(Release, f"article_id IN {old}", of_article | number | moved("published_at", "public_from"))
        copy(Listing, f"release_id IN {releases}", {
            "id": f"id + {more}", "release_id": f"release_id + {more}", **moved("published_at"),
        })  # fmt: skip
        copy(SearchEntry, f"release_id IN {releases}", {
            "place": f"place + {more}", "release_id": f"release_id + {more}",
        })  # fmt: skip
        through: Any = Article.campaigns.through
        copy(through, f"article_id IN {old}", of_article)

    def _batch(self, first: int, batch: list[tuple[str, datetime]]) -> None:
        from bulletins.models import Article, Revision, Transition

        made = Article.objects.bulk_create(
            self._article(first + n, stage, since) for n, (stage, since) in enumerate(batch)
        )
        frozen = {
            revision.article_id: revision
            for revision in Revision.objects.bulk_create(
                Revision(
                    article=article, number=1, content=self.model.content, content_hash="0" * 64,
                    created_by=article.author, created_at=article.created_at, stage="draft",
                )
                for article in made
                if article.stage != "settled"
            )
        }  # fmt: skip
        # What is public is looked at through its release; that all share a version makes filling the tables bearable.
        revisions = [frozen.get(article.pk, self.model.revision) for article in made]
        Transition.objects.bulk_create(
            Transition(
                article=article, verb="submit", actor=article.author, at=article.stage_since, from_stage="draft",
                to_stage="unit_review", revision=revision,
            )
            for article, revision in zip(made, revisions, strict=True)
            if article.stage != "draft"
        )  # fmt: skip
        self._reviews(made, revisions)
        self._releases(made, revisions)
        self._arrangements(made)
        through: Any = Article.campaigns.through
        through.objects.bulk_create(
            through(article=article, campaign=self.campaign) for article in made if article.pk % 3 == 0
        )

    def _article(self, n: int, stage: str, since: datetime) -> Article:
        from bulletins.models import Article, Kind

        place = self.chance.randrange(UNITS)
        return Article(
            number=f"XX-2020-{n:06d}", kind=Kind.values[n % len(Kind.values)], unit=self.units[place],
            author=self.authors[place], headline=f"民警雪夜送归走失老人之{n}", body=self.body, stage=stage, round=1,
            revision_number=1, stage_since=since, created_at=since, updated_at=since,
        )  # fmt: skip

    def _reviews(self, made: list[Article], revisions: list[Any]) -> None:
        from bulletins.models import REVIEW_STEPS, Review

        people = [self.reviewer, self.newsroom.desk_editor, self.newsroom.second_chief]
        rows = []
        for article, revision in zip(made, revisions, strict=True):
            stages = [step.value for step in REVIEW_STEPS]
            if article.stage in {"draft", "returned"}:
                continue
            passed = stages.index(article.stage) if article.stage in stages else 3
            # The desk's reviews were done by somebody else than whose queue is measured.
            rows += [
                Review(
                    article=article, revision=revision, content_hash="0" * 64, step=step, cycle=1, round=1,
                    reviewer=people[n], decision="passed", at=article.stage_since,
                )
                for n, step in enumerate(stages[:passed])
            ]  # fmt: skip
        Review.objects.bulk_create(rows)

    def _releases(self, made: list[Article], revisions: list[Any]) -> None:
        from bulletins.models import Listing, Release, SearchEntry
        from bulletins.models.search import place_in_time

        releases = Release.objects.bulk_create(
            Release(
                article=article, revision=revision, number=article.number, sequence=1, kind=article.kind,
                unit=article.unit, content=self.brief, content_hash="0" * 64, published_at=when, public_from=when,
            )
            for article, revision in zip(made, revisions, strict=True)
            if article.stage == "settled"
            # Every hundredth waits for its hour.
            for when in [
                article.stage_since if article.pk % 100 else self.now + timedelta(hours=article.pk % 700 + 1)
            ]
        )  # fmt: skip
        Listing.objects.bulk_create(
            Listing(shelf="all", release=release, published_at=release.published_at) for release in releases
        )
        SearchEntry.objects.bulk_create(
            SearchEntry(
                place=place_in_time(release), release=release, entered_at=release.published_at, shelves="", head="",
                text="", tokens=[],
            )
            for release in releases
        )  # fmt: skip

    def _arrangements(self, made: list[Article]) -> None:
        """A third of what is under way is due at some time, a tenth in somebody's hands."""
        from bulletins.models import Arrangement

        Arrangement.objects.bulk_create(
            Arrangement(
                article=article,
                due_at=self.now + timedelta(hours=article.pk % 600 - 100),
                handler=self.newsroom.desk_editor if article.pk % 10 == 0 else None,
            )
            for article in made
            if article.stage not in {"settled", "draft"} and article.pk % 3 == 0
        )


def _ago(column: str, days: int) -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"{column} - interval '{days} days'"
    return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{days} days')"


def copy(model: Any, which: str, other: dict[str, str]) -> None:
    """Rows once more, with these columns (SQL) instead of their own."""
    from django.db import connection

    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(other.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {which}")


def addresses(stock: Stock) -> dict[str, tuple[User, str]]:
    """Who asks for what. The desk editor and the chief are those of the whole bureau."""
    from bulletins.models import Article

    desk, chief, unit = stock.newsroom.desk_editor, stock.newsroom.chief, stock.reviewer
    at_desk = Article.objects.filter(stage="desk_review")
    waiting = at_desk.order_by("stage_since")[300]
    approved = Article.objects.filter(stage="approved").order_by("stage_since")[100]
    settled = stock.model.article
    station, editor = stock.units[0].pk, stock.newsroom.unit_reviewer
    after = f"{waiting.stage_since.isoformat()}~{waiting.pk}".replace("+", "%2B")
    return {
        "start, desk": (desk, "/desk/"),
        "start, unit": (unit, "/desk/"),
        "start, author": (stock.authors[0], "/desk/"),
        "queue, desk": (desk, "/desk/queue/"),
        "queue, desk of one station": (editor, "/desk/queue/"),
        "queue, chief": (chief, "/desk/queue/"),
        "queue, chief, in the middle": (chief, f"/desk/queue/?after={after}"),
        "queue, unit": (unit, "/desk/queue/"),
        "queue, a station": (chief, f"/desk/queue/?unit={station}"),
        "queue, campaign and kind": (chief, f"/desk/queue/?campaign={stock.campaign.pk}&kind=brief"),
        "queue, mine": (chief, "/desk/queue/?hands=mine"),
        "queue, a person": (chief, "/desk/queue/?person=民警9"),
        "board, desk": (desk, "/desk/board/"),
        "board, unit": (unit, "/desk/board/"),
        "board, author": (stock.authors[0], "/desk/board/"),
        "board, a station": (desk, f"/desk/board/?unit={station}"),
        "calendar, desk": (desk, "/desk/calendar/"),
        "calendar, unit": (unit, "/desk/calendar/"),
        "calendar, week": (desk, f"/desk/calendar/?week={stock.now:%G-W%V}"),
        "calendar, long ago": (desk, "/desk/calendar/?month=2020-03"),
        "articles": (desk, "/desk/articles/"),
        "articles, unit": (unit, "/desk/articles/"),
        "articles, a stage": (desk, "/desk/articles/?stage=desk_review"),
        "articles, a word": (desk, "/desk/articles/?q=雪夜"),
        "articles, a rare word": (desk, "/desk/articles/?q=走失老人之77777"),
        "articles, a word that is nowhere": (desk, "/desk/articles/?q=无此一说"),
        "articles, the end of a number": (desk, "/desk/articles/?q=054321"),
        "article under review": (desk, f"/desk/articles/{waiting.number}/"),
        "article to be signed": (chief, f"/desk/articles/{approved.number}/"),
        "article that is public": (chief, f"/desk/articles/{settled.number}/"),
        "article form": (desk, f"/desk/articles/{waiting.number}/edit/"),
        "article form, empty": (desk, "/desk/articles/new/"),
    }


def measured() -> bool:
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    begun = time.monotonic()
    stock = Stock(timezone.now())
    stock.fill()
    settle()
    print(f"{connection.vendor}: {MANY:,} articles entered in {time.monotonic() - begun:.0f} s")
    kept = True
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for name, (user, address) in addresses(stock).items():
            client = Client()
            client.force_login(user)

            def get(client: Client = client, address: str = address) -> None:
                assert client.get(address).status_code == 200, address

            with CaptureQueriesContext(connection) as queries:
                get()
            asked = len(queries)
            times = sorted(_measured(get) for _ in range(RUNS))
            worked, clock = times[RUNS // 2]
            is_few = asked <= MOST_QUERIES
            said = f"  {name}: {asked} queries{'' if is_few else ' TOO MANY'}, {clock:.0f} ms by the clock, worked"
            kept &= verdict(said, worked, MOST_MS) and is_few
    return kept


def _measured(get: Callable[[], None]) -> tuple[float, float]:
    watch = Stopwatch(backend())
    get()
    clock, worked = watch.read()
    return worked, clock


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bulletins-desk-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/desk.sqlite3")
        with_django()
        with empty_database():
            return 0 if measured() else 1


if __name__ == "__main__":
    sys.exit(main())
