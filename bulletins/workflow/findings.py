"""What the checks say of a text now, which of it was overridden, and what is written down of it at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from bulletins.models import Article, NotedFinding, Override, Photo, Transition
from bulletins.models.revision import Content
from bulletins.readiness import Finding, Severity, Subject, run
from bulletins.readiness.gathering import around
from bulletins.readiness.marks import marks

# At these steps it is noted what was found, so that whoever comes next sees what was mended since.
NOTED = frozenset({"submit", "pass", "return", "release"})


@dataclass(frozen=True)
class Standing:
    """A finding of the text as it is, the mark by which it is known, and who said that it may stay, if anybody did."""

    finding: Finding
    mark: str
    override: Override | None = None

    @property
    def blocks(self) -> bool:
        return self.finding.severity == Severity.BLOCK and self.override is None


def standing(
    content: Content, *, article: Article | None, day: date, photos: Iterable[Photo] | None = None
) -> list[Standing]:
    """All findings of this content, in the order of the text. `article`: whose it is, None before it is begun;
    `day`: when a reader would read it; `photos`: those of a form that is not saved yet.
    """
    subject = Subject.of_content(content)
    found = run(subject, around(content, article=article, day=day, photos=photos))
    given: dict[str, Override] = {}
    if article is not None and article.pk:
        given = {override.mark: override for override in article.overrides.all()}
    return [
        Standing(finding, mark, given.get(mark))
        for finding, mark in zip(found, marks(subject, found), strict=True)
    ]


def note(findings: list[Standing], *, line: Transition) -> None:
    """Write down what stood when this step was taken."""
    NotedFinding.objects.bulk_create(
        NotedFinding(
            transition=line,
            unit=line.article.unit,
            verb=line.verb,
            at=line.at,
            check_name=one.finding.check,
            key=one.finding.key,
            severity=one.finding.severity,
            passage=one.finding.passage,
            start=one.finding.start,
            end=one.finding.end,
            suggestion=one.finding.suggestion[:200],
            context=dict(one.finding.context),
            mark=one.mark,
            was_overridden=one.override is not None,
        )
        for one in findings
    )


def noted(articles: Iterable[Article]) -> dict[int, Counter[str]]:
    """Of each article (id): how many findings of each severity stood when its last step was taken and were not overridden,
    then or since. Those that have none are left out. Three queries, whatever the number of articles.
    """
    wanted = [article.pk for article in articles]
    lines = Transition.objects.filter(article__in=wanted, verb__in=NOTED).order_by()
    last = lines.values("article").annotate(line=Max("pk")).values_list("line", flat=True)
    found = NotedFinding.objects.filter(transition__in=list(last), was_overridden=False).order_by()
    given = set(Override.objects.filter(article__in=wanted).values_list("article", "mark"))
    counted: dict[int, Counter[str]] = {}
    for article, mark, severity in set(found.values_list("transition__article", "mark", "severity")):
        if (article, mark) not in given:
            counted.setdefault(article, Counter())[severity] += 1
    return counted


def override(one: Standing, *, line: Transition) -> None:
    """Write down that this finding may stay, and on whose word."""
    assert line.revision is not None  # an article has a version from its beginning on
    Override.objects.create(
        article=line.article,
        revision=line.revision,
        transition=line,
        step=line.article.stage,
        check_name=one.finding.check,
        key=one.finding.key,
        passage=one.finding.passage,
        text=one.finding.text[:200],
        mark=one.mark,
        reason=line.reason,
        by=line.actor,
        at=line.at,
    )
