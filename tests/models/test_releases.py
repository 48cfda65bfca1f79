"""When readers see a release, what it is called, and which pictures come with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bulletins import workflow
from bulletins.models import Proposal, Release, ReleasePhoto, Stage
from bulletins.models.release import headline_of, title_of
from tests.factories import Newsroom

NINE = datetime(2021, 12, 23, 1, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def release(newsroom: Newsroom) -> Release:
    return newsroom.released(at=NINE)


def is_visible(at: datetime) -> bool:
    return Release.objects.visible(at=at).exists()


@pytest.mark.parametrize(
    ("at", "visible"), [(NINE - INSTANT, False), (NINE, True), (TEN - INSTANT, True), (TEN, False)]
)
def test_it_is_visible_from_its_first_instant_up_to_its_last(
    release: Release, at: datetime, visible: bool
) -> None:
    Release.objects.update(public_until=TEN)
    assert is_visible(at) == visible


def test_without_an_end_it_stays_visible(release: Release) -> None:
    assert is_visible(NINE + timedelta(days=36500))


def test_withdrawn_it_is_visible_at_no_time(release: Release) -> None:
    Release.objects.update(withdrawn_at=TEN)
    assert not is_visible(NINE)
    assert not is_visible(TEN)


@pytest.mark.parametrize(
    ("fields", "at", "state"),
    [
        ({}, NINE - INSTANT, "scheduled"),
        ({}, NINE, "live"),
        ({"public_until": TEN}, TEN - INSTANT, "live"),
        ({"public_until": TEN}, TEN, "superseded"),
        ({"public_until": NINE}, TEN, "unscheduled"),
        ({"withdrawn_at": TEN}, TEN, "withdrawn"),
    ],
)
def test_its_state_follows_from_its_times(
    release: Release, fields: dict[str, datetime], at: datetime, state: str
) -> None:
    Release.objects.update(**fields)
    release.refresh_from_db()
    assert release.state(at=at) == state
    assert is_visible(at) == (state == "live")


def content(**fields: object) -> dict[str, object]:
    return {"headline": [], "headline_join": "space", "body": ""} | fields


@pytest.mark.parametrize(
    ("lines", "join", "headline"),
    [
        (["严打非法运输", "燃放烟花爆竹"], "nothing", "严打非法运输燃放烟花爆竹"),
        (["老人遭遇诈骗", "民警劝阻止损"], "space", "老人遭遇诈骗 民警劝阻止损"),
        ([], "space", ""),
    ],
)
def test_a_headline_is_set_on_one_line_as_its_lines_join(lines: list[str], join: str, headline: str) -> None:
    assert headline_of(content(headline=lines, headline_join=join)) == headline


def test_without_a_headline_it_is_called_by_the_beginning_of_its_text() -> None:
    assert title_of(content(body="<p>护学岗</p><p>民警</p>")) == "护学岗 民警"
    assert len(title_of(content(body=f"<p>{'字' * 100}</p>"))) == 28
    assert title_of(content()) == "—"


def test_it_comes_with_the_pictures_that_its_text_names_and_no_others(newsroom: Newsroom) -> None:
    article = newsroom.draft(at=NINE, kind="photo")
    for name in "ab":
        article.photos.create(sha256=name * 64, file=f"{name}.jpg", web=f"{name}.web.jpg", width=1, height=1)
    article.photos.create(is_missing=True)
    workflow.perform("edit", article, actor=newsroom.correspondent, at=NINE)
    workflow.perform("submit", article, actor=newsroom.correspondent, at=NINE)
    while article.stage != Stage.APPROVED:
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage), at=NINE)
    workflow.perform("release", article, actor=newsroom.chief, at=NINE)
    release = article.releases.get()
    article.photos.create(sha256="c" * 64, file="c.jpg", width=1, height=1)
    ReleasePhoto.take_over(release, article.photos.all())
    assert sorted(release.photos.values_list("file", "web")) == [
        ("a.jpg", "a.web.jpg"),
        ("b.jpg", "b.web.jpg"),
    ]


def refused_by_the_database(**changes: object) -> bool:
    try:
        with transaction.atomic():
            Release.objects.update(**changes)
    except IntegrityError:
        return True
    return False


def test_it_does_not_end_before_it_begins(release: Release) -> None:
    assert refused_by_the_database(public_until=NINE - INSTANT)
    assert not refused_by_the_database(public_until=NINE)


def test_an_article_has_one_release_of_a_number(release: Release) -> None:
    fields = {field.attname: getattr(release, field.attname) for field in Release._meta.fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(**(fields | {"id": None}))


def ask(release: Release, newsroom: Newsroom, **fields: object) -> Proposal:
    given = {"ask": "withdraw", "reason": "有误", "asked_by": newsroom.chief, "asked_at": TEN} | fields
    with transaction.atomic():
        return Proposal.objects.create(release=release, **given)


def test_one_thing_at_a_time_waits_for_an_answer(release: Release, newsroom: Newsroom) -> None:
    ask(release, newsroom)
    with pytest.raises(IntegrityError):
        ask(release, newsroom, ask="restore")
    ask(release, newsroom, outcome="declined", answered_by=newsroom.second_chief)


def test_the_database_itself_lets_nobody_confirm_what_they_asked_for(
    release: Release, newsroom: Newsroom
) -> None:
    with pytest.raises(IntegrityError):
        ask(release, newsroom, outcome="confirmed", answered_by=newsroom.chief)
    ask(release, newsroom, outcome="declined", answered_by=newsroom.chief)


def test_a_first_release_was_never_changed(release: Release) -> None:
    assert (release.sequence, release.updated_at) == (1, None)
    assert release.article.stage == Stage.SETTLED
