"""What a finding means, in a sentence an officer understands, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

from bulletins.readiness.finding import Finding
from bulletins.readiness.wording import (
    completeness,
    dates,
    duplicates,
    enumeration,
    half_width,
    links,
    numerals,
    paired_marks,
    personal_data,
    pictures,
    procedure,
    repetition,
    running,
    same_name,
    spacing,
    terms,
)
from bulletins.readiness.wording.running import CHECK_NAMES

__all__ = ["CHECK_NAMES", "WORDING", "advice", "sentence"]

Wording = Mapping[str, tuple[str | Promise, str | Promise]]

# One line a file. A check adds its file here and its function in `CHECKS`.
FILES: tuple[Wording, ...] = (
    running.WORDING,
    terms.WORDING,
    personal_data.WORDING,
    paired_marks.WORDING,
    repetition.WORDING,
    half_width.WORDING,
    enumeration.WORDING,
    spacing.WORDING,
    same_name.WORDING,
    numerals.WORDING,
    dates.WORDING,
    procedure.WORDING,
    completeness.WORDING,
    duplicates.WORDING,
    pictures.WORDING,
    links.WORDING,
)


def _together(files: tuple[Wording, ...]) -> Wording:
    merged: dict[str, tuple[str | Promise, str | Promise]] = {}
    for file in files:
        twice = merged.keys() & file.keys()
        if twice:
            raise ValueError(f"Two wordings for the same key: {', '.join(sorted(twice))}.")
        merged |= file
    return merged


WORDING = _together(FILES)


class _Known(dict[str, str]):
    """What a sentence is filled with. A hole in a sentence is better than no sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(finding: Finding) -> str:
    """What is the matter, in the language of the moment."""
    return _filled(finding, 0)


def advice(finding: Finding) -> str:
    """What to do about it."""
    return _filled(finding, 1)


def _filled(finding: Finding, part: int) -> str:
    if finding.key not in WORDING:
        return finding.key
    known = _Known({**finding.context, "text": finding.text, "suggestion": finding.suggestion})
    if finding.key == "check_failed":
        known["check"] = str(CHECK_NAMES.get(finding.check, finding.check))
    return (str(WORDING[finding.key][part]) % known).strip()
