"""What changed since a person last judged an article; or else since the step before them, or since they last read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from accounts.models import User
from bulletins.desk import difference
from bulletins.models import Article, Look, Review, Revision

# More than so many are not shown one below the other; any two versions can be compared on a page of its own.
MOST = 5


@dataclass(frozen=True)
class Since:
    """What changed since one version, and why that one is of interest."""

    number: int
    said: str
    differences: list[difference.Difference]


def _judged(user: User, reviews: list[Review]) -> Iterator[tuple[Revision, str]]:
    """Own reviews before those of others, each newest first."""
    newest_first = reviews[::-1]
    for review in sorted(newest_first, key=lambda review: review.reviewer_id != user.pk):
        values = {
            "step": review.get_step_display(),
            "who": review.reviewer,
            "number": review.revision.number,
        }
        if review.reviewer_id == user.pk:
            yield review.revision, _("Changed since you judged it: %(step)s (version %(number)s)") % values
        else:
            yield review.revision, _("Changed since %(step)s by %(who)s (version %(number)s)") % values


def _read(
    article: Article, user: User, current: Revision, written: Mapping[int, Revision]
) -> Iterator[tuple[Revision, str]]:
    """The version that the person had open before the one that is current."""
    look = Look.objects.filter(article=article, user=user).first()
    if look is None:
        return
    number = look.revision_number if look.revision_number < current.number else look.revision_before
    if not number:
        return
    revision = written.get(number) or article.revisions.filter(number=number).first()
    if revision is not None:
        yield revision, _("Changed since you last had it open (version %(number)s)") % {"number": number}


def changes_since(
    article: Article,
    current: Revision,
    reviews: list[Review],
    *,
    user: User,
    written: Mapping[int, Revision] = MappingProxyType({}),
) -> list[Since]:
    """The one that concerns this person most comes first; a version that is of interest twice is shown once.

    `written`: versions that were read already, by their numbers.
    """
    found: list[Since] = []
    shown = {current.number}
    for revision, said in [*_judged(user, reviews), *_read(article, user, current, written)]:
        if revision.number not in shown and len(found) < MOST:
            shown.add(revision.number)
            found.append(Since(revision.number, said, difference.between(revision.content, current.content)))
    return found
