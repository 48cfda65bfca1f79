"""What is known of an article's photos besides their files: what was noted of them, and where they were shown before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from bulletins.models import Article, Photo, Release, ReleasePhoto
from bulletins.models.checking import PictureBand
from bulletins.models.fingerprint import MOST_DIFFERENT, distance, neighbouring_bands
from bulletins.models.revision import Content
from bulletins.readiness.checks.pictures import Alike, PictureFacts

# A picture that was shown all over is named with the stories that come nearest, not with all.
MOST_NAMED = 3
# Pictures with a band in common that are compared in full, the newest first: more share one only if somebody wants it.
MOST_COMPARED = 2_000
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
    found = {}
    for sha256, photo in shown.items():
        row = noted.get(sha256)
        found[sha256] = PictureFacts(
            had_place=row is not None and row.had_place,
            alike=_alike(sha256, row.fingerprint if row else "", _ratio(photo), article),
        )
    return found


def _alike(sha256: str, fingerprint: str, ratio: float, article: Article | None) -> tuple[Alike, ...]:
    """The stories of other articles that showed it, the nearest first; of one article the nearest picture counts."""
    distances: dict[int, int] = {}
    for photo in _candidates(sha256, fingerprint, article):
        if photo.sha256 == sha256:
            apart = -1
        else:
            apart = distance(photo.fingerprint, fingerprint)
            if apart > MOST_DIFFERENT or not _is_as_wide(photo, ratio):
                continue
        key = photo.release.article_id
        distances[key] = min(apart, distances.get(key, apart))
    nearest = sorted(distances, key=lambda key: (distances[key], -key))[:MOST_NAMED]
    return tuple(_story(key, is_exact=distances[key] < 0) for key in nearest)


def _candidates(sha256: str, fingerprint: str, article: Article | None) -> list[ReleasePhoto]:
    """Pictures that were public once in another article: the same file, or with a band that says they may be alike."""
    now = timezone.now()
    was_public = Q(release__public_from__lte=now) & (
        Q(release__public_until=None) | Q(release__public_until__gt=F("release__public_from"))
    )
    elsewhere = ReleasePhoto.objects.filter(was_public).select_related("release").order_by("-pk")
    if article is not None and article.pk:
        elsewhere = elsewhere.exclude(release__article=article)
    found = list(elsewhere.filter(sha256=sha256)[:MOST_COMPARED])
    if fingerprint:
        sharing = PictureBand.objects.filter(value__in=neighbouring_bands(fingerprint)).values("photo")
        found += elsewhere.filter(pk__in=sharing).exclude(sha256=sha256)[:MOST_COMPARED]
    return found


def _is_as_wide(photo: ReleasePhoto, ratio: float) -> bool:
    shown = next((p for p in photo.release.content["photos"] if p["sha256"] == photo.sha256), None)
    other = _ratio(shown) if shown else 0
    return not ratio or not other or max(ratio / other, other / ratio) <= MOST_STRETCHED


def _ratio(photo: dict[str, int]) -> float:
    return photo["width"] / photo["height"] if photo["height"] else 0


def _story(article_id: int, *, is_exact: bool) -> Alike:
    """Of a public story everybody may know; of another one only that there is one, and that it was taken away."""
    releases = Release.objects.filter(article_id=article_id).order_by("-sequence")
    public = releases.visible(at=timezone.now()).first()
    if public is None:
        return Alike(releases[0].number, is_exact)
    return Alike(public.number, is_exact, public.title, timezone.localdate(public.published_at).isoformat())
