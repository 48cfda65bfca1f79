"""What the checks say of an article on its read view: what stands, what may stay and why, what was mended since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletins.models import Article, NotedFinding, Override, Transition
from bulletins.models.revision import Content
from bulletins.readiness import Finding, Severity, Subject, wording
from bulletins.workflow.findings import NOTED, Standing

# How much of the text is shown around a place, and how much of a long place.
AROUND, LONGEST = 8, 40
# So many steps are gone back for the one since which something was mended.
STEPS_BACK = 5


@dataclass(frozen=True)
class Line:
    """One finding as it is shown. `where`: what its part of the article is called; `text`: what stands there, with what
    stands `before` and `after` it in its line; `void`: an override of the same that does not hold any more.
    """

    finding: Finding
    mark: str
    where: str
    before: str
    text: str
    after: str
    override: Override | None = None
    void: Override | None = None
    is_new: bool = False

    @property
    def sentence(self) -> str:
        return wording.sentence(self.finding)

    @property
    def advice(self) -> str:
        return wording.advice(self.finding)

    @property
    def shown(self) -> str:
        return self.text if len(self.text) <= LONGEST else self.text[: LONGEST - 1] + "…"

    @property
    def may_need_an_override(self) -> bool:
        return self.override is None and self.finding.severity != Severity.INFO


@dataclass(frozen=True)
class Group:
    """Findings of one severity, in the order of the text."""

    severity: Severity
    lines: Sequence[Line]


@dataclass(frozen=True)
class Since:
    """What became of what was found when a step was taken."""

    step: Transition
    mended: Sequence[Line]
    new: int
    overridden: int


@dataclass(frozen=True)
class Found:
    """All that the checks say of a text. `groups` in the order in which they are to be mended, none of them empty."""

    groups: Sequence[Group]
    overridden: Sequence[Line]
    since: Since | None

    @property
    def blocks(self) -> Sequence[Line]:
        return next((group.lines for group in self.groups if group.severity == Severity.BLOCK), ())

    @property
    def summary(self) -> str:
        """How many there are of each severity and how many may stay, on one line."""
        said = {
            Severity.BLOCK: _("%(count)s to be mended"),
            Severity.WARN: _("%(count)s to be looked at"),
            Severity.INFO: _("%(count)s for your information"),
        }
        told = [said[group.severity] % {"count": len(group.lines)} for group in self.groups]
        if self.overridden:
            told.append(_("%(count)s overridden") % {"count": len(self.overridden)})
        return " · ".join(told) or _("Nothing found")

    def offers(self, mark: str) -> bool:
        """Whether this finding can be seen with a form to override it."""
        lines = (line for group in self.groups for line in group.lines)
        return any(line.mark == mark and line.may_need_an_override for line in lines)


def found_in(
    content: Content, standing: Sequence[Standing], *, article: Article, history: Sequence[Transition]
) -> Found:
    """`standing`: what stands in this content; `history`: the article's lines with their versions, newest first."""
    since, new = _last_change(standing, history)
    places = _Places(content)
    void = _void_overrides(article, standing)
    lines = [
        places.line(
            one.finding,
            one.mark,
            override=one.override,
            void=None if one.override else void.get(_likeness(one.finding)),
            is_new=one.mark in new,
        )
        for one in standing
    ]
    groups = [
        Group(severity, those)
        for severity in Severity
        if (those := [line for line in lines if line.override is None and line.finding.severity == severity])
    ]
    return Found(groups, [line for line in lines if line.override], since)


def stopped_sentence(verb: str, blocks: Sequence[Line]) -> str:
    """What has to happen before this person can go on."""
    said = {
        "submit": ngettext(
            "%(count)s place must be mended or overridden before it can be submitted.",
            "%(count)s places must be mended or overridden before it can be submitted.",
            len(blocks),
        ),
        "pass": ngettext(
            "%(count)s place must be mended or overridden before it can be passed.",
            "%(count)s places must be mended or overridden before it can be passed.",
            len(blocks),
        ),
        "release": ngettext(
            "%(count)s place must be mended or overridden before it can be released.",
            "%(count)s places must be mended or overridden before it can be released.",
            len(blocks),
        ),
        "confirm_restoration": ngettext(
            "%(count)s place must be overridden before it can be public again.",
            "%(count)s places must be overridden before it can be public again.",
            len(blocks),
        ),
    }
    return said[verb] % {"count": len(blocks)}


Likeness = tuple[str, str, str]


def _likeness(finding: Finding) -> Likeness:
    """By which a finding is taken for the same although its paragraph was changed around it."""
    return finding.check, finding.key, finding.text[:200]


def _last_change(
    standing: Sequence[Standing], history: Sequence[Transition]
) -> tuple[Since | None, set[str]]:
    """The newest step since which anything was mended, came new or was overridden, with what that was; and marks of what
    is new. A step that only hands on what was mended before it does not hide that from whoever comes next; what was
    mended before the last release is of no interest any more.
    """
    steps: list[Transition] = []
    for line in history:
        if line.verb in NOTED and line.revision and len(steps) < STEPS_BACK:
            steps.append(line)
            if line.verb == "release":
                break
    noted: dict[int, list[NotedFinding]] = {step.pk: [] for step in steps}
    for one in NotedFinding.objects.filter(transition__in=steps):
        noted[one.transition_id].append(one)
    for step in steps:
        assert step.revision is not None  # chosen so above
        before = _Places(step.revision.content)
        gone, new = _changed(standing, {one.mark: before.noted(one) for one in noted[step.pk]})
        mended = [before.line(finding, "") for finding in gone if finding.severity != Severity.INFO]
        lately = sum(one.override.at > step.at for one in standing if one.override)
        if mended or new or lately:
            return Since(step, mended, len(new), lately), new
    return None, set()


def _changed(standing: Sequence[Standing], noted: dict[str, Finding]) -> tuple[list[Finding], set[str]]:
    """What was noted at a step, by its marks, and is gone; and marks of what stands and was not there.

    A finding whose paragraph was changed around it has another mark, but it is neither mended nor new.
    """
    present = {one.mark for one in standing}
    gone = [finding for mark, finding in noted.items() if mark not in present]
    moved = Counter(map(_likeness, gone))
    new = set()
    stays: Counter[Likeness] = Counter()
    for one in standing:
        if one.mark in noted:
            continue
        if moved[likeness := _likeness(one.finding)]:
            moved[likeness] -= 1
            stays[likeness] += 1
        else:
            new.add(one.mark)
    mended = []
    for finding in gone:
        if stays[likeness := _likeness(finding)]:
            stays[likeness] -= 1
        else:
            mended.append(finding)
    return mended, new


def _void_overrides(article: Article, standing: Sequence[Standing]) -> dict[Likeness, Override]:
    """Overrides that do not hold any more since the paragraph was changed, by what they were about; the last of each."""
    present = {one.mark for one in standing}
    given = article.overrides.all()
    return {(one.check_name, one.key, one.text): one for one in given if one.mark not in present}


class _Places:
    """Says where in a text something stands."""

    def __init__(self, content: Content) -> None:
        self.texts = {passage.name: passage.text for passage in Subject.of_content(content).passages}

    def noted(self, one: NotedFinding) -> Finding:
        """What was noted, with what stood there."""
        text = self.texts.get(one.passage, "")[one.start : one.end]
        return Finding(
            one.check_name, one.key, Severity(one.severity), one.passage, one.start, one.end, text,
            one.suggestion, one.context,
        )  # fmt: skip

    def line(
        self,
        finding: Finding,
        mark: str,
        *,
        override: Override | None = None,
        void: Override | None = None,
        is_new: bool = False,
    ) -> Line:
        text = self.texts.get(finding.passage, "")
        first = text.rfind("\n", 0, finding.start) + 1
        last = text.find("\n", finding.end)
        return Line(
            finding,
            mark,
            _label(finding.passage),
            before=text[max(first, finding.start - AROUND) : finding.start],
            text=text[finding.start : finding.end],
            after=text[finding.end : min(last if last >= 0 else len(text), finding.end + AROUND)],
            override=override,
            void=void,
            is_new=is_new,
        )


def _label(passage: str) -> str:
    """What this part of the article is called; empty for the article as a whole."""
    name, *place = passage.split(".")
    if name == "credits":
        return _("Byline")
    if name == "photos":
        return _("Photo %(number)s") % {"number": int(place[0]) + 1} if place else _("Photos")
    known = {field.name: field.verbose_name for field in Article._meta.fields}
    return str(capfirst(known[name])) if name in known else ""
