from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletins.models import Proof, ProofDue, Release
from bulletins.models.pictures import Prepared
from bulletins.proof import prove
from tests.public.test_photos import picture, show
from tests.public.world import Site

MARK = "雪夜山城护送"


class Withdrawn:
    """A site on which one story stands on every list there is, with a picture, and is withdrawn when a test wants it."""

    def __init__(self) -> None:
        self.site = Site()
        self.taken: Prepared = picture(size=(1200, 800))
        article = self.site.at("draft", MARK)
        show(article, self.taken, focus_x=30, focus_y=70)
        self.release: Release = self.site.release(self.site.led(article, "approved"))
        self.other: Release = self.site.published("另一篇公开稿件")

    @property
    def number(self) -> str:
        return self.release.number

    def withdraw(self) -> None:
        self.site.withdraw(self.release)

    def proved(self) -> Proof:
        """The proof that is due first."""
        return prove(ProofDue.objects.filter(proof=None).order_by("due_at")[0])


@pytest.fixture
def story(db: None, settings: Any, tmp_path: Path) -> Iterator[Withdrawn]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    yield Withdrawn()
