"""What is known of an article's photos besides their files: what was noted of them, and where they were shown before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from bulletins.models import Article, Photo, Release, ReleasePhoto, ReleaseState
from bulletins.models.checking import PictureBand
from bulletins.models.fingerprint import MOST_DIFFERENT, distance, neighbouring_bands
from bulletins.models.revision import Content
from bulletins.readiness.checks.pictures import Alike, PictureFacts

# A picture that was shown all over is named with the stories that come nearest, not with all.
MOST_NAMED = 3
# Pictures with a band in common that are compared in full, the newest first: more share one only if somebody wants it.
MOST_COMPARED = 2_000
# How far apart the same file is from itself, and what cannot be compared.
EXACT, TOO_FAR = -1, 65
# Cropping by three in a hundred at two edges changes the ratio of the edges by this much at most.
MOST_STRETCHED = 1.08


def pictures(
    content: Content, *, article: Article | None, photos: Iterable[Photo] | None = None
) -> dict[str, PictureFacts]:
    """By the sha256 of each photo that has a file.

    `photos`: those of the form, which may not be saved yet; without them those that the article has. What was noted of
    a photo that is in neither (an earlier version had it) is not known any more.
    """
    shown = {photo["sha256"]: photo for photo in content["photos"] if photo["sha256"]}
    if not shown:
        return {}
    if photos is None:
        photos = article.photos.all() if article and article.pk else ()
    noted = {photo.sha256: photo for photo in photos}
    fingerprints = {sha256: row.fingerprint for sha256 in shown if (row := noted.get(sha256))}
    public = _candidates(shown, fingerprints, article)
    nearest = {
        sha256: _nearest(public, sha256, fingerprints.get(sha256, ""), _ratio(photo))
        for sha256, photo in shown.items()
    }
    stories = _stories({key for those in nearest.values() for key, _apart in those})
    return {
        sha256: PictureFacts(
            had_place=sha256 in noted and noted[sha256].had_place,
            alike=tuple(replace(stories[key], is_exact=apart == EXACT) for key, apart in those),
        )
        for sha256, those in nearest.items()
    }


def _nearest(
    public: Iterable[ReleasePhoto], sha256: str, fingerprint: str, ratio: float
) -> list[tuple[int, int]]:
    """The articles (ids) that showed it and how far off theirs is, the nearest first; of one the nearest picture counts."""
    distances: dict[int, int] = {}
    for photo in public:
        if photo.sha256 == sha256:
            apart = EXACT
        else:
            apart = distance(photo.fingerprint, fingerprint) if fingerprint and photo.fingerprint else TOO_FAR
            if apart > MOST_DIFFERENT or not _is_as_wide(photo, ratio):
                continue
        key = photo.release.article_id
        distances[key] = min(apart, distances.get(key, apart))
    return sorted(distances.items(), key=lambda one: (one[1], -one[0]))[:MOST_NAMED]


def _candidates(
    shown: Iterable[str], fingerprints: dict[str, str], article: Article | None
) -> list[ReleasePhoto]:
    """Pictures that were public once in another article: the same file, or with a band that says they may be alike.

    At most `MOST_COMPARED` a photo on either account, the newest. One query, however many photos.
    """
    now = timezone.now()
    was_public = Q(release__public_from__lte=now) & (
        Q(release__public_until=None) | Q(release__public_until__gt=F("release__public_from"))
    )
    elsewhere = ReleasePhoto.objects.filter(was_public).order_by("-pk")
    if article is not None and article.pk:
        elsewhere = elsewhere.exclude(release__article=article)
    asked = [elsewhere.filter(sha256=sha256)[:MOST_COMPARED] for sha256 in shown]
    for sha256, fingerprint in fingerprints.items():
        if fingerprint:
            sharing = PictureBand.objects.filter(value__in=neighbouring_bands(fingerprint)).values("photo")
            asked.append(elsewhere.filter(pk__in=sharing).exclude(sha256=sha256)[:MOST_COMPARED])
    return _all_of(asked)


def _all_of(asked: list[QuerySet[ReleasePhoto]]) -> list[ReleasePhoto]:
    """What any of these finds, each with its own limit: SQLite unites no limited queries but as tables."""
    parts = [one.values("pk").query.sql_with_params() for one in asked]
    united = RawSQL(
        " UNION ALL ".join(f"SELECT * FROM ({sql}) AS one" for sql, _params in parts),
        [param for _sql, params in parts for param in params],
    )
    return list(ReleasePhoto.objects.filter(pk__in=united).select_related("release"))


def _is_as_wide(photo: ReleasePhoto, ratio: float) -> bool:
    shown = next((p for p in photo.release.content["photos"] if p["sha256"] == photo.sha256), None)
    other = _ratio(shown) if shown else 0
    return not ratio or not other or max(ratio / other, other / ratio) <= MOST_STRETCHED


def _ratio(photo: dict[str, int]) -> float:
    return photo["width"] / photo["height"] if photo["height"] else 0


def _stories(articles: set[int]) -> dict[int, Alike]:
    """Of a public story everybody may know; of another one only that there is one, and that it was taken away."""
    if not articles:
        return {}
    now = timezone.now()
    found: dict[int, Alike] = {}
    for release in Release.objects.filter(article__in=articles).order_by("sequence"):
        if release.state(at=now) == ReleaseState.LIVE:
            day = timezone.localdate(release.published_at).isoformat()
            found[release.article_id] = Alike(release.number, False, release.title, day)
        else:
            found.setdefault(release.article_id, Alike(release.number, False))
    return found
