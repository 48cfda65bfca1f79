"""How far a long command has come."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

BAR = 40


def show(stdout: OutputWrapper, done: int, number: int) -> None:
    """A bar that fills on a terminal; in a log nothing is drawn over."""
    if stdout.isatty():
        filled = BAR * done // number if number else BAR
        stdout.write(
            f"\r[{'#' * filled}{' ' * (BAR - filled)}] {done}/{number}", ending="\n" if done == number else ""
        )
        stdout.flush()
