"""The point of a photo that stays in sight where it is cut: chosen in its row, frozen, shown to who judges it."""

from __future__ import annotations

import io

import pytest
from django.core import signing
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image

from bulletins.desk import difference, photos
from bulletins.models import Photo
from bulletins.models.renditions import Rendition, card
from tests.desk.conftest import filled_in
from tests.desk.test_photos import a_file, edit_of
from tests.models.sent_pictures import CORNERS, saved, upright

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(newsroom, desk_of):
    """A draft with one photo that has a colour in each corner."""
    article = newsroom.draft()
    sent = a_file(saved(upright((1600, 400)), "JPEG"))
    desk_of(newsroom.correspondent).post(edit_of(article), filled_in(article, new_photos=sent))
    article.refresh_from_db()
    return article


def save(desk, article, **row):
    """Save the form with the photo's row filled in like this."""
    article.refresh_from_db()
    token = photos.token_of(article.photos.get())
    fields = {f"photos-0-{name}": value for name, value in row.items()}
    sent = filled_in(article, **{"photos-TOTAL_FORMS": "1", "photos-0-token": token}, **fields)
    return desk.post(edit_of(article), sent)


@pytest.mark.parametrize(
    ("row", "focus"),
    [
        ({"focus_x": "30", "focus_y": "75"}, (30, 75)),
        ({"focus_x": "0", "focus_y": "100"}, (0, 100)),
        # Whoever says only one of them means the middle of the other.
        ({"focus_x": "30", "focus_y": ""}, (30, 50)),
        ({"focus_y": "5"}, (50, 5)),
        # The middle is no choice: what was frozen before keeps its hash.
        ({"focus_x": "50", "focus_y": "50"}, None),
        ({"focus_x": "", "focus_y": ""}, None),
        ({}, None),
    ],
)
def test_the_point_that_was_filled_in_is_kept_and_frozen(newsroom, desk_of, article, row, focus):
    before = article.revisions.last()
    assert save(desk_of(newsroom.correspondent), article, **row).status_code == 302
    assert Photo.objects.get().focus == focus
    after = article.revisions.last()
    assert after.content["photos"][0].get("focus") == (list(focus) if focus else None)
    assert (after.content_hash == before.content_hash) is (focus is None)


@pytest.mark.parametrize("wrong", ["37", "-5", "105", "middle", "1e1", "9" * 400, "😀", "50\0", "5.5"])
def test_what_is_no_point_is_told_beside_its_field_and_nothing_is_lost(newsroom, desk_of, article, wrong):
    page = save(desk_of(newsroom.correspondent), article, focus_x=wrong, focus_y="20", caption="写好的说明")
    assert page.status_code == 422
    [row] = page.context["sheet"].photos.forms
    assert list(row.errors) == ["focus_x"] and "写好的说明" in page.text
    assert Photo.objects.get().focus is None


def test_the_form_shows_the_point_again_and_saving_it_again_changes_nothing(newsroom, desk_of, article):
    desk = desk_of(newsroom.correspondent)
    save(desk, article, focus_x="30", focus_y="75")
    [row] = desk.get(edit_of(article)).context["sheet"].photos.forms
    assert (row["focus_x"].value(), row["focus_y"].value()) == (30, 75)
    save(desk, article, focus_x="30", focus_y="75")
    article.refresh_from_db()
    assert article.revision_number == 3


def test_the_photo_is_cut_around_the_point_as_soon_as_it_is_saved(newsroom, desk_of, article):
    save(desk_of(newsroom.correspondent), article, focus_x="100", focus_y="50")
    with default_storage.open(Rendition(Photo.objects.get().sha256, card((100, 50))).file_name) as kept:
        cut = Image.open(io.BytesIO(kept.read())).convert("RGB")
    # Its right half is green above and blue below.
    for place, colour in (((2, 2), "green"), ((2, cut.height - 3), "blue")):
        assert all(abs(a - b) < 12 for a, b in zip(cut.getpixel(place), CORNERS[colour], strict=True))


def test_a_photo_whose_file_is_lost_does_not_keep_the_text_from_being_saved(newsroom, desk_of, article):
    default_storage.delete(Photo.objects.get().file.name)
    assert save(desk_of(newsroom.correspondent), article, focus_x="30", focus_y="75").status_code == 302
    assert Photo.objects.get().focus == (30, 75)


def test_who_judges_the_text_reads_that_the_point_was_moved(newsroom, desk_of, article):
    desk = desk_of(newsroom.correspondent)
    before = article.revisions.last().content
    save(desk, article, focus_x="30", focus_y="75")
    with translation.override("zh-hans"):
        [changed] = difference.between(before, article.revisions.last().content)
    assert changed.key == "photos"
    _photo, line = changed.lines
    assert line.label == "裁切中心"
    assert "".join(piece.text for piece in line.pieces if piece.how == "new") == "横 30%，纵 75%"


def test_a_point_in_a_token_counts_for_nothing(newsroom, desk_of, article):
    values = photos.read_token(photos.token_of(article.photos.get()))
    assert not {"focus_x", "focus_y"} & values.keys()
    assert signing.loads(photos.token_of(article.photos.get()), salt=photos.SALT) == values
