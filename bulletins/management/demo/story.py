"""What a story of the demo consists of, and how it is written into an article."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from accounts.models import User
from bulletins.management.demo.pictures import Shot
from bulletins.models import Article, Campaign, Credit, HeadlineJoin, Kind
from units.models import Unit

# Printed with every story, so that nobody takes one for news.
SOURCE = "演示稿件，内容纯属虚构"


@dataclass(frozen=True)
class Story:
    """`days` is how long ago it was begun.

    In `text`, a line is a paragraph; `#` begins a heading, `>` a quotation, `-` an item of a list. `mended` is the text
    after the desk has been over it.
    """

    days: int
    author: str
    unit: str
    kind: Kind
    headline: str
    text: str
    kicker: str = ""
    join: HeadlineJoin = HeadlineJoin.SPACE
    subhead: str = ""
    summary: str = ""
    campaigns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    photos: tuple[Shot, ...] = ()
    mended: str = ""

    def article(self) -> Article:
        """The unsaved article, for the verb `start`."""
        return Article(
            unit=Unit.objects.get(slug=self.unit),
            kind=self.kind,
            kicker=self.kicker,
            headline=self.headline,
            headline_join=self.join,
            subhead=self.subhead,
            summary=self.summary,
            body=markup(self.text),
            source=SOURCE,
        )

    def write(self, article: Article, *, author: User) -> None:
        """What hangs on the article once it is saved."""
        Credit.objects.create(article=article, correspondent=author.correspondent)
        article.campaigns.set(Campaign.objects.filter(slug__in=self.campaigns))
        article.tags.set(self.tags)
        for position, shot in enumerate(self.photos, 1):
            shot.hang(article, position)


def markup(text: str) -> str:
    """The body of an article from its lines."""
    parts: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        content = escape(line.lstrip("#>- "), quote=False)
        if line.startswith("#"):
            parts.append(f"<h2>{content}</h2>")
        elif line.startswith(">"):
            parts.append(f"<blockquote><p>{content}</p></blockquote>")
        elif line.startswith("-"):
            parts.append(f"<ul><li>{content}</li></ul>")
        else:
            parts.append(f"<p>{content}</p>")
    return "".join(parts).replace("</ul><ul>", "")
