"""Stories that were handed in before and may be the same as one that is checked: the database's side of duplicates.

Every story that was ever submitted or released counts, whatever became of it: refused ones and withdrawn ones too, drafts
of others never. What is compared is its newest submitted version, or the released one if that is newer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Value
from django.utils import timezone

from bulletins.models import Article, Release, Revision, TextBand, Transition
from bulletins.models.body import reader_text
from bulletins.models.revision import Content
from bulletins.readiness.sketches import Text, bands

# Of the stories that share a band, the newest so many are looked at. A band of more says little, and its weight is small.
HOLDERS = 500
# So many stories are handed to the check, those that share the most and the rarest bands.
CANDIDATES = 10


@dataclass(frozen=True)
class Other:
    """A story of somebody's that was handed in. `day`: when readers first could read it, else when it was submitted."""

    number: str
    unit: str
    day: date
    text: str


def remember(article: Article, content: Content) -> None:
    """Keep the sketch of what is handed in; it replaces the one before. Within the caller's transaction."""
    wanted = set(bands(Text.of(reader_text(content["body"]))))
    kept = set(TextBand.objects.filter(article=article).values_list("value", flat=True))
    if gone := kept - wanted:
        TextBand.objects.filter(article=article, value__in=gone).delete()
    TextBand.objects.bulk_create(TextBand(article=article, value=value) for value in sorted(wanted - kept))


def remember_again(articles: Iterable[int]) -> int:
    """Keep the sketches of those of these articles (ids) that were ever handed in; how many they are."""
    found = handed_in(list(articles))
    for article, (revision, _at) in found.items():
        remember(article, revision.content)
    return len(found)


def candidates(content: Content, article: Article | None) -> list[Other]:
    """At most `CANDIDATES` stories that may be the same, the likeliest first; never the article itself."""
    shared = _sharing(bands(Text.of(reader_text(content["body"]))), article)
    found = {one.pk: (one, *what) for one, what in handed_in(shared).items()}
    return [_other(*found[pk]) for pk in shared if pk in found]


def _other(article: Article, revision: Revision, at: datetime) -> Other:
    content = revision.content
    return Other(
        article.number, content["unit"]["name"], timezone.localdate(at), reader_text(content["body"])
    )


def _sharing(values: list[int], article: Article | None) -> list[int]:
    """Ids of articles by the bands that they share, a rare one weighing more. One query, of one short range of
    `text_band_lookup` a band, however many stories there are.
    """
    if not values:
        return []
    table = connection.ops.quote_name(TextBand._meta.db_table)
    one = (
        f"SELECT * FROM (SELECT value, article_id FROM {table} WHERE value = %s"
        f" ORDER BY value DESC, article_id DESC LIMIT {HOLDERS}) AS band"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(values)), values)
        rows = cursor.fetchall()
    itself = article.pk if article is not None else None
    return [pk for pk in ranked(rows) if pk != itself][:CANDIDATES]


def ranked(rows: Iterable[tuple[int, int]]) -> list[int]:
    """Out of (band, whose) everybody in them, those first who share the most bands, a rare one weighing more."""
    holders: dict[int, list[int]] = defaultdict(list)
    for value, holder in rows:
        holders[value].append(holder)
    weight: dict[int, float] = defaultdict(float)
    for held_by in holders.values():
        for holder in held_by:
            weight[holder] += 1 / len(held_by)
    return sorted(weight, key=weight.__getitem__, reverse=True)


def handed_in(articles: list[int]) -> dict[Article, tuple[Revision, datetime]]:
    """Of those that were ever handed in: the version that counts, and since when readers, or else the desk, know it."""
    if not articles:
        return {}
    newest: dict[int, tuple[int, int]] = {}
    since: dict[int, datetime] = {}
    submitted = Transition.objects.filter(article__in=articles, verb="submit", revision__isnull=False)
    released = Release.objects.filter(article__in=articles)
    fields = ("is_public", "article_id", "revision__number", "revision_id")
    steps = submitted.annotate(is_public=Value(0)).order_by().values_list(*fields, "at")
    public = released.annotate(is_public=Value(1)).order_by().values_list(*fields, "published_at")
    # Since its first release, or else since it was first submitted: the last that is said counts.
    for _, pk, number, revision, at in sorted(
        steps.union(public, all=True), key=lambda step: (step[0], -step[4].timestamp())
    ):
        newest[pk] = max(newest.get(pk, (0, 0)), (number, revision))
        since[pk] = at
    revisions = Revision.objects.select_related("article").in_bulk(
        [revision for _, revision in newest.values()]
    )
    return {
        revisions[revision].article: (revisions[revision], since[pk])
        for pk, (_number, revision) in newest.items()
    }
