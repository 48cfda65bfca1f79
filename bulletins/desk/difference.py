"""What changed between two versions, as somebody who judged the first would want to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bulletins.models import Capacity, CreditRole, Kind
from bulletins.models.body import reader_text
from bulletins.models.revision import Content

SAME, GONE, NEW, SKIPPED = "same", "gone", "new", "skipped"
# Beyond this a paragraph is compared as a whole: the work grows with the square of its length.
LONGEST_COMPARED = 4000
# Unchanged paragraphs kept on either side of a change.
AROUND = 1
_point = _("cut around %(across)s %% across, %(down)s %% down")


@dataclass(frozen=True)
class Piece:
    """A run of characters: `same`, `gone` or `new`."""

    how: str
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph in pieces, or (`skipped`) so many unchanged ones left out."""

    pieces: list[Piece]
    skipped: int = 0


@dataclass(frozen=True)
class Difference:
    """One part of the article that differs."""

    key: str
    label: str | Promise
    lines: list[Line]


def characters(old: str, new: str) -> list[Piece]:
    """Character by character, since Chinese has no words to go by."""
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return [Piece(how, text) for how, text in ((GONE, old), (NEW, new)) if text]
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, old[a:b]))
            continue
        pieces += [Piece(how, text) for how, text in ((GONE, old[a:b]), (NEW, new[c:d])) if text]
    return pieces


def lines(old: str, new: str) -> list[Line]:
    """Paragraph by paragraph, and within a changed one character by character."""
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line([Piece(SAME, text)]) for text in before[a:b]]
            continue
        paired = min(b - a, d - c)
        found += [Line(characters(before[a + n], after[c + n])) for n in range(paired)]
        found += [Line([Piece(GONE, text)]) for text in before[a + paired : b]]
        found += [Line([Piece(NEW, text)]) for text in after[c + paired : d]]
    return list(_without_long_sames(found))


def _is_same(line: Line) -> bool:
    return all(piece.how == SAME for piece in line.pieces)


def _without_long_sames(found: list[Line]) -> Iterator[Line]:
    near = {
        other
        for position, line in enumerate(found)
        if not _is_same(line)
        for other in range(position - AROUND, position + AROUND + 1)
    }
    skipped = 0
    for position, line in enumerate(found):
        if position in near:
            if skipped:
                yield Line([], skipped)
            skipped = 0
            yield line
        else:
            skipped += 1
    if skipped:
        yield Line([], skipped)


def _credits(content: Content) -> str:
    roles, capacities = dict(CreditRole.choices), dict(Capacity.choices)
    return "\n".join(
        " · ".join(
            str(part)
            for part in (
                roles.get(credit["role"], credit["role"]),
                credit["name"],
                capacities.get(credit["capacity"], credit["capacity"]),
                credit["unit"],
            )
            if part
        )
        for credit in content["credits"]
    )


def _photos(content: Content) -> str:
    return "\n".join(" · ".join(_said_of(photo)) for photo in content["photos"])


def _said_of(photo: dict[str, Any]) -> Iterator[str]:
    yield from (
        part for part in (photo["caption"], photo["alt"], photo["credit"], photo["sha256"][:8]) if part
    )
    if focus := photo.get("focus"):
        yield _point % {"across": focus[0], "down": focus[1]}


def _earlier_corrections(content: Content) -> str:
    return "\n".join(each["text"] for each in content.get("earlier_corrections", ()))


PARTS = (
    ("kind", _("Kind"), lambda content: str(dict(Kind.choices).get(content["kind"], content["kind"]))),
    ("unit", _("unit"), lambda content: content["unit"]["name"]),
    ("kicker", _("kicker"), lambda content: content["kicker"]),
    ("headline", _("headline"), lambda content: "\n".join(content["headline"])),
    ("subhead", _("subhead"), lambda content: content["subhead"]),
    ("summary", _("summary"), lambda content: content["summary"]),
    ("body", _("body"), lambda content: reader_text(content["body"])),
    ("credits", _("credits"), _credits),
    ("photos", _("photos"), _photos),
    ("campaigns", _("campaigns"), lambda content: "\n".join(c["name"] for c in content["campaigns"])),
    ("tags", _("tags"), lambda content: "\n".join(content["tags"])),
    ("source", _("source"), lambda content: content["source"]),
    ("correction", _("correction"), lambda content: content.get("correction", "")),
    ("earlier_corrections", _("earlier corrections"), _earlier_corrections),
)


def between(old: Content, new: Content) -> list[Difference]:
    """Every part that differs, in the order of the form; nothing if a reader would see the same."""
    found = []
    for key, label, text_of in PARTS:
        before, after = text_of(old), text_of(new)
        if before != after:
            found.append(Difference(key, label, lines(before, after)))
        elif key == "body" and old["body"] != new["body"]:
            note = Line(
                [Piece(SAME, str(_("The words are the same; headings, emphasis or pictures moved.")))]
            )
            found.append(Difference(key, label, [note]))
    return found
