"""What pages show of pictures: files to choose from, each as public as the picture, cut around the chosen point."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from bulletins.models import Kind, Photo, Release
from bulletins.models.pictures import Prepared, keep_renditions
from bulletins.models.renditions import FORMS, STEPS, Rendition, card
from tests.public.test_photos import picture, show
from tests.public.world import LATER, NOW, THEN, Site

LABELS = [
    *(f"{size}.{form}" for size in ("480", "960") for form in FORMS),
    "large.avif",
    "large.webp",
    "card-50-50.jpg",
]


def address(taken: Prepared, label: str) -> str:
    return f"/photos/{taken.sha256}/{label}"


@pytest.fixture
def taken() -> Prepared:
    return picture()


@pytest.fixture
def release(site: Site, taken: Prepared) -> Release:
    article = site.draft(at=THEN)
    show(article, taken)
    return site.release(site.led(article, "approved"))


def tags(text: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of that name, in order."""
    return [dict(re.findall(r' ([\w-]+)="([^"]*)"', tag)) for tag in re.findall(rf"<{name}\b[^>]*>", text)]


def widths(srcset: str) -> dict[str, str]:
    return {width: url for url, width in (entry.split() for entry in srcset.split(", "))}


# --- Served ----------------------------------------------------------------------------------------------------------


def test_each_file_of_a_public_picture_is_served_as_what_it_is(
    release: Release, reader: Client, taken: Prepared
) -> None:
    tags_of_files = set()
    for label in LABELS:
        answer = reader.get(address(taken, label))
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, no-cache"), label
        assert answer.content == taken.renditions[label]
        assert answer["Content-Type"] == FORMS[label.rpartition(".")[2]].content_type
        again = reader.get(address(taken, label), headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        tags_of_files.add(answer["ETag"])
    assert len(tags_of_files) == len(LABELS) == len(taken.renditions)


def test_a_file_is_gone_with_its_article_even_for_whoever_kept_it(
    site: Site, release: Release, reader: Client, taken: Prepared
) -> None:
    kept = {label: reader.get(address(taken, label))["ETag"] for label in LABELS}
    site.withdraw(release)
    for label, tag in kept.items():
        assert reader.get(address(taken, label)).status_code == 404
        assert reader.get(address(taken, label), headers={"If-None-Match": tag}).status_code == 404


def test_what_another_public_article_shows_stays(
    site: Site, release: Release, reader: Client, taken: Prepared
) -> None:
    other = site.draft(at=THEN)
    show(other, taken)
    site.release(site.led(other, "approved"))
    site.withdraw(release)
    assert {reader.get(address(taken, label)).status_code for label in LABELS} == {200}


@pytest.mark.parametrize("stage", ["draft", "unit_review", "desk_review", "final_review", "approved"])
def test_no_file_of_what_is_being_made_is_served(
    site: Site, reader: Client, taken: Prepared, stage: str
) -> None:
    article = site.draft(at=THEN)
    show(article, taken)
    site.led(article, stage)
    assert {reader.get(address(taken, label)).status_code for label in LABELS} == {404}


def test_no_file_of_a_scheduled_story_is_served(site: Site, reader: Client, taken: Prepared) -> None:
    article = site.draft(at=THEN)
    show(article, taken)
    site.release(site.led(article, "approved"), public_from=LATER)
    assert {reader.get(address(taken, label)).status_code for label in LABELS} == {404}


@pytest.mark.parametrize(
    "label",
    [
        "large.jpg",
        "web.jpg",
        "1600.avif",
        "480.png",
        "card-37-50.jpg",
        "card-50-50.avif",
        "../a.jpg",
        "480.avif/",
        "%00",
    ],
)
def test_an_address_that_is_none_is_not_found(
    release: Release, reader: Client, taken: Prepared, label: str
) -> None:
    assert reader.get(address(taken, label)).status_code == 404


def test_before_the_files_are_made_the_large_picture_is_shown_in_their_place(
    release: Release, reader: Client, taken: Prepared
) -> None:
    default_storage.delete(Rendition(taken.sha256, "480.avif").file_name)
    instead = reader.get(address(taken, "480.avif"))
    assert (instead.status_code, instead["Content-Type"]) == (200, "image/jpeg")
    assert instead.content == taken.web
    kept = {"If-None-Match": instead["ETag"]}
    assert reader.get(address(taken, "480.avif"), headers=kept).status_code == 304
    keep_renditions(taken.file_name, taken.sha256, ["480.avif"])
    made = reader.get(address(taken, "480.avif"), headers=kept)
    assert (made.status_code, made["Content-Type"]) == (200, "image/avif")
    assert Image.open(io.BytesIO(made.content)).size == (480, 240)


# --- On pages --------------------------------------------------------------------------------------------------------


def test_a_page_offers_every_form_in_every_width_and_all_of_them_are_there(
    release: Release, reader: Client, taken: Prepared
) -> None:
    text = reader.get(f"/articles/{release.number}/").content.decode()
    avif, webp = tags(text, "source")
    shown = tags(text[text.index("<picture>") :], "img")[0]
    assert [avif["type"], webp["type"]] == ["image/avif", "image/webp"]
    for offer, content_type in ((avif, "image/avif"), (webp, "image/webp"), (shown, "image/jpeg")):
        assert offer["sizes"].endswith("calc(100vw - 2rem)")
        files = widths(offer["srcset"])
        assert list(files) == ["480w", "960w", "1600w"]
        for width, url in files.items():
            answer = reader.get(url)
            assert answer["Content-Type"] == content_type
            assert f"{Image.open(io.BytesIO(answer.content)).width}w" == width


def test_a_small_picture_is_offered_as_it_is(site: Site, reader: Client) -> None:
    taken = picture(size=(300, 200))
    article = site.draft(at=THEN)
    show(article, taken)
    release = site.release(site.led(article, "approved"))
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert [list(widths(each["srcset"])) for each in tags(text, "source")] == [["300w"], ["300w"]]
    assert {"width": "300", "height": "200"}.items() <= tags(text[text.index("<picture>") :], "img")[
        0
    ].items()


def test_the_first_picture_of_an_article_is_fetched_at_once_and_the_others_when_they_come_near(
    site: Site, reader: Client
) -> None:
    first, second, third = picture("navy"), picture("olive"), picture("teal")
    body = f'<p>前文。</p><img src="photo:{first.sha256}"><img src="photo:{third.sha256}">'
    article = site.draft(at=THEN, body=body)
    for position, taken in enumerate((first, second, third), start=1):
        show(article, taken, position=position)
    release = site.release(site.led(article, "approved"))
    text = reader.get(f"/articles/{release.number}/").content.decode()
    shown = [tag for tag in tags(text, "img") if tag["src"].startswith("/photos/")]
    # What does not stand in the text stands before it.
    assert [tag["src"] for tag in shown] == [
        f"/photos/{taken.sha256}.jpg" for taken in (second, first, third)
    ]
    assert [tag.get("fetchpriority") for tag in shown] == ["high", None, None]
    assert [tag.get("loading") for tag in shown] == [None, "lazy", "lazy"]
    assert [tag.get("decoding") for tag in shown] == [None, "async", "async"]


def test_in_a_list_only_the_first_picture_is_fetched_at_once(site: Site, reader: Client) -> None:
    for colour in ("navy", "olive"):
        article = site.draft(at=THEN)
        show(article, picture(colour))
        site.release(site.led(article, "approved"))
    for page in ("/", "/units/hubin/"):
        shown = [tag for tag in tags(reader.get(page).content.decode(), "img") if "/photos/" in tag["src"]]
        assert [tag.get("loading") for tag in shown] == [None, "lazy"], page
        assert [tag.get("fetchpriority") for tag in shown] == ["high", None], page


# --- Cut -------------------------------------------------------------------------------------------------------------


def cut_story(site: Site, taken: Prepared, **fields: object) -> Release:
    article = site.draft(at=THEN, **fields)
    show(article, taken, focus_x=20, focus_y=75)
    keep_renditions(taken.file_name, taken.sha256, [card((20, 75))])
    return site.release(site.led(article, "approved"), public_from=NOW)


def test_lists_cut_a_picture_around_its_point_and_the_article_shows_it_whole(
    site: Site, reader: Client, taken: Prepared
) -> None:
    release = cut_story(site, taken)
    for page in ("/", "/units/hubin/"):
        shown = [tag for tag in tags(reader.get(page).content.decode(), "img") if "/photos/" in tag["src"]]
        assert [tag.get("class") for tag in shown] == ["across20 down75"], page
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert "across20" not in text


def test_a_photo_story_on_the_front_page_is_cut_around_its_point(
    site: Site, reader: Client, taken: Prepared
) -> None:
    cut_story(site, taken, kind=Kind.PHOTO, headline="")
    text = reader.get("/").content.decode()
    assert 'class="across20 down75"' in text[text.index('id="photo-stories"') :]


def test_whoever_is_sent_a_link_sees_it_cut_around_its_point(
    site: Site, reader: Client, taken: Prepared
) -> None:
    release = cut_story(site, taken)
    text = reader.get(f"/articles/{release.number}/").content.decode()
    named = {tag["property"]: tag["content"] for tag in tags(text, "meta") if "property" in tag}
    assert named["og:image"] == f"http://testserver{address(taken, 'card-20-75.jpg')}"
    assert (named["og:image:width"], named["og:image:height"]) == ("1200", "630")
    answer = reader.get(named["og:image"])
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    # Search engines are shown the whole picture.
    assert f'"url":"http://testserver/photos/{taken.sha256}.jpg","width":1600,"height":800' in text


def test_the_style_sheet_knows_every_step() -> None:
    css = (Path(settings.BASE_DIR) / "static/public/pictures.css").read_text(encoding="utf-8")
    found = re.findall(r"\.(across|down)(\d+) \{ --(across|down): (\d+)%; \}", css)
    assert sorted(found) == sorted(
        (way, str(step), way, str(step)) for step in STEPS for way in ("across", "down")
    )


def test_a_picture_is_cut_in_its_middle_unless_a_point_was_chosen(
    release: Release, reader: Client, taken: Prepared
) -> None:
    assert Photo.objects.get().focus is None
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert address(taken, "card-50-50.jpg") in text
    assert "across" not in reader.get("/").content.decode()
