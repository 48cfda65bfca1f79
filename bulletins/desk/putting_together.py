"""Somebody saved while another wrote: what they changed and what I changed, put together in the form.

Three texts are known: the version on which my form was opened, theirs (the current one), and mine. Whatever only one of
us changed is taken over. Where both changed the same, mine stays in the form and a choice is offered; the choices come
back with the form and are put in before it is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bulletins.desk.difference import Piece, characters
from bulletins.desk.merging import Stretch, elements, three_ways
from bulletins.desk.photos import address_of, read_token
from bulletins.desk.sheet import PHOTO_POINT, PHOTO_WORDS, Sheet, made_of, written_in
from bulletins.models import Campaign
from bulletins.models.body import PHOTO, reader_text
from bulletins.models.revision import Content

THEIRS, MINE, BOTH = "theirs", "mine", "both"
Row = dict[str, Any]


@dataclass(frozen=True)
class Collision:
    """Something that both changed. `name`: of the field by which the choice comes back; `choice`: what is chosen unless
    somebody chooses otherwise; `pieces`: theirs made into mine."""

    name: str
    label: str | Promise
    pieces: list[Piece]
    choices: tuple[str, ...]
    choice: str

    @property
    def theirs(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.how != "new"]

    @property
    def mine(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.how != "gone"]


class Together:
    """`data`: the form with both put together. `taken_over`: parts that came from theirs. `collisions`: what is to choose."""

    def __init__(self, mine: Sheet, theirs: Sheet, *, base: Content, chosen: QueryDict | None = None) -> None:
        """`mine`: the form as it was sent. `theirs`: the article's own. `chosen`: what was chosen, by names of collisions."""
        self.mine, self.theirs = mine, theirs
        self.base, self.current, self.content = base, theirs.as_content(), mine.as_content()
        self.chosen = chosen or QueryDict()
        self.data = mine.form.data.copy()  # type: ignore[attr-defined]
        self.taken_over: list[str | Promise] = []
        self.collisions: list[Collision] = []
        for name in mine.form.fields:
            if name not in {"body", "campaigns", "tags"}:
                self._field(name)
        self._campaigns()
        self._tags()
        self._credits()
        rows = self._photos()
        self._body(rows)

    # --- What is common to all parts -----------------------------------------------------------------------------

    def _choose(
        self, key: str, label: str | Promise, theirs: str, mine: str, *, both: bool = False, usual: str = MINE
    ) -> str:
        name = f"merge-{sha256(key.encode(errors='replace')).hexdigest()[:16]}"
        choices = (THEIRS, MINE, BOTH) if both else (THEIRS, MINE)
        choice = self.chosen.get(name, "")
        if choice not in choices:
            choice = usual
        self.collisions.append(Collision(name, label, characters(theirs, mine), choices, choice))
        # Until somebody has chosen, the form holds their own words.
        return choice if name in self.chosen else MINE

    def _take_over(self, label: str | Promise) -> None:
        if label not in self.taken_over:
            self.taken_over.append(label)

    def _label(self, name: str) -> str | Promise:
        return self.mine.form.fields[name].label or name

    # --- Fields of one value -------------------------------------------------------------------------------------

    def _field(self, name: str) -> None:
        base, theirs, mine = (_value(content, name) for content in (self.base, self.current, self.content))
        if theirs in (base, mine):
            return
        choice = THEIRS
        if mine == base:
            self._take_over(self._label(name))
        else:
            choice = self._choose(name, self._label(name), self._shown(name, theirs), self._shown(name, mine))
        if choice == THEIRS:
            value = self.theirs.form[name].value()
            self.data[name] = "" if value is None else str(getattr(value, "pk", value))

    def _shown(self, name: str, value: str) -> str:
        choices = dict(getattr(self.mine.form.fields[name], "choices", ()) if name != "unit" else ())
        return str(choices.get(value, value))

    # --- Sets ----------------------------------------------------------------------------------------------------

    def _set(self, name: str, names_of: Callable[[Content], set[str]]) -> set[str]:
        base, theirs, mine = (names_of(content) for content in (self.base, self.current, self.content))
        together = (theirs | (mine - base)) - (base - mine)
        if together != mine:
            self._take_over(self._label(name))
        return together

    def _campaigns(self) -> None:
        slugs = self._set("campaigns", lambda content: {each["slug"] for each in content["campaigns"]})
        keys = Campaign.objects.filter(slug__in=slugs).values_list("pk", flat=True)
        self.data.setlist("campaigns", [str(pk) for pk in keys])

    def _tags(self) -> None:
        self.data["tags"] = "，".join(sorted(self._set("tags", lambda content: set(content["tags"]))))

    # --- Byline and photos ---------------------------------------------------------------------------------------

    def _credits(self) -> None:
        def keys(content: Content) -> list[tuple[str, ...]]:
            return [
                tuple(credit[name] for name in ("name", "role", "capacity")) for credit in content["credits"]
            ]

        base, theirs, mine = keys(self.base), keys(self.current), keys(self.content)
        rows = dict(zip(theirs, self.theirs.credits.initial or (), strict=True))
        rows |= dict(zip(mine, _credit_rows(self.mine), strict=True))
        together: list[tuple[str, ...]] = []
        for at, stretch in enumerate(three_ways(base, theirs, mine)):
            items = stretch.settled
            if stretch.collides and not stretch.base:  # both added somebody
                items = stretch.both
            elif stretch.collides:
                shown = ("、".join(key[0] for key in side) for side in (stretch.theirs, stretch.mine))
                choice = self._choose(f"credits-{at}", _("Byline"), *shown, both=True)
                items = _chosen(stretch, choice)
            together += [key for key in items if key not in together]
        if together != mine:
            self._take_over(_("Byline"))
        self._fill_in("credits", [rows[key] for key in together])

    def _photos(self) -> list[Row]:
        base, theirs, mine = (_by_picture(content) for content in (self.base, self.current, self.content))
        their_rows, my_rows = _photo_rows_of_article(self.theirs), _photo_rows(self.mine)
        order: list[str] = []
        for stretch in three_ways(list(base), list(theirs), list(mine)):
            # No picture is lost by a collision: whoever does not want it takes it out.
            order += [
                sha for sha in (stretch.both if stretch.collides else stretch.settled) if sha not in order
            ]
        rows = []
        for sha in order:
            row = my_rows.get(sha) or their_rows[sha]
            if sha in my_rows and sha in their_rows:
                row = self._photo(base.get(sha, {}), row, their_rows[sha], sha)
            rows.append(row)
        if order != list(mine):
            self._take_over(_("Photos"))
        self._fill_in("photos", rows)
        return rows

    def _photo(self, base: Row, mine: Row, theirs: Row, sha: str) -> Row:
        """The words of a photo, field by field, and the point it is cut around."""
        row = dict(mine)
        labels = {"caption": _("Caption"), "alt": _("Description"), "credit": _("Taken by")}
        for name in PHOTO_WORDS:
            before, one, other = base.get(name, ""), theirs[name], mine[name]
            if one in (before, other):
                continue
            if other == before or self._choose(f"{sha}-{name}", labels[name], one, other) == THEIRS:
                row[name] = one
        point = base.get("focus") or [None, None]
        if [mine[name] for name in PHOTO_POINT] == point:
            row |= {name: theirs[name] for name in PHOTO_POINT}
        if row != mine:
            self._take_over(_("Photos"))
        return row

    def _fill_in(self, prefix: str, rows: Sequence[Row]) -> None:
        for key in [key for key in self.data if key.startswith(f"{prefix}-")]:
            del self.data[key]
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data[f"{prefix}-INITIAL_FORMS"] = "0"
        for number, row in enumerate(rows):
            self.data[f"{prefix}-{number}-ORDER"] = str(number + 1)
            for name, value in row.items():
                self.data[f"{prefix}-{number}-{name}"] = "" if value is None else str(value)

    # --- The body ------------------------------------------------------------------------------------------------

    def _body(self, rows: Sequence[Row]) -> None:
        three = [elements(content["body"]) for content in (self.base, self.current, self.content)]
        together: list[str] = []
        is_taken = False
        for stretch in three_ways(*three):
            if stretch.collides:
                key = "\0".join((*stretch.base, "\0", *stretch.theirs))
                shown = (_text(side) for side in (stretch.theirs, stretch.mine))
                usual = MINE if stretch.base else BOTH
                choice = self._choose(key, self._label("body"), *shown, both=True, usual=usual)
                together += _chosen(stretch, choice)
            else:
                is_taken |= stretch.settled != stretch.mine
                together += stretch.settled
        if is_taken:
            self._take_over(self._label("body"))
        shown_at = {(read_token(row["token"]) or {}).get("sha256"): address_of(row["token"]) for row in rows}
        self.data["body"] = PHOTO.sub(lambda match: shown_at.get(match[1]) or match[0], "".join(together))


def _chosen(stretch: Stretch[Any], choice: str) -> tuple[Any, ...]:
    return {THEIRS: stretch.theirs, MINE: stretch.mine, BOTH: stretch.both}[choice]


def _text(side: Sequence[str]) -> str:
    """As a reader would see it; markup without words (a picture, a rule) as a sign."""
    return "\n".join(reader_text(element) or "▢" for element in side)


def _value(content: Content, name: str) -> str:
    value = content.get(name, "")
    if name == "unit":
        return str(value["name"])
    return "\n".join(value) if isinstance(value, list) else str(value)


def _by_picture(content: Content) -> dict[str, Row]:
    return {_picture(photo["sha256"], photo["caption"]): photo for photo in content["photos"]}


def _picture(sha: str, caption: str) -> str:
    """What a photo is known by; one whose picture is lost by what is said of it."""
    return sha or f"\0{caption}"


def _credit_rows(sheet: Sheet) -> Iterator[Row]:
    for row in sheet.named_rows():
        person = made_of(row, "correspondent")
        yield {
            "name": written_in(row, "name"),
            "correspondent": person.pk if person else "",
            "role": made_of(row, "role") or "",
            "capacity": made_of(row, "capacity") or "",
        }


def _photo_rows(sheet: Sheet) -> dict[str, Row]:
    rows = {}
    for row, values in sheet.picture_rows():
        words = {name: written_in(row, name) for name in PHOTO_WORDS}
        points = {name: made_of(row, name) for name in PHOTO_POINT}
        key = _picture(values["sha256"], words["caption"])
        rows[key] = {"token": written_in(row, "token")} | words | points
    return rows


def _photo_rows_of_article(sheet: Sheet) -> dict[str, Row]:
    return {
        _picture(photo.sha256, photo.caption): row
        for photo, row in zip(sheet.article.photos.all(), sheet.photos.initial or (), strict=True)
    }
