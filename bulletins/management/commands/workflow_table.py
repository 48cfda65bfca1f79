"""Write docs/workflow.md from the table of transitions. A test keeps the two in step."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.functional import Promise
from django.utils.translation import override

from bulletins.models import ReleaseState, Stage
from bulletins.workflow import LABELS, TRANSITIONS, rules
from bulletins.workflow.table import FIRST_STEP, NEXT_STEP, UNCHANGED, Row

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "workflow.md"

INTRODUCTION = """\
# Workflow

Made by `python manage.py workflow_table` from `bulletins/workflow/table.py`. Change the table, not this file.

Stages change through `workflow.perform(verb, article, actor=…)` and nowhere else. It locks the article, collects every
reason that speaks against the verb, acts, and appends one line to the history, all in one transaction.
A rule below reads as what has to be true. *What was seen* is the stage and version that somebody decided on: if it has
moved on meanwhile, the verb is refused. A role holds in its unit and in every unit below it.

An article takes three reviews ({steps}) unless the route of its kind leaves out the first or the second.
A release is {states}. It is public because its time has come, not because something ran.
"""
NAMED_TARGETS = {
    NEXT_STEP: "the next step of its route, or approved",
    FIRST_STEP: "the first step of its route",
    UNCHANGED: "as it was",
}
GIVEN: dict[rules.Rule, str] = {
    rules.nothing_moved_meanwhile: "what was seen",
    rules.embargo_is_kept: "a time that keeps the embargo, if there is one",
    rules.reason_is_given: "a reason",
    rules.reason_code_is_given: "a reason code",
}


def bilingual(label: str | Promise) -> str:
    """A label in English and Chinese."""
    with override("en"):
        english = str(label)
    with override("zh-hans"):
        chinese = str(label)
    return english if english == chinese else f"{english} {chinese}"


def _place(name: str, row: Row) -> str:
    if name in NAMED_TARGETS:
        return NAMED_TARGETS[name]
    if not name:
        return "—"
    if row.concerns_release:
        return f"release: {bilingual(ReleaseState(name).label)}"
    return bilingual(Stage(name).label)


def _in_words(rule: rules.Rule) -> str:
    return rule.__name__.replace("_", " ")


def _notes() -> Iterable[str]:
    """What a rule's name does not say, for those that have more to say."""
    named = dict.fromkeys(rule for row in TRANSITIONS for rule in row.rules + row.checks)
    return (f"- **{_in_words(rule)}**: {' '.join(rule.__doc__.split())}" for rule in named if rule.__doc__)


def _line(row: Row) -> str:
    cells = (
        f"`{row.verb}`<br>{bilingual(LABELS[row.verb])}",
        "<br>".join(_place(source, row) for source in row.sources),
        _place(row.target, row),
        row.who.__doc__ or "",
        "<br>".join(map(_in_words, row.rules + row.checks)) or "—",
        ", ".join(GIVEN[rule] for rule in row.demands) or "—",
    )
    return f"| {' | '.join(cells)} |"


def document() -> str:
    """The whole text of docs/workflow.md."""
    steps = ", ".join(
        bilingual(step.label) for step in (Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW)
    )
    states = ", ".join(bilingual(label) for _value, label in ReleaseState.choices)
    head = ["| verb | from | to | who | rules | given with it |", "|---|---|---|---|---|---|"]
    introduction = INTRODUCTION.format(steps=steps, states=states)
    return "\n".join([introduction, *head, *map(_line, TRANSITIONS), "", *_notes(), ""])


class Command(BaseCommand):
    help = "Writes docs/workflow.md from the table of transitions."

    def handle(self, *args: Any, **options: Any) -> None:
        DOCUMENT.write_text(document(), encoding="utf-8")
        self.stdout.write(str(DOCUMENT))
