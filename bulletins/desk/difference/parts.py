"""Part by part, in the order of the form: which of them differ, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bulletins.desk.difference import named
from bulletins.desk.difference.letters import SAME, Piece
from bulletins.desk.difference.lines import Line, value, without_long_sames
from bulletins.desk.difference.passages import passages
from bulletins.models import HeadlineJoin, Kind
from bulletins.models.revision import Content


@dataclass(frozen=True)
class Difference:
    """One part of the article that differs."""

    key: str
    label: str | Promise
    lines: list[Line]


def _of_value(value_of: Callable[[Content], str]) -> Callable[[Content, Content], list[Line]]:
    return lambda old, new: value(value_of(old), value_of(new))


def _body(old: Content, new: Content) -> list[Line]:
    found = passages(old["body"], new["body"])
    if all(line.is_same for line in found):
        return [Line([Piece(SAME, str(_("The words are the same; only their markup differs.")))])]
    return list(without_long_sames(found))


def _earlier_corrections(content: Content) -> str:
    return "\n".join(each["text"] for each in content.get("earlier_corrections", ()))


def _names(value_of: Callable[[Content], list[str]]) -> Callable[[Content, Content], list[Line]]:
    return lambda old, new: named.names(value_of(old), value_of(new))


Lines = Callable[[Content, Content], list[Line]]

# Key, label, and the lines of a difference. The key is that of the content.
PARTS: tuple[tuple[str, str | Promise, Lines], ...] = (
    ("kind", _("Kind"), _of_value(lambda content: str(dict(Kind.choices).get(content["kind"], content["kind"])))),
    ("unit", _("unit"), _of_value(lambda content: content["unit"]["name"])),
    ("kicker", _("kicker"), _of_value(lambda content: content["kicker"])),
    ("headline", _("headline"), _of_value(lambda content: "\n".join(content["headline"]))),
    (
        "headline_join",
        _("how the lines join"),
        _of_value(lambda content: str(dict(HeadlineJoin.choices).get(content["headline_join"], ""))),
    ),
    ("subhead", _("subhead"), _of_value(lambda content: content["subhead"])),
    ("summary", _("summary"), _of_value(lambda content: content["summary"])),
    ("body", _("body"), _body),
    ("credits", _("credits"), named.credits),
    ("photos", _("photos"), named.photos),
    ("campaigns", _("campaigns"), _names(lambda content: [c["name"] for c in content["campaigns"]])),
    ("tags", _("tags"), _names(lambda content: content["tags"])),
    ("source", _("source"), _of_value(lambda content: content["source"])),
    ("correction", _("correction"), _of_value(lambda content: content.get("correction", ""))),
    ("earlier_corrections", _("earlier corrections"), _of_value(_earlier_corrections)),
)  # fmt: skip


def between(old: Content, new: Content) -> list[Difference]:
    """Every part that differs, in the order of the form; nothing if a reader would see the same."""
    return [
        Difference(key, label, lines_of(old, new))
        for key, label, lines_of in PARTS
        if old.get(key) != new.get(key)
    ]
