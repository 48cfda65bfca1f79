"""The parts of an article that a remark can be about, and where its passage stands in a version."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.models import Remark
from bulletins.models.body import reader_text
from bulletins.models.revision import Content
from bulletins.remarks.anchors import Anchor, Span, find

BODY = "body"
HEAD = ("kicker", "headline", "subhead", "summary")


@dataclass(frozen=True)
class Place:
    """A passage as somebody chose it: its words, and about where in the field's text it began."""

    field: str
    quote: str
    start: int = 0


def texts_of(content: Content) -> dict[str, str]:
    """By field, the text that a reader sees; a line a paragraph. Empty fields are left out."""
    texts = {name: content[name] for name in HEAD} | {
        "headline": "\n".join(content["headline"]),
        BODY: reader_text(content[BODY]),
    }
    return {name: text for name, text in texts.items() if text}


def span_in(remark: Remark, texts: dict[str, str]) -> Span | None:
    """Where the passage of a remark stands in these texts; None if it is gone, or was none."""
    anchor = Anchor(remark.quote, remark.before, remark.after, remark.start)
    return find(anchor, texts.get(remark.field, "")) if remark.field else None
