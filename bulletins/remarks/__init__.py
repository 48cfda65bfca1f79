"""Writing remarks and answering them: who may, and what is kept.

`write` and `reply` lock the article, so that a remark that must be answered and a step of the workflow never pass each
other unseen. What was said stays as it was said; a mistake is answered, not deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from bulletins.models import Article, Deed, Remark, RemarkReply, Revision
from bulletins.remarks import anchors
from bulletins.remarks.mentions import Mentions, mentions_in, readers_of
from bulletins.remarks.places import Place, texts_of

__all__ = [
    "NotSaid",
    "Place",
    "Voice",
    "mentioned",
    "readers_of",
    "reply",
    "texts_of",
    "write",
]

# Sent within the transaction with `remark=`, `reply=` (or None), `people=` (who may all read the article), `actor=`, `at=`.
mentioned = Signal()

LONGEST = 2000
ONLY_REVIEWERS_DEMAND = gettext_lazy(
    "Only reviewers and the desk may ask for an answer before the next step."
)


class NotSaid(Exception):
    """Nothing was written, for these reasons (sentences)."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Voice:
    """What somebody may say about one article. `speaks`: may remark and answer; `demands`: may keep it from the next step
    until there is an answer.
    """

    user: User
    article: Article
    speaks: bool
    demands: bool

    @classmethod
    def of(cls, user: User, article: Article, *, at: datetime) -> Voice:
        """Whoever works on it speaks, whoever reviews at some step demands. An auditor reads everything and says nothing."""
        on = timezone.localdate(at)
        demands = roles.is_reviewer_of_any_step(user, article, on=on)
        return cls(user, article, speaks=demands or roles.works_on_it(user, article, on=on), demands=demands)

    def settles(self, remark: Remark) -> bool:
        """Its writer, or a reviewer; but nobody settles what was said to them as the author of the text."""
        if remark.by_id == self.user.pk:
            return self.speaks
        return self.demands and self.article.author_id != self.user.pk

    def against(self, remark: Remark, deed: Deed) -> str:
        """Why this may not be done to the remark; nothing if it may."""
        if not self.speaks:
            return _("Your role does not allow it in this unit.")
        if deed == Deed.REOPEN and remark.is_open:
            return _("This remark is open already.")
        if deed != Deed.REOPEN and not remark.is_open:
            return _("This remark is resolved. Open it again first.")
        if deed in {Deed.RESOLVE, Deed.REOPEN} and not self.settles(remark):
            return _("Whoever wrote it, or a reviewer, says whether it is resolved. Write an answer instead.")
        if deed == Deed.DEMAND and not self.demands:
            return str(ONLY_REVIEWERS_DEMAND)
        if deed == Deed.DEMAND and remark.waits:
            return _("It must be answered already.")
        return ""


def write(
    article: Article,
    *,
    actor: User,
    text: str,
    ticket: str,
    revision: int,
    place: Place | None = None,
    must_be_answered: bool = False,
    at: datetime | None = None,
) -> tuple[Remark, Mentions]:
    """A new remark on version `revision`: on a passage of it, or without `place` on the whole. Raises `NotSaid`.

    The same `ticket` of the same person again is the same remark.
    """
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).select_related("unit").get(pk=article.pk)
        if sent := Remark.objects.filter(by=actor, ticket=ticket, article=article).first():
            return sent, Mentions()
        at = at or timezone.now()
        said = _said(text)
        _refuse_unless_allowed(Voice.of(actor, article, at=at), demands=must_be_answered)
        seen = Revision.objects.filter(article=article, number=revision).first()
        if seen is None:
            raise NotSaid(_("There is no such version of this article."))
        found = _named(said, article, at)
        remark = Remark.objects.create(
            article=article,
            revision=seen,
            text=said,
            must_be_answered=must_be_answered,
            mentioned=found.names,
            by=actor,
            at=at,
            ticket=ticket,
            **_anchor_of(seen, place),
        )
        _tell(remark, None, found, actor, at)
    return remark, found


def _refuse_unless_allowed(voice: Voice, *, demands: bool) -> None:
    if not voice.speaks:
        raise NotSaid(_("Your role does not allow it in this unit."))
    if demands and not voice.demands:
        raise NotSaid(str(ONLY_REVIEWERS_DEMAND))


def reply(
    remark: Remark, deed: Deed, *, actor: User, text: str, ticket: str, at: datetime | None = None
) -> tuple[RemarkReply, Mentions]:
    """An answer in words; or that it is resolved, opened again or to be answered, with or without words. Raises `NotSaid`."""
    with transaction.atomic():
        article = (
            Article.objects.select_for_update(of=("self",)).select_related("unit").get(pk=remark.article_id)
        )
        if sent := RemarkReply.objects.filter(by=actor, ticket=ticket, remark=remark).first():
            return sent, Mentions()
        at = at or timezone.now()
        remark = Remark.objects.with_replies().get(pk=remark.pk)
        said = _said(text, may_be_empty=deed != Deed.ANSWER)
        if reason := Voice.of(actor, article, at=at).against(remark, deed):
            raise NotSaid(reason)
        found = _named(said, article, at)
        line = RemarkReply.objects.create(
            remark=remark, deed=deed, text=said, mentioned=found.names, by=actor, at=at, ticket=ticket
        )
        _tell(remark, line, found, actor, at)
    return line, found


def _said(text: str, *, may_be_empty: bool = False) -> str:
    said = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not said and not may_be_empty:
        raise NotSaid(_("Write what you have to say."))
    if len(said) > LONGEST:
        raise NotSaid(_("This is too long; a remark has at most %(limit)s characters.") % {"limit": LONGEST})
    return said


def _anchor_of(revision: Revision, place: Place | None) -> dict[str, str | int]:
    if place is None:
        return {}
    text = texts_of(revision.content).get(place.field, "")
    try:
        anchor = anchors.anchored(text, anchors.chosen(text, place.quote, place.start))
    except anchors.NotThere as error:
        raise NotSaid(
            _("This passage does not stand in the version that you looked at. Select it again.")
        ) from error
    return {
        "field": place.field,
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
        "start": anchor.start,
    }


def _named(said: str, article: Article, at: datetime) -> Mentions:
    found = mentions_in(said, article, on=timezone.localdate(at))
    if found.refused:
        raise NotSaid(*found.refused)
    return found


def _tell(remark: Remark, line: RemarkReply | None, found: Mentions, actor: User, at: datetime) -> None:
    if people := [user for user in found.people if user.pk != actor.pk]:
        mentioned.send(sender=Remark, remark=remark, reply=line, people=people, actor=actor, at=at)
