"""What the checks say of the text in the form: beside it in the page, and again whenever somebody pauses in typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import roles
from bulletins.desk.reading import readable_article
from bulletins.desk.sheet import Sheet, usual_unit
from bulletins.models import Article, Override
from bulletins.models.revision import Content
from bulletins.readiness import Finding, Severity, Subject, wording
from bulletins.readiness.checks import personal_data
from bulletins.workflow.findings import Standing, standing

# Whoever may change some text: a chief mends what is at the final review.
MAY_WRITE = (*roles.WRITERS, roles.Role.CHIEF_EDITOR)
# How much of the text is shown around a place, and how much of a long place.
AROUND, LONGEST = 8, 40
MASKED = frozenset(name for name, _check in personal_data.CHECKS)


@dataclass(frozen=True)
class Line:
    """One finding as it is shown. `field`: id of the part of the page where it is mended, empty if there is none;
    `where`: what that is called; `text`: what stands there; `before` and `after`: what stands around it in its line.
    """

    finding: Finding
    mark: str
    override: Override | None
    field: str
    where: str
    before: str
    text: str
    after: str

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
    def is_masked(self) -> bool:
        """Whether the suggestion is a mask, and not another word."""
        return self.finding.check in MASKED


@dataclass(frozen=True)
class Group:
    """Findings of one severity, in the order of the text."""

    severity: Severity
    lines: Sequence[Line]


@dataclass(frozen=True)
class Panel:
    """All that the checks say of a form. `groups` in the order in which they are to be mended, none of them empty."""

    groups: Sequence[Group] = ()
    overridden: Sequence[Line] = ()
    # The same as the workflow's rules ask for it.
    standing: Sequence[Standing] = ()
    # Nothing is written yet, so nothing was checked.
    is_blank: bool = False

    @property
    def summary(self) -> str:
        """How many there are, on one line: what is only for information counts if there is nothing else."""
        if self.is_blank:
            return _("Checked as you write")
        said = {
            Severity.BLOCK: _("%(count)s to be mended"),
            Severity.WARN: _("%(count)s to be looked at"),
            Severity.INFO: _("%(count)s for your information"),
        }
        groups = [g for g in self.groups if g.severity != Severity.INFO]
        if not groups and not self.overridden:
            groups = list(self.groups)
        told = [said[group.severity] % {"count": len(group.lines)} for group in groups]
        if self.overridden:
            told.append(_("%(count)s overridden") % {"count": len(self.overridden)})
        return " · ".join(told) or _("Nothing found")


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The panel for the form as it stands in somebody's browser. Writes nothing, whatever is sent."""
    user = request.user
    if not roles.holds(user, MAY_WRITE, None, on=roles.today()):  # type: ignore[arg-type]
        raise PermissionDenied
    number = request.POST.get("article", "")
    if "\0" in number:
        raise Http404
    article = readable_article(user, number) if number else Article(unit_id=usual_unit(user))  # type: ignore[arg-type]
    sheet = Sheet(article, user=user, data=request.POST)  # type: ignore[arg-type]
    return TemplateResponse(request, "desk/_findings.html", {"panel": panel_of(sheet), "article": article})


def panel_of(sheet: Sheet) -> Panel:
    """What is found in the text that stands in the form."""
    if not sheet.form.is_bound and not sheet.article.pk:
        return Panel(is_blank=True)
    content = sheet.as_content()
    article = sheet.article if sheet.article.pk else None
    found = standing(content, article=article, day=roles.today(), photos=sheet.photos_of_the_form())
    lines = _Lines(sheet, content)
    open_ones = [one for one in found if one.override is None]
    groups = [
        Group(severity, [lines.of(one) for one in those])
        for severity in Severity
        if (those := [one for one in open_ones if one.finding.severity == severity])
    ]
    return Panel(groups, [lines.of(one) for one in found if one.override is not None], found)


class _Lines:
    """Makes lines of the findings of one form; each of its passages is looked up once."""

    def __init__(self, sheet: Sheet, content: Content) -> None:
        self.sheet = sheet
        self.texts = {passage.name: passage.text for passage in Subject.of_content(content).passages}
        self.places: dict[str, tuple[str, str]] = {}

    def of(self, one: Standing) -> Line:
        finding = one.finding
        text = self.texts.get(finding.passage, "")
        first = text.rfind("\n", 0, finding.start) + 1
        last = text.find("\n", finding.end)
        if finding.passage not in self.places:
            self.places[finding.passage] = (
                self.sheet.field_of(finding.passage),
                self._label(finding.passage),
            )
        field, where = self.places[finding.passage]
        return Line(
            finding,
            one.mark,
            one.override,
            field,
            where,
            before=text[max(first, finding.start - AROUND) : finding.start],
            text=text[finding.start : finding.end],
            after=text[finding.end : min(last if last >= 0 else len(text), finding.end + AROUND)],
        )

    def _label(self, passage: str) -> str:
        """What the place is called; empty for one that the form does not have."""
        name, *place = passage.split(".")
        if name == "photos":
            if not place:
                return _("Photos")
            labels = {"caption": _("Caption"), "alt": _("Description"), "credit": _("Taken by")}
            photo = _("Photo %(number)s") % {"number": int(place[0]) + 1}
            return " · ".join([photo, *(labels.get(part, "") for part in place[1:])])
        if name == "credits":
            return _("Byline")
        return str(capfirst(self.sheet.form[name].label)) if name in self.sheet.form.fields else ""
