"""What is wrong with a photo: it is too small, it was published before, its file said where it was taken.

`around.more["pictures"]` may hold what is known of the photos besides: {sha256: PictureFacts}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

# The long edge, in pixels. A page of the site is read on screens that show a picture 600 wide with two dots each.
SCREEN_EDGE = 1200
# A page of a newspaper is printed 24.5 cm wide, with 200 dots an inch: 245 / 25.4 × 200.
PRINT_EDGE = 1930
DOTS_A_CENTIMETRE = 200 / 2.54


@dataclass(frozen=True)
class Alike:
    """A story of another article that showed this picture (`is_exact`) or nearly this one.

    `headline` and `day` (ISO) of a story that is public; both are empty once it was withdrawn.
    """

    number: str
    is_exact: bool
    headline: str = ""
    day: str = ""


@dataclass(frozen=True)
class PictureFacts:
    had_place: bool = False
    alike: tuple[Alike, ...] = ()


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    if subject.content is None:
        return
    known = around.more.get("pictures", {})
    for number, photo in enumerate(subject.content["photos"]):
        if photo["is_missing"]:
            continue
        yield from _size(number, photo)
        yield from _facts(number, known.get(photo["sha256"], PictureFacts()))


def _size(number: int, photo: dict[str, Any]) -> Iterator[Finding]:
    edge = max(photo["width"], photo["height"])
    if edge >= PRINT_EDGE or not edge:
        return
    context = {
        "width": str(photo["width"]),
        "height": str(photo["height"]),
        "printed": str(int(photo["width"] / DOTS_A_CENTIMETRE)),
    }
    if edge < SCREEN_EDGE:
        yield _finding("picture_small_for_screen", Severity.WARN, number, context)
    else:
        yield _finding("picture_small_for_print", Severity.INFO, number, context)


def _facts(number: int, facts: PictureFacts) -> Iterator[Finding]:
    if facts.had_place:
        yield _finding("picture_said_where", Severity.INFO, number)
    for alike in facts.alike:
        context = {"number": alike.number}
        if alike.headline:
            context |= {"headline": alike.headline, "day": alike.day}
            key = "picture_published_before" if alike.is_exact else "picture_like_one_published"
        else:
            key = "picture_withdrawn_before" if alike.is_exact else "picture_like_one_withdrawn"
        yield _finding(key, Severity.WARN, number, context, about=alike.number)


def _finding(
    key: str, severity: Severity, number: int, context: dict[str, str] | None = None, *, about: str = ""
) -> Finding:
    context = {"photo": str(number + 1)} | (context or {})
    return Finding(
        "pictures", key, severity, f"photos.{number}.caption", 0, 0, "", context=context, about=about
    )
