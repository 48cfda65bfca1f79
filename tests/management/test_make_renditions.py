"""`manage.py make_renditions`: what is missing is made, once, whoever stopped it and whatever is lost."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from bulletins.management.commands import make_renditions
from bulletins.models import Photo, pictures
from bulletins.models.pictures import Prepared
from bulletins.models.renditions import Rendition, card
from tests.public.test_photos import picture, show
from tests.public.world import THEN, Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept_before(taken: Prepared) -> Prepared:
    """A picture as it was kept when there were two files of each."""
    for label in taken.renditions:
        default_storage.delete(Rendition(taken.sha256, label).file_name)
    return taken


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("make_renditions", stdout=out, **options)
    return out.getvalue()


def missing_of(taken: Prepared) -> list[str]:
    return [
        label
        for label in taken.renditions
        if not default_storage.exists(Rendition(taken.sha256, label).file_name)
    ]


def test_what_was_kept_before_is_made_once(db: None) -> None:
    site, taken = Site(), kept_before(picture())
    show(site.draft(at=THEN), taken)
    assert len(missing_of(taken)) == 9
    assert run() == "1 pictures looked at, 9 files made.\n"
    assert not missing_of(taken)
    assert run() == "1 pictures looked at, 0 files made.\n"
    assert run(verbosity=0) == ""


def test_a_picture_that_only_a_release_shows_and_every_chosen_point_count_too(db: None) -> None:
    site, taken = Site(), kept_before(picture())
    article = site.draft(at=THEN)
    show(article, taken, focus_x=10, focus_y=90)
    site.release(site.led(article, "approved"))
    Photo.objects.all().delete()
    show(site.draft(at=THEN), taken, focus_x=0, focus_y=0)
    assert run() == "1 pictures looked at, 11 files made.\n"
    for point in ((10, 90), (0, 0), (50, 50)):
        assert default_storage.exists(Rendition(taken.sha256, card(point)).file_name)


def test_a_run_that_was_stopped_is_taken_up_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    site, two = Site(), [kept_before(picture(colour)) for colour in ("navy", "olive")]
    for taken in two:
        show(site.draft(at=THEN), taken)
    draw, drawn = pictures.renditions.draw, []

    def stopped(large: Any, label: str) -> bytes:
        drawn.append(label)
        if len(drawn) == 13:
            raise KeyboardInterrupt
        return draw(large, label)

    monkeypatch.setattr(pictures.renditions, "draw", stopped)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert run() == "2 pictures looked at, 6 files made.\n"
    assert not any(missing_of(taken) for taken in two)


@pytest.mark.parametrize("damage", [None, b"", b"\xff\xd8\xff\xe0 no picture"])
def test_a_master_that_is_lost_or_damaged_is_named_and_the_others_are_made(damage: bytes | None) -> None:
    site, lost, sound = Site(), kept_before(picture("navy")), kept_before(picture("olive"))
    for taken in (lost, sound):
        show(site.draft(at=THEN), taken)
    path = Path(default_storage.path(lost.file_name))
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    with pytest.raises(CommandError, match=lost.file_name):
        run()
    assert not missing_of(sound) and len(missing_of(lost)) == 9


def test_a_missing_photograph_has_nothing_to_be_made_of(db: None) -> None:
    Photo.objects.create(article=Site().draft(at=THEN), is_missing=True)
    assert make_renditions.kept_pictures() == {}
    assert run() == "0 pictures looked at, 0 files made.\n"
