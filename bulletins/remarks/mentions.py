"""Who is meant by “@name” in a remark, and whether they may read the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Membership, User
from bulletins.models import Article

# Not within an address of e-mail. As many are looked up in one remark, and so many letters of each.
_SIGN = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=\S)")
MOST, LONGEST = 20, 40
_WORD = re.compile(r"\w", re.ASCII)


def readers_of(article: Article, *, on: date) -> QuerySet[User]:
    """Everybody who may read the article: `Article.objects.readable_by`, asked the other way round."""
    above = [unit.pk for unit in article.unit.lineage()]
    current = Membership.objects.current(on=on)
    reading = current.filter(role__in=roles.READERS, unit__in=above)
    writing = current.filter(role__in=roles.WRITERS, user=article.author_id)
    return User.objects.filter(Q(pk__in=reading.values("user")) | Q(pk__in=writing.values("user")))


@dataclass
class Mentions:
    """`names`: as they stand in the text, of the `people`; `refused`: sentences why somebody cannot be told; `unknown`:
    what stands after a sign and is nobody's name.
    """

    people: list[User] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def enter(self, name: str, meant: list[User], readers: set[int]) -> None:
        may = [user for user in meant if user.pk in readers]
        if not may:
            self.refused.append(
                _("%(name)s may not read this article, and so cannot be told of it.") % {"name": name}
            )
        elif len(may) > 1:
            ways = "、".join(f"@{user.username}" for user in may)
            self.refused.append(
                _("Several people are called %(name)s. Write whom you mean by sign-in name: %(ways)s.")
                % {"name": name, "ways": ways}
            )
        else:
            self.names.append(name)
            self.people += [user for user in may if user not in self.people]


def mentions_in(text: str, article: Article, *, on: date) -> Mentions:
    """Everybody whom the text names. Three queries, or none if it names nobody."""
    found = Mentions()
    tails = [text[sign.end() : sign.end() + LONGEST] for sign in _SIGN.finditer(text)][:MOST]
    if not tails:
        return found
    beginnings = {tail[:length] for tail in tails for length in range(1, len(tail) + 1)}
    named: dict[str, list[User]] = {}
    for user in User.objects.filter(Q(name__in=beginnings) | Q(username__in=beginnings), is_active=True):
        for name in {user.name, user.username} & beginnings:
            named.setdefault(name, []).append(user)
    meant = [_longest(tail, named) for tail in tails]
    pks = [user.pk for name in meant if name for user in named[name]]
    readers = (
        set(readers_of(article, on=on).filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    )
    for name in dict.fromkeys(name for name in meant if name):
        found.enter(name, named[name], readers)
    found.unknown = [_word(tail) for tail, name in zip(tails, meant, strict=True) if not name]
    return found


def _longest(tail: str, named: dict[str, list[User]]) -> str:
    """The longest name that the text begins with; a sign-in name ends where its letters do."""
    for length in range(len(tail), 0, -1):
        name = tail[:length]
        is_cut = _WORD.match(name[-1]) and _WORD.match(tail[length : length + 1])
        if name in named and not is_cut:
            return name
    return ""


def _word(tail: str) -> str:
    return re.split(r"[\s，。、；：！？,.;:!?]", tail)[0][:10]


def pieces(text: str, names: list[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it names somebody who was told."""
    if not names:
        yield text, False
        return
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for n, piece in enumerate(re.split(f"([@＠](?:{known}))", text)):
        if piece:
            yield piece, n % 2 == 1
