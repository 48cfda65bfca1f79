"""What is said of photos, and which pictures are taken for the same."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from bulletins import workflow
from bulletins.models import Article, Photo, Release, ReleasePhoto, Revision, pictures
from bulletins.models.checking import PictureBand
from bulletins.models.fingerprint import MOST_DIFFERENT, distance, fingerprint_of
from bulletins.readiness import Severity
from bulletins.readiness.checks.pictures import Alike, PictureFacts, check
from bulletins.readiness.gathering import around
from bulletins.readiness.released_pictures import MOST_NAMED
from tests.factories import Newsroom
from tests.readiness.asking import content, findings, keys, photo
from tests.readiness.drawn import edited, form, scene

LARGE = {"width": 4000, "height": 3000}


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1199, 900, ["picture_small_for_screen"]),
        (900, 1200, ["picture_small_for_print"]),
        (1929, 1000, ["picture_small_for_print"]),
        (1000, 1930, []),
        (0, 0, []),
    ],
)
def test_a_picture_that_is_too_small_is_mentioned(width: int, height: int, expected: list[str]) -> None:
    assert [key for key, _ in keys(check, content(photos=[photo(width=width, height=height)]))] == expected


def test_it_says_how_wide_it_can_be_printed_and_of_which_photo_it_speaks() -> None:
    (finding,) = findings(check, content(photos=[photo(**LARGE), photo(width=1600, height=1200)]))
    assert (finding.severity, finding.passage) == (Severity.INFO, "photos.1.caption")
    assert (finding.context["photo"], finding.context["printed"]) == ("2", "20")


def test_nothing_is_said_of_a_picture_that_was_not_kept_nor_of_bare_text() -> None:
    assert keys(check, content(photos=[photo(is_missing=True, width=10, height=10)])) == []
    assert keys(check, "图1：民警在现场。") == []


def test_a_place_and_stories_that_showed_it_are_said() -> None:
    alike = (Alike("JN-1", True, "甲", "2021-12-23"), Alike("JN-2", False, "乙", "2021-12-24"),
             Alike("JN-3", True), Alike("JN-4", False))  # fmt: skip
    found = findings(check, content(photos=[photo(**LARGE)]), pictures={"0" * 64: PictureFacts(True, alike)})
    assert [(f.key, f.severity, f.about) for f in found] == [
        ("picture_said_where", Severity.INFO, ""),
        ("picture_published_before", Severity.WARN, "JN-1"),
        ("picture_like_one_published", Severity.WARN, "JN-2"),
        ("picture_withdrawn_before", Severity.WARN, "JN-3"),
        ("picture_like_one_withdrawn", Severity.WARN, "JN-4"),
    ]
    assert {name for f in found[3:] for name in f.context} == {"photo", "number"}


# --- Which pictures are taken for the same -------------------------------------------------------------------------


def test_edited_copies_are_known_again_and_other_pictures_are_not() -> None:
    """The same, larger, is printed by `python -m benchmarks.pictures`."""
    prints = [fingerprint_of(scene(seed)) for seed in range(25)]
    assert all(prints)
    for seed in range(25):
        for name, copy in edited(scene(seed), seed):
            assert distance(prints[seed], fingerprint_of(copy)) <= MOST_DIFFERENT, (seed, name)
    others = [(n, m) for n in range(25) for m in range(n) if distance(prints[n], prints[m]) <= MOST_DIFFERENT]
    assert others == []


def test_scanned_forms_do_not_match_photos() -> None:
    forms = [fingerprint_of(form(seed)) for seed in range(20)]
    scenes = [fingerprint_of(scene(seed)) for seed in range(25)]
    near = [one for one in forms if one for other in scenes if distance(one, other) <= MOST_DIFFERENT]
    assert near == []


# --- What the database knows ---------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


def row(picture: Image.Image, *, quality: int = 90, exif: Image.Exif | None = None) -> Photo:
    """A photo as the form has it, not saved."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif or Image.Exif())
    kept = pictures.prepare(SimpleUploadedFile("a.jpg", out.getvalue()))
    return Photo(
        file=kept.file_name,
        web=kept.web_name,
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        fingerprint=kept.fingerprint,
        had_place=kept.had_place,
    )


def released(newsroom: Newsroom, *rows: Photo, at: Any = None, **text: Any) -> Release:
    article = newsroom.draft(**text)
    put(article, *rows)
    for _step in range(4):
        if article.stage != "approved":
            actor = article.author if article.stage == "draft" else newsroom.reviewer_at(article.stage)
            verb = "submit" if article.stage == "draft" else "pass"
            workflow.perform(verb, article, actor=actor)
    given = {"public_from": at} if at else {}
    workflow.perform("release", article, actor=newsroom.chief, **given)
    return article.releases.get()


def put(article: Article, *rows: Photo) -> None:
    def write(article: Article) -> None:
        for position, one in enumerate(rows, start=1):
            Photo.objects.create(
                **{
                    name: getattr(one, name)
                    for name in ("file", "web", "sha256", "width", "height", "fingerprint", "had_place")
                },
                article=article,
                position=position,
            )

    workflow.perform("edit", article, actor=article.author, seen_stage="draft", seen_revision=1, write=write)


def content_with(*rows: Photo) -> dict[str, Any]:
    return content(photos=[photo(sha256=p.sha256, width=p.width, height=p.height) for p in rows])


def alike(*rows: Photo, article: Article | None = None) -> list[tuple[Alike, ...]]:
    facts = around(content_with(*rows), article=article, day=timezone.localdate(), photos=rows).more[
        "pictures"
    ]
    return [facts[p.sha256].alike for p in rows]


def test_a_released_picture_and_a_copy_of_it_are_found_with_what_everybody_may_know(
    newsroom: Newsroom,
) -> None:
    same, other = row(scene(1)), row(scene(2))
    story = released(newsroom, same)
    copy = row(scene(1).resize((500, 333)), quality=60)
    known = (story.number, "民警雪夜送归走失老人", timezone.localdate(story.published_at).isoformat())
    assert alike(same, copy, other) == [
        (Alike(known[0], True, *known[1:]),),
        (Alike(known[0], False, *known[1:]),),
        (),
    ]


def test_a_release_is_found_by_four_bands(newsroom: Newsroom) -> None:
    story = released(newsroom, row(scene(1)))
    kept = ReleasePhoto.objects.get(release=story)
    assert kept.fingerprint and PictureBand.objects.filter(photo=kept).count() == 4
    ReleasePhoto.take_over(story, story.article.photos.all())
    assert PictureBand.objects.count() == 4


def test_ones_own_article_is_not_another_one(newsroom: Newsroom) -> None:
    same = row(scene(1))
    story = released(newsroom, same)
    assert alike(same, article=story.article) == [()]


def test_of_a_withdrawn_story_only_the_number_is_told(newsroom: Newsroom) -> None:
    same = row(scene(1))
    story = released(newsroom, same)
    workflow.perform("withdraw", story.article, actor=newsroom.desk_editor, reason="有误", notice="已撤下。")
    workflow.perform("confirm_withdrawal", story.article, actor=newsroom.chief)
    assert alike(same) == [(Alike(story.number, True),)]


def test_what_no_reader_has_seen_is_not_told(newsroom: Newsroom) -> None:
    same = row(scene(1))
    story = released(newsroom, same, at=timezone.now() + timedelta(days=1))
    assert alike(same) == [()]
    workflow.perform("unschedule", story.article, actor=newsroom.chief)
    assert alike(same) == [()]


def test_a_picture_shown_all_over_names_a_few_stories(newsroom: Newsroom) -> None:
    same = row(scene(1))
    stories = [released(newsroom, same) for _ in range(MOST_NAMED + 1)]
    numbers = [one.number for one in alike(same)[0]]
    assert numbers == [story.number for story in reversed(stories)][:MOST_NAMED]


def test_a_picture_of_another_shape_is_another_one(newsroom: Newsroom) -> None:
    released(newsroom, row(scene(1)))
    squeezed = scene(1)
    assert alike(row(squeezed.resize((squeezed.width, squeezed.height // 2)))) == [()]


def test_an_even_picture_is_compared_by_its_file_only(newsroom: Newsroom) -> None:
    released(newsroom, row(Image.new("RGB", (300, 200), "white")))
    released(newsroom, row(Image.new("RGB", (301, 200), "white")))
    assert [one.is_exact for one in alike(row(Image.new("RGB", (300, 200), "white")))[0]] == [True]


def test_what_was_noted_comes_from_the_form_or_else_from_the_article(newsroom: Newsroom) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (35.0, 24.0, 53.0)
    taken = row(scene(1), exif=exif)
    article = newsroom.draft()
    put(article, taken)
    today = timezone.localdate()
    for facts in (
        around(content_with(taken), article=article, day=today),
        around(content_with(taken), article=None, day=today, photos=[taken]),
    ):
        assert facts.more["pictures"][taken.sha256].had_place
    assert not around(content_with(taken), article=None, day=today).more["pictures"][taken.sha256].had_place


def test_what_was_noted_is_no_part_of_what_a_reader_sees(newsroom: Newsroom) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (35.0, 24.0, 53.0)
    article = newsroom.draft()
    put(article, row(scene(1), exif=exif))
    before = Revision.objects.current(article)
    Photo.objects.update(had_place=False, fingerprint="")
    after = Revision.freeze(article, by=article.author, at=timezone.now())
    assert before is not None and after == before
    assert not {"had_place", "fingerprint"} & before.content["photos"][0].keys()


def test_photos_without_a_fingerprint_or_a_file_are_fine(newsroom: Newsroom) -> None:
    old = row(scene(1))
    old.fingerprint = ""
    story = released(newsroom, old)
    assert PictureBand.objects.count() == 0
    assert [one.number for one in alike(old)[0]] == [story.number]
    missing = content(photos=[photo(sha256="", is_missing=True, width=0, height=0)])
    assert around(missing, article=None, day=timezone.localdate()).more["pictures"] == {}
