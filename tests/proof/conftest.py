from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletins.models import Proof, ProofDue, Release
from bulletins.models.pictures import Prepared
from bulletins.proof import places, prove, proving
from tests.kept import kept_for_a_module
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
        self.number = self.site.release(self.site.led(article, "approved")).number
        self.other = self.site.published("另一篇公开稿件").number

    @property
    def release(self) -> Release:
        """As the database has it; each test finds it live."""
        return Release.objects.get(number=self.number, sequence=1)

    def withdraw(self, **given: Any) -> None:
        self.site.withdraw(self.release, **given)

    def proved(self) -> Proof:
        """The proof that is due first."""
        return prove(ProofDue.objects.filter(proof=None).order_by("due_at")[0])


@pytest.fixture(scope="module")
def kept_story(django_db_setup: None, django_db_blocker: Any) -> Iterator[Withdrawn]:
    with kept_for_a_module(django_db_blocker):
        yield Withdrawn()


@pytest.fixture
def story(kept_story: Withdrawn, db: None, settings: Any, tmp_path: Path) -> Withdrawn:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    return kept_story


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its own addresses and those of its pictures are asked: for tests of what is done with the answers."""
    monkeypatch.setattr(proving, "places_of", lambda it: [*places.own(it), *places.pictures(it)])
