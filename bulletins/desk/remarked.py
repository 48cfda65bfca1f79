"""An article with its remarks: each beside the passage it is about, in the text as it is now."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from bulletins.models import Article, Deed, Remark, RemarkReply, Revision
from bulletins.models.revision import Content
from bulletins.remarks import Voice, texts_of
from bulletins.remarks.anchors import Span
from bulletins.remarks.marking import mark_body, mark_text
from bulletins.remarks.mentions import pieces
from bulletins.remarks.places import BODY, HEAD, span_in

# As much of a paragraph is shown where one is chosen.
SHOWN = 24


@dataclass(frozen=True)
class Thread:
    """A remark with its answers. `number` counts from 1 within its article; `span`: where its passage stands now."""

    remark: Remark
    number: int
    span: Span | None
    settles: bool = False
    demands: bool = False
    # What stands there now.
    text: str = ""

    @property
    def is_gone(self) -> bool:
        """It was about a passage, and that is not in the text any more."""
        return bool(self.remark.field) and self.span is None

    @property
    def said(self) -> list[tuple[str, bool]]:
        return list(pieces(self.remark.text, self.remark.mentioned))

    @property
    def replies(self) -> list[tuple[RemarkReply, list[tuple[str, bool]]]]:
        return [(reply, list(pieces(reply.text, reply.mentioned))) for reply in self.remark.replies.all()]

    @property
    def where(self) -> str:
        return label_of(self.remark.field)


@dataclass(frozen=True)
class Choice:
    """A part of the article that a remark can be about, without selecting letters: `value` is sent with the form."""

    value: str
    label: str


@dataclass(frozen=True)
class Paper:
    """A block of the body as it stands in the sheet, and the threads that begin in it."""

    html: str
    threads: Sequence[Thread]


@dataclass
class Remarked:
    """All that a page shows of an article's remarks; `ticket`: of the forms on this page."""

    voice: Voice
    content: Content
    threads: list[Thread]
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.remark.is_open]

    @property
    def waiting(self) -> list[Thread]:
        return [thread for thread in self.open if thread.remark.waits]

    @property
    def resolved(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.remark.is_open]

    @property
    def placed(self) -> list[Thread]:
        return [thread for thread in self.open if thread.span]

    @property
    def head(self) -> list[Thread]:
        """Those about what stands above the body."""
        return [thread for thread in self.placed if thread.remark.field in HEAD]

    @property
    def loose(self) -> list[Thread]:
        """Those about the article as a whole, or about what is gone."""
        return [thread for thread in self.open if not thread.span]

    def _passages(self, name: str) -> list[tuple[int, Span]]:
        return [(one.number, one.span) for one in self.placed if one.span and one.remark.field == name]

    def marked(self, name: str) -> SafeString:
        """A field above the body, its passages marked."""
        return mark_text(texts_of(self.content).get(name, ""), self._passages(name))

    @property
    def blocks(self) -> Iterator[Paper]:
        by_number = {thread.number: thread for thread in self.placed}
        for block in mark_body(self.content[BODY], self._passages(BODY)):
            yield Paper(block.html, [by_number[number] for number in block.begins])

    @property
    def choices(self) -> Iterator[Choice]:
        texts = texts_of(self.content)
        yield Choice("", _("The article as a whole"))
        for name in HEAD:
            if name in texts:
                yield Choice(name, f"{label_of(name)} · {_short(texts[name])}")
        for number, line in enumerate(texts.get(BODY, "").splitlines(), start=1):
            where = _("Paragraph %(number)s") % {"number": number}
            yield Choice(f"{BODY}.{number}", f"{where} · {_short(line)}")

    @property
    def summary(self) -> str:
        """How many are open and how many of these hold the article back, on one line."""
        told = [ngettext("%(count)s open", "%(count)s open", len(self.open)) % {"count": len(self.open)}]
        if waiting := len(self.waiting):
            told.append(
                ngettext("%(count)s must be answered", "%(count)s must be answered", waiting)
                % {"count": waiting}
            )
        if resolved := len(self.resolved):
            told.append(ngettext("%(count)s resolved", "%(count)s resolved", resolved) % {"count": resolved})
        return " · ".join(told)

    @property
    def held_back(self) -> str:
        """What keeps the article from its next step, in a sentence; empty if nothing does."""
        if not (waiting := len(self.waiting)):
            return ""
        return ngettext(
            "%(count)s remark must be answered before the next step.",
            "%(count)s remarks must be answered before the next step.",
            waiting,
        ) % {"count": waiting}


def read_remarks(article: Article) -> None:
    """Read them all, unless that was done before: the page and the workflow's rules then have the same."""
    prefetch_related_objects([article], Prefetch("remarks", Remark.objects.with_replies()))


def remarked(article: Article, current: Revision, *, user: User, at: datetime) -> Remarked:
    """The article's remarks in the text of that version, as this person may answer them."""
    voice = Voice.of(user, article, at=at)
    texts = texts_of(current.content)
    read_remarks(article)
    threads = [
        Thread(
            remark,
            number,
            span_in(remark, texts) if remark.is_open else None,
            settles=voice.settles(remark),
            demands=not voice.against(remark, Deed.DEMAND),
        )
        for number, remark in enumerate(article.remarks.all(), start=1)
    ]
    return Remarked(voice, current.content, threads)


def open_in_form(article: Article, content: Content) -> list[Thread]:
    """The open remarks in a text that is being written; answered they are on the page of the article."""
    texts = texts_of(content)
    read_remarks(article)
    found = []
    for number, remark in enumerate(article.remarks.all(), start=1):
        if remark.is_open:
            span = span_in(remark, texts)
            text = texts[remark.field][span.start : span.end] if span else ""
            found.append(Thread(remark, number, span, text=text))
    return found


def label_of(name: str) -> str:
    """What a field is called; empty for the article as a whole."""
    return str(capfirst(Article._meta.get_field(name).verbose_name)) if name else ""  # type: ignore[union-attr]


def _short(text: str) -> str:
    return Truncator(text.replace("\n", " ")).chars(SHOWN)
