"""Photos in the form: received, shown to those who may see them, put into the text."""

import io

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bulletins.desk import photos
from bulletins.models import Photo
from tests.desk.conftest import filled_in
from tests.desk.test_pictures import jpeg, png_that_claims

pytestmark = pytest.mark.django_db


def a_file(data=None, name="现场.jpg"):
    return SimpleUploadedFile(name, jpeg() if data is None else data)


def edit_of(article):
    return reverse("admin:article_edit", args=[article.number])


def test_a_photo_sent_with_the_form_is_kept_without_its_hidden_data(newsroom, desk_of):
    article = newsroom.draft()
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    sent = a_file(jpeg(exif=exif, comment=b"telephone 13812345678"))
    desk_of(newsroom.correspondent).post(edit_of(article), filled_in(article, new_photos=sent))
    photo = Photo.objects.get()
    for kept in (photo.file, photo.web):
        with kept.open() as file:
            data = file.read()
        assert b"SecretCam" not in data and b"13812345678" not in data
        assert Image.open(io.BytesIO(data)).size == (40, 20)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MZ not a picture", "这不是可以显示的图片"),
        (png_that_claims(30000, 30000), "图片像素过多"),
        (jpeg((300, 300), quality=95)[:-400], "图片已损坏"),
    ],
)
def test_a_bad_upload_is_refused_beside_the_photos_and_nothing_typed_is_lost(newsroom, desk_of, data, said):
    article = newsroom.draft()
    page = desk_of(newsroom.correspondent).post(
        edit_of(article),
        filled_in(
            article, body="<p>写好的正文。</p>", new_photos=[a_file(data, "坏.jpg"), a_file(name="好.jpg")]
        ),
    )
    assert page.status_code == 422 and f"坏.jpg：{said}" in page.text
    assert "写好的正文。" in page.text and not Photo.objects.exists()
    # The good one waits in the form; nobody has to choose it again.
    token = page.context["sheet"].photos.forms[0]["token"].value()
    assert photos.read_token(token)["width"] == 40


def test_an_upload_over_the_limit_is_refused(newsroom, desk_of, settings):
    settings.MAX_UPLOAD_MB = 1
    answer = desk_of(newsroom.correspondent).post(
        reverse("admin:picture_upload"), {"picture": a_file(jpeg() + b"\0" * 1_100_000)}
    )
    assert answer.status_code == 422 and "不能超过 1 MB" in answer.json()["error"]


def test_a_photo_uploaded_beforehand_can_stand_in_the_text(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    got = desk.post(reverse("admin:picture_upload"), {"picture": a_file()}).json()
    assert desk.get(got["address"]).headers["Content-Type"] == "image/jpeg"
    desk.post(
        edit_of(article),
        filled_in(
            article,
            body=f'<p>前文。</p><img src="{got["address"]}" alt="现场"><p>后文。</p>',
            **{
                "photos-TOTAL_FORMS": "1",
                "photos-0-token": got["token"],
                "photos-0-caption": "民警在现场",
                "photos-0-alt": "两名民警",
                "photos-0-credit": "李卫东",
            },
        ),
    )
    article.refresh_from_db()
    assert f'<img src="photo:{got["sha256"]}" alt="现场">' in article.body
    assert article.revisions.last().content["photos"][0]["caption"] == "民警在现场"
    shown = desk.get(reverse("admin:article_picture", args=[article.number, got["sha256"]]))
    assert shown.status_code == 200 and shown.headers["Content-Type"] == "image/jpeg"
    assert "民警在现场" in desk.get(reverse("admin:article", args=[article.number])).text


def test_saving_again_keeps_the_photos_and_the_text_as_they_are(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    desk.post(edit_of(article), filled_in(article, new_photos=a_file()))
    article.refresh_from_db()
    form = desk.get(edit_of(article)).context["sheet"].photos.forms[0]
    again = filled_in(article, **{"photos-TOTAL_FORMS": "1", "photos-0-token": form["token"].value()})
    desk.post(edit_of(article), again)
    article.refresh_from_db()
    assert article.revision_number == 2


def test_a_forged_token_is_no_photo(newsroom, desk_of):
    article = newsroom.draft()
    forged = signing.dumps({"file": "secret.txt", "web": "secret.txt", "sha256": "0" * 64}, salt="other")
    desk = desk_of(newsroom.correspondent)
    desk.post(edit_of(article), filled_in(article, **{"photos-TOTAL_FORMS": "1", "photos-0-token": forged}))
    assert not Photo.objects.exists()
    assert desk.get(reverse("admin:picture", args=["0" * 64]), {"token": forged}).status_code == 404


def test_a_photo_is_shown_only_to_those_who_may_read_its_article(newsroom, desk_of):
    article = newsroom.draft(unit=newsroom.other_station, actor=newsroom.desk_editor)
    desk_of(newsroom.desk_editor).post(edit_of(article), filled_in(article, new_photos=a_file()))
    address = reverse("admin:article_picture", args=[article.number, Photo.objects.get().sha256])
    assert desk_of(newsroom.desk_editor).get(address).status_code == 200
    assert desk_of(newsroom.correspondent).get(address).status_code == 404


def test_a_photo_taken_out_is_still_shown_in_the_version_that_had_it(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    desk.post(edit_of(article), filled_in(article, new_photos=a_file()))
    sha256 = Photo.objects.get().sha256
    article.refresh_from_db()
    desk.post(edit_of(article), filled_in(article))
    assert not Photo.objects.exists()
    assert desk.get(reverse("admin:article_picture", args=[article.number, sha256])).status_code == 200


def test_a_text_that_shows_a_removed_photo_cannot_be_submitted(newsroom, desk_of):
    article = newsroom.draft(body=f'<p>文。</p><img src="photo:{"0" * 64}">')
    page = desk_of(newsroom.correspondent).post(
        edit_of(article),
        filled_in(article, body=f'<p>文。</p><img src="photo:{"0" * 64}">', submit="1"),
        follow=True,
    )
    assert [reason.key for reason in page.context["at_field"]["body"]] == ["photo_is_gone"]


@pytest.mark.parametrize("person", ["administrator", "auditor"])
def test_who_writes_nothing_uploads_nothing(newsroom, desk_of, person):
    answer = desk_of(getattr(newsroom, person)).post(reverse("admin:picture_upload"), {"picture": a_file()})
    assert answer.status_code == 404


def test_what_was_noted_of_a_photo_comes_along_and_an_older_form_without_it_still_works(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (35.0, 24.0, 53.0)
    shades = Image.linear_gradient("L").rotate(90).resize((400, 300))
    out = io.BytesIO()
    shades.save(out, "JPEG", exif=exif)
    desk.post(edit_of(article), filled_in(article, new_photos=a_file(out.getvalue())))
    photo = Photo.objects.get()
    assert photo.had_place and photo.fingerprint
    token = photos.token_of(photo)
    assert photos.read_token(token)["fingerprint"] == photo.fingerprint
    older = {k: v for k, v in photos.read_token(token).items() if k not in {"fingerprint", "had_place"}}
    for sent, noted in ((token, True), (signing.dumps(older, salt=photos.SALT), False)):
        article.refresh_from_db()
        row = {"photos-TOTAL_FORMS": "1", "photos-0-token": sent, "photos-0-caption": f"{noted}"}
        assert desk.post(edit_of(article), filled_in(article, **row)).status_code == 302
        assert Photo.objects.get().had_place == noted
