"""Pictures: served while a visible release shows them, and gone with the next request after that."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bulletins import workflow
from bulletins.models import Kind, Photo, Release
from bulletins.models.pictures import Prepared, prepare
from tests.public.world import LATER, THEN, Site


def picture(colour: str = "navy", size: tuple[int, int] = (2000, 1000)) -> Prepared:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG")
    prepared = prepare(SimpleUploadedFile("a.jpg", data.getvalue(), "image/jpeg"))
    prepared.store()
    return prepared


def show(article: object, taken: Prepared, **fields: object) -> Photo:
    return Photo.objects.create(
        article=article,
        file=taken.file_name,
        web=taken.web_name,
        sha256=taken.sha256,
        width=taken.width,
        height=taken.height,
        **({"caption": "启动仪式现场", "alt": "民警向学生讲解", "credit": "卢飞"} | fields),
    )


@pytest.fixture
def taken() -> Prepared:
    return picture()


@pytest.fixture
def release(site: Site, taken: Prepared) -> Release:
    article = site.draft(at=THEN, kind=Kind.NEWS)
    show(article, taken)
    return site.release(site.led(article, "approved"))


def address(taken: Prepared) -> str:
    return f"/photos/{taken.sha256}.jpg"


def test_a_released_picture_is_served(release: Release, reader: Client, taken: Prepared) -> None:
    answer = reader.get(address(taken))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content == taken.web


def test_it_may_be_kept_but_is_asked_for_anew(release: Release, reader: Client, taken: Prepared) -> None:
    answer = reader.get(address(taken))
    assert answer["Cache-Control"] == "public, no-cache"
    again = reader.get(address(taken), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_withdrawn_picture_is_gone_even_for_whoever_kept_it(
    site: Site, release: Release, reader: Client, taken: Prepared
) -> None:
    answer = reader.get(address(taken))
    site.withdraw(release)
    assert reader.get(address(taken)).status_code == 404
    assert reader.get(address(taken), headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_a_picture_of_a_draft_is_not_served(site: Site, reader: Client, taken: Prepared) -> None:
    show(site.draft(at=THEN), taken)
    assert reader.get(address(taken)).status_code == 404


def test_a_picture_of_a_scheduled_story_is_not_served(site: Site, reader: Client, taken: Prepared) -> None:
    article = site.draft(at=THEN)
    show(article, taken)
    site.release(site.led(article, "approved"), public_from=LATER)
    assert reader.get(address(taken)).status_code == 404


def test_a_picture_that_a_new_release_dropped_is_gone(
    site: Site, release: Release, reader: Client, taken: Prepared
) -> None:
    article = release.article
    workflow.perform("revise", article, actor=site.correspondent, at=THEN)
    workflow.perform(
        "edit", article, actor=site.correspondent, at=THEN, write=lambda a: a.photos.all().delete()
    )
    assert reader.get(address(taken)).status_code == 200
    site.release(site.led(article, "approved"))
    assert reader.get(address(taken)).status_code == 404


def test_only_the_file_that_pages_show_is_served(release: Release, reader: Client, taken: Prepared) -> None:
    assert reader.get(f"/photos/{taken.sha256}.png").status_code == 404


def test_a_file_that_is_lost_is_not_found(release: Release, reader: Client, taken: Prepared) -> None:
    default_storage.delete(taken.web_name)
    assert reader.get(address(taken)).status_code == 404


def test_the_article_shows_it_with_caption_alternative_credit_and_size(
    release: Release, reader: Client, taken: Prepared
) -> None:
    text = reader.get(f"/articles/{release.number}/").content.decode()
    shown, *_code = re.findall(r"<img .*?>", text[text.index('class="photo"') :])
    assert f'src="{address(taken)}"' in shown
    assert 'alt="民警向学生讲解" lang="zh-Hans" width="1600" height="800"' in shown
    assert "启动仪式现场" in text
    assert "卢飞 摄" in text


def test_a_picture_in_the_text_stands_where_it_was_put(site: Site, reader: Client, taken: Prepared) -> None:
    body = f'<p>前文。</p><p><img src="photo:{taken.sha256}"></p><p>后文。</p>'
    article = site.draft(at=THEN, body=body)
    show(article, taken)
    release = site.release(site.led(article, "approved"))
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert text.index("<p>前文。</p>") < text.index(f'src="{address(taken)}"') < text.index("<p>后文。</p>")
    assert text.count(f'src="{address(taken)}"') == 1
    assert "photo:" not in text


def test_a_missing_picture_is_an_empty_frame_that_says_so(site: Site, reader: Client) -> None:
    article = site.draft(at=THEN, kind=Kind.PHOTO, headline="")
    Photo.objects.create(article=article, is_missing=True)
    release = site.release(site.led(article, "approved"))
    text = reader.get(f"/articles/{release.number}/").content.decode()
    frame = text[text.index("photo-missing") : text.index("</figure>")]
    assert "原版面照片未随文本收入" in frame
    assert "<img" not in frame


def test_a_list_shows_the_picture_small(release: Release, reader: Client, taken: Prepared) -> None:
    text = reader.get("/units/hubin/").content.decode()
    assert re.search(rf'src="{address(taken)}" [^>]*alt="" width="1600"', text)
