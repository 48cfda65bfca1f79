"""What is named one by one: people of the byline, photos, campaigns and tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from bulletins.desk.difference.letters import GONE, NEW, SAME, Piece, characters
from bulletins.desk.difference.lines import Line
from bulletins.models import Capacity, CreditRole
from bulletins.models.revision import Content

Thing = dict[str, Any]
# Those that stayed (place before, place after, whether it kept its order), were taken out, and were added.
Matched = tuple[list[tuple[int, int, bool]], list[int], list[int]]


def names(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """A line each, in the new order, then those taken out."""
    gone = [Line([Piece(GONE, name)]) for name in before if name not in after]
    return [Line([Piece(SAME if name in before else NEW, name)]) for name in after] + gone


def _matched(before: Sequence[Thing], after: Sequence[Thing], key: Callable[[Thing], Any]) -> Matched:
    one, other = [key(thing) for thing in before], [key(thing) for thing in after]
    kept: list[tuple[int, int, bool]] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            stretch = range(step.src_end - step.src_start)
            kept += [(step.src_start + n, step.dest_start + n, True) for n in stretch]
    stayed, there = {a for a, _b, _is_in_order in kept}, {b for _a, b, _is_in_order in kept}
    gone = [a for a in range(len(one)) if a not in stayed]
    new = [b for b in range(len(other)) if b not in there]
    for b in list(new):
        place = next((a for a in gone if one[a] == other[b]), None)
        if place is not None:
            kept.append((place, b, False))
            gone.remove(place)
            new.remove(b)
    return kept, gone, new


def _said_of_credit(credit: Thing) -> str:
    roles, capacities = dict(CreditRole.choices), dict(Capacity.choices)
    said = (
        roles.get(credit["role"], credit["role"]),
        credit["name"],
        capacities.get(credit["capacity"], credit["capacity"]),
        credit["unit"],
    )
    return " · ".join(str(part) for part in said if part)


def credits(old: Content, new: Content) -> list[Line]:
    """By name: who stayed, and whether in another part or place; who was added; who was taken out."""
    before, after = old["credits"], new["credits"]
    kept, gone, added = _matched(before, after, lambda credit: credit["name"])
    found: dict[int, Line] = {}
    for a, b, is_in_order in kept:
        one, other = _said_of_credit(before[a]), _said_of_credit(after[b])
        notes = [] if is_in_order else [_moved(a, b)]
        if one == other and before[a]["correspondent"] != after[b]["correspondent"]:
            notes.append(_("Another person of this name."))
        found[b] = Line(characters(one, other), notes=notes)
    for b in added:
        found[b] = Line([Piece(NEW, _said_of_credit(after[b]))], notes=[_("Added.")])
    taken_out = [Line([Piece(GONE, _said_of_credit(before[a]))], notes=[_("Taken out.")]) for a in gone]
    return [found[b] for b in sorted(found)] + taken_out


def _moved(a: int, b: int) -> str:
    return _("Moved: it was number %(old)s, and is number %(new)s.") % {"old": a + 1, "new": b + 1}


def _point(photo: Thing) -> str:
    if not (focus := photo.get("focus")):
        return ""
    return _("%(across)s %% across, %(down)s %% down") % {"across": focus[0], "down": focus[1]}


def _words(old: Thing, new: Thing) -> list[Line]:
    """What is said of a photo, field by field, as far as it differs."""
    said = (
        (_("Caption"), old["caption"], new["caption"]),
        (_("Description"), old["alt"], new["alt"]),
        (_("Taken by"), old["credit"], new["credit"]),
        (_("Cut around"), _point(old), _point(new)),
    )
    return [Line(characters(one, other), label=label) for label, one, other in said if one != other]


NOTHING: Thing = {"caption": "", "alt": "", "credit": "", "sha256": ""}


def photos(old: Content, new: Content) -> list[Line]:
    """By the picture itself: moved, said otherwise, replaced (a new one where one was taken out), added, taken out."""
    before, after = old["photos"], new["photos"]
    kept, gone, added = _matched(before, after, lambda photo: photo["sha256"])
    found: dict[int, list[Line]] = {}
    for a, b, is_in_order in kept:
        words = _words(before[a], after[b])
        notes = [] if is_in_order else [_moved(a, b)]
        sha = after[b]["sha256"]
        head = Line([Piece(SAME, _number(b))], notes=notes, was=sha, now=sha)
        found[b] = [head, *words]
    lines_gone = []
    for a in gone:
        # The one that stands in its place, or is spoken of in the same words, is there instead of it.
        same = (b for b in added if before[a]["caption"] and before[a]["caption"] == after[b]["caption"])
        place = next(same, None)
        if place is None and a in added:
            place = a
        if place is None:
            head = Line([Piece(GONE, _number(a))], notes=[_("Taken out.")], was=before[a]["sha256"])
            lines_gone += [head, *_words(before[a], NOTHING)]
            continue
        added.remove(place)
        note = _("The picture was replaced.")
        head = Line(
            [Piece(SAME, _number(place))],
            notes=[note],
            was=before[a]["sha256"],
            now=after[place]["sha256"],
        )
        found[place] = [head, *_words(before[a], after[place])]
    for b in added:
        head = Line([Piece(NEW, _number(b))], notes=[_("Added.")], now=after[b]["sha256"])
        found[b] = [head, *_words(NOTHING, after[b])]
    return [line for b in sorted(found) for line in found[b]] + lines_gone


def _number(place: int) -> str:
    return _("Photo %(number)s") % {"number": place + 1}
