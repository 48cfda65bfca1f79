"""Every pair of text and ground that tokens.css promises, in every palette, by WCAG's formula."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static/tokens.css").read_text()
RULE = re.compile(r"(@media[^{]*\{)|(:root[^{]*)\{([^}]*)\}|\}")
COLOUR = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
GROUNDS = ("--paper", "--sheet", "--tint")
# Text, the grounds it stands on, and the least contrast.
PAIRS = [
    *(("--ink", ground, 7.0) for ground in (*GROUNDS, "--mark", "--blue-tint")),
    *(
        (text, ground, 4.5)
        for text in ("--ink-soft", "--muted", "--blue", "--vermilion")
        for ground in GROUNDS
    ),
    *((f"--on-{colour}", f"--{colour}", 4.5) for colour in ("blue", "vermilion")),
    *((f"--{sign}", f"--{sign}-tint", 4.5) for sign in ("good", "warn", "bad")),
    ("--blue", "--blue-tint", 4.5),
    ("--on-blue", "--blue-deep", 4.5),
    *(("--focus", ground, 3.0) for ground in GROUNDS),
]
DARK, MORE = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
PALETTES: dict[str, tuple[set[str], str]] = {
    "light": (set(), ""),
    "dark": ({DARK}, ""),
    "more": ({MORE}, ""),
    "more in the dark": ({DARK, MORE}, ""),
    "black on white": ({"screen"}, "light"),
    "black on white in the dark": ({"screen", DARK, MORE}, "light"),
    "white on black": ({"screen"}, "dark"),
    "yellow on black": ({"screen", DARK}, "yellow"),
    "paper": ({"print"}, ""),
}


def colours(holds: set[str], chosen: str) -> dict[str, str]:
    """The tokens where these media queries hold, the later and the more particular rule winning."""
    found: list[tuple[int, dict[str, str]]] = []
    media = ""
    for opens, selector, body in RULE.findall(TOKENS):
        if opens:
            media = opens.removeprefix("@media").strip(" {")
        elif not selector:
            media = ""
        elif all(part.strip() in holds for part in media.split(" and ") if part):
            wanted = re.search(r'\[data-contrast(?:="(\w+)")?\]', selector)
            if not wanted or (chosen and wanted[1] in ("", None, chosen)):
                found.append((bool(wanted) + bool(wanted and wanted[1]), dict(COLOUR.findall(body))))
    return {
        name: value for _rank, rule in sorted(found, key=lambda it: it[0]) for name, value in rule.items()
    }


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_can_be_read_on_every_ground_it_stands_on(name: str) -> None:
    palette = colours(*PALETTES[name])
    weak = [
        f"{text} on {ground}: {contrast(palette[text], palette[ground]):.2f}"
        for text, ground, least in PAIRS
        if contrast(palette[text], palette[ground]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("name", [name for name in PALETTES if " on " in name])
def test_what_a_reader_chose_for_contrast_reaches_seven_to_one_for_every_text(name: str) -> None:
    palette = colours(*PALETTES[name])
    for text in ("--ink", "--ink-soft", "--muted", "--blue", "--vermilion"):
        assert contrast(palette[text], palette["--paper"]) >= 7
