"""Two stories side by side: what they have in common, and what only one of them says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from accounts import roles
from accounts.models import User
from bulletins.desk.difference import GONE, NEW, SAME, Piece, characters
from bulletins.desk.reading import readable_article
from bulletins.models import Article, Release, ReleaseState, Revision
from bulletins.models.body import reader_text
from bulletins.models.revision import Content
from bulletins.readiness import alike
from bulletins.readiness.sketches import Text, likeness

# Paragraphs less alike than this are not shown as one that was changed.
NEAR = 0.35
# A single letter in common between two changes is an accident.
FEWEST = 2
# So many paragraphs of each story are looked for in the other; what stands behind them is shown as it is.
MOST = 200


@dataclass(frozen=True)
class Paragraph:
    """In pieces, each `same` or not. `number` counts from 1; `there` is its number in the other story, 0 if it has none."""

    number: int
    pieces: list[Piece]
    there: int = 0

    @property
    def is_moved(self) -> bool:
        return self.there not in {0, self.number}


@dataclass(frozen=True)
class Side:
    """One of the two as it is shown. `known_since`: when this version was released or submitted; empty if neither."""

    article: Article
    content: Content
    state: str
    known_since: datetime | None
    is_readable: bool = True
    paragraphs: list[Paragraph] = field(default_factory=list)


def _pairs(one: list[str], other: list[str]) -> dict[int, int]:
    """Which paragraph of the other each one is, if any: the most alike first, each once."""
    found = sorted(
        (
            (-score, here, there)
            for here, text in enumerate(one[:MOST])
            for there, beside in enumerate(other[:MOST])
            if (score := Indel.normalized_similarity(text, beside, score_cutoff=NEAR))
        )
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _score, here, there in found:
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs


def _without_accidents(pieces: list[Piece]) -> list[Piece]:
    """What is common in runs; a letter alone between two changes belongs to them."""
    last = len(pieces) - 1
    marked: list[Piece] = []
    for at, piece in enumerate(pieces):
        is_accident = piece.how == SAME and len(piece.text) < FEWEST and 0 < at < last
        marked += [Piece(GONE, piece.text), Piece(NEW, piece.text)] if is_accident else [piece]
    return marked


def _of_side(pieces: list[Piece], how: str) -> list[Piece]:
    """What one of the two says of them, neighbours of one kind joined."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.how not in {SAME, how}:
            continue
        if joined and joined[-1].how == piece.how:
            joined[-1] = Piece(piece.how, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def side_by_side(one: str, other: str) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs of both texts (a line each), every one beside the one it is most alike, wherever that stands."""
    here, there = one.split("\n") if one else [], other.split("\n") if other else []
    pairs = _pairs(here, there)
    left = [Paragraph(n + 1, [Piece(GONE, text)]) for n, text in enumerate(here)]
    right = [Paragraph(n + 1, [Piece(NEW, text)]) for n, text in enumerate(there)]
    for a, b in pairs.items():
        pieces = _without_accidents(characters(here[a], there[b]))
        left[a] = Paragraph(a + 1, _of_side(pieces, GONE), b + 1)
        right[b] = Paragraph(b + 1, _of_side(pieces, NEW), a + 1)
    return left, right


class Closed(Exception):
    """The other story was handed in, and is not for this person."""


def _of_the_newsroom(article: Article, at: datetime, *, as_handed_in: bool) -> Side:
    """An article for whoever may read it in the making."""
    handed_in, since = alike.handed_in([article.pk]).get(article, (None, None))
    version = handed_in if as_handed_in and handed_in else Revision.objects.current(article)
    if version is None:
        raise Http404
    is_live = Release.objects.visible(at=at).filter(article=article, revision=version).exists()
    state = ReleaseState.LIVE if is_live else article.stage
    return Side(article, version.content, state, since if version == handed_in else None)


def _other(user: User, article: Article, at: datetime) -> Side:
    """What this person may see of the other story; of one that was never handed in, not even that it exists."""
    if Article.objects.readable_by(user, on=roles.today()).filter(pk=article.pk).exists():
        return _of_the_newsroom(article, at, as_handed_in=True)
    release = Release.objects.visible(at=at).filter(article=article).first()
    if release is not None:
        return Side(article, release.content, ReleaseState.LIVE, release.published_at, is_readable=False)
    if alike.handed_in([article.pk]):
        raise Closed
    raise Http404


def show(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """The story `number`, as it is now, beside the story `other`, as it was handed in or released."""
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    article = readable_article(user, number)
    if number == other:
        raise Http404
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Side by side"),
        "article": article,
    }
    beside = get_object_or_404(Article.objects.select_related("unit", "author"), number=other)
    try:
        there = _other(user, beside, at)
    except Closed:
        return TemplateResponse(request, "desk/beside.html", context | {"closed": beside})
    here = _of_the_newsroom(article, at, as_handed_in=False)
    one, two = reader_text(here.content["body"]), reader_text(there.content["body"])
    left, right = side_by_side(one, two)
    here.paragraphs.extend(left)
    there.paragraphs.extend(right)
    share = int(likeness(Text.of(one), Text.of(two)).share * 100)
    return TemplateResponse(request, "desk/beside.html", context | {"sides": [here, there], "share": share})
