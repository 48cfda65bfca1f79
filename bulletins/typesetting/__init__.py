"""A printed thing as a PDF with real text, set by `program.py` in a process of its own.

Finished files are kept under a hash of all that they were made from, so that one with another text, or without a story
that was withdrawn, is another file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from django.contrib.staticfiles import finders
from django.core.cache import cache

TYPESETTER = Path(__file__).with_name("program.py")
# In seconds. What could not be made is not tried again at once.
TIME_LIMIT, KEPT, REST = 60, 3600, 60
FAILED = b""

logger = logging.getLogger("bulletins.typesetting")
_one_at_a_time = Lock()


class CannotSet(Exception):
    """There is no PDF of it just now."""


@once
def styles(*names: str) -> tuple[str, ...]:
    """The style sheets of those names, as text."""
    return tuple(Path(str(finders.find(name))).read_text() for name in names)


def _kept(name: str) -> bytes | None:
    try:
        pdf: bytes | None = cache.get(name)
    except Exception:
        logger.warning("The cache keeps no PDF.", exc_info=True)
        return None
    return pdf


def _keep(name: str, pdf: bytes) -> None:
    """A cache that is away, or belongs to a role that may not write to it, costs time only."""
    try:
        cache.set(name, pdf, timeout=KEPT if pdf else REST)
    except Exception:
        logger.warning("The cache keeps no PDF.", exc_info=True)


@dataclass(frozen=True)
class Manuscript:
    """What a PDF is made from: a whole document, the address its links start from, and the names of its style sheets.

    With `fits` it is brought onto one sheet, the body in whatever size that takes (`program.py`); else it runs on over as
    many as it needs.
    """

    html: str
    base: str
    styles: tuple[str, ...]
    fits: bool = False

    @property
    def key(self) -> str:
        """Names all that it is made from."""
        parts = [
            self.html,
            self.base,
            self.fits,
            *styles(*self.styles),
            TYPESETTER.read_text(),
            version("weasyprint"),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def etag(self) -> str:
        return f'"{self.key}"'

    def pictures(self) -> dict[str, bytes]:
        """The pictures that come along, by their addresses."""
        return {}

    def pdf(self) -> bytes:
        """The file. Raises CannotSet."""
        name = f"sheet/{self.key}"
        pdf = _kept(name)
        if pdf is None:
            with _one_at_a_time:  # those who waited for the same page find it finished
                pdf = _kept(name)
                if pdf is None:
                    pdf = self._set()
                    _keep(name, pdf)
        if pdf == FAILED:
            raise CannotSet
        return pdf

    def unkept_pdf(self) -> bytes:
        """The same for what no cache is to hold. Raises CannotSet."""
        with _one_at_a_time:
            pdf = self._set()
        if pdf == FAILED:
            raise CannotSet
        return pdf

    def _set(self) -> bytes:
        pictures = {url: base64.b64encode(data).decode() for url, data in self.pictures().items()}
        given = {
            "html": self.html,
            "base": self.base,
            "styles": styles(*self.styles),
            "pictures": pictures,
            "fits": self.fits,
        }
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(TYPESETTER)],
                input=json.dumps(given).encode(),
                capture_output=True,
                timeout=TIME_LIMIT,
                check=True,
            )
        except subprocess.TimeoutExpired:
            logger.error("Not set as PDF within %s seconds.", TIME_LIMIT)
            return FAILED
        except subprocess.CalledProcessError as broken:
            logger.error("Not set as PDF: %s", broken.stderr.decode(errors="replace")[-2000:])
            return FAILED
        return done.stdout
