"""How an entry of the log is said to people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins import workflow
from bulletins.models import ReleaseState, Stage
from bulletins.models.log import LogEntry, LogKind

WHATS = {
    "begun": gettext_lazy("the log was begun"),
    "loaded": gettext_lazy("fixture loaded"),
    "signed_in": gettext_lazy("signed in"),
    "sign_in_failed": gettext_lazy("sign-in failed"),
    "signed_out": gettext_lazy("signed out"),
    "password_set": gettext_lazy("the password was set anew"),
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("edited"),
    "removed": gettext_lazy("removed"),
    "list_taken_in": gettext_lazy("list taken in"),
}
COUNTS = {
    "added": gettext_lazy("%(count)s added"),
    "changed": gettext_lazy("%(count)s changed"),
    "removed": gettext_lazy("%(count)s removed"),
}
# What a stage or a role is called; a value that is no such word is said as it is.
CALLED: dict[str, Any] = dict(Stage.choices) | dict(ReleaseState.choices)


def kind_label(entry: LogEntry) -> str:
    return str(dict(LogKind.choices).get(entry.kind, entry.kind))


def what_label(entry: LogEntry) -> str:
    labels = workflow.LABELS if entry.kind == LogKind.ARTICLE else WHATS
    return str(labels.get(entry.what, entry.what))


def told(entry: LogEntry) -> list[str]:
    """The details as short sentences; none of what cannot be read any more."""
    try:
        details: dict[str, Any] = json.loads(entry.details)
        return list(_of_step(details) if entry.kind == LogKind.ARTICLE else _of_change(details))
    except (ValueError, TypeError, AttributeError, LookupError):
        return []


def _of_step(details: dict[str, Any]) -> Iterator[str]:
    if details["from"] and details["from"] != details["to"]:
        yield " → ".join(str(CALLED.get(stage, stage)) for stage in (details["from"], details["to"]))
    if details["revision"]:
        yield (
            _("version %(number)s") % {"number": details["revision"]} + f"（{details['content_hash'][:12]}）"
        )
    if details["release"]:
        yield _("release %(number)s") % {"number": details["release"]}
    if details.get("was_there"):
        yield _("taken before it was entered: %(when)s") % {
            "when": details["at"][:16].replace("T", " ") + " UTC"
        }


def _of_change(details: dict[str, Any]) -> Iterator[str]:
    if address := details.get("address"):
        yield _("from %(address)s") % {"address": address}
    if things := details.get("things"):
        yield _("things in it: %(count)s") % {"count": things}
    for name, count in details.get("counts", {}).items():
        yield str(COUNTS[name]) % {"count": count}
    if "model" in details:
        model = apps.get_model(details["model"])
        yield str(model._meta.verbose_name)
        for name, value in details.get("set", {}).items():
            yield _column(model, name, value)
        for name, pair in details.get("changed", {}).items():
            yield _column(model, name, *(pair or [None]))


def _column(model: type[models.Model], name: str, *values: Any) -> str:
    """What was set, or from what to what it was changed; the name alone where the log does not say more."""
    column = model._meta.get_field(name)
    label = str(getattr(column, "verbose_name", name))
    choices = dict(getattr(column, "flatchoices", ()))

    def said(one: Any) -> str:
        if isinstance(one, bool):
            return _("yes") if one else _("no")
        if isinstance(one, list):
            return "、".join(map(str, one)) or "—"
        return str(choices.get(one, one)) if one not in (None, "") else "—"

    if values == (None,):
        return label
    return label + _(": ") + " → ".join(map(said, values))
