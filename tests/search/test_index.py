"""What is in the index follows what is released, withdrawn, scheduled, loaded and renamed, in the same transaction."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from itertools import islice

import pytest
from django.core.management import call_command
from django.db import transaction

from bulletins import search, workflow
from bulletins.models import Article, Listing, Photo, Release, SearchEntry, SearchRebuild
from bulletins.search import index
from tests.factories import Newsroom, make_campaign, make_correspondent
from units.models import Unit, moved, renamed


def found(text: str, *, at: datetime, shelves: tuple[str, ...] = ()) -> list[Release]:
    return search.find(search.Question(search.read_query(text), shelves), at=at).releases


@pytest.mark.parametrize(
    "asked",
    [
        "雪夜送归", "湖滨速递", "副题在此", "提要一句", "接到求助", "图中老人", "替代文字", "李摄影", "张三",
        "湖滨派出所", "滨湖所", "冬季平安行动", "反诈标签", "齐鲁晚报",
    ],
)  # fmt: skip
def test_everything_that_a_reader_sees_is_found(newsroom: Newsroom, now: datetime, asked: str) -> None:
    newsroom.station.aliases = ["滨湖所"]
    newsroom.station.save()
    article = newsroom.draft(
        kicker="湖滨速递",
        subhead="副题在此",
        summary="提要一句",
        source="齐鲁晚报",
        campaigns=[make_campaign("冬季平安行动")],
        tags=["反诈标签"],
        at=now,
    )
    Photo.objects.create(
        article=article, caption="图中老人", alt="替代文字", credit="李摄影", is_missing=True
    )
    workflow.perform("submit", article, actor=article.author, at=now)
    while article.stage != "approved":
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage), at=now)
    assert found(asked, at=now) == []
    workflow.perform("release", article, actor=newsroom.chief, at=now)
    assert [release.number for release in found(asked, at=now)] == [article.number]


def test_what_is_withdrawn_is_gone_and_what_is_restored_is_back(newsroom: Newsroom, now: datetime) -> None:
    release = newsroom.withdrawn(at=now)
    assert found("民警", at=now) == []
    assert not SearchEntry.objects.filter(release=release).exists()
    workflow.perform("restore", release.article, actor=newsroom.desk_editor, at=now, reason="已核实")
    workflow.perform("confirm_restoration", release.article, actor=newsroom.chief, at=now)
    assert found("民警", at=now) == [release]


def test_an_emergency_withdrawal_is_gone_at_once(newsroom: Newsroom, now: datetime) -> None:
    release = newsroom.released(at=now)
    workflow.perform("withdraw_at_once", release.article, actor=newsroom.chief, at=now, reason="泄露隐私")
    assert found("民警", at=now) == []


def test_if_the_index_cannot_be_written_nothing_is_released(
    newsroom: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = newsroom.at_stage("approved", at=now)

    def broken(*args: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(index, "update_batch", broken)
    with pytest.raises(OSError, match="disk full"), transaction.atomic():
        workflow.perform("release", article, actor=newsroom.chief, at=now)
    assert not Release.objects.exists()


def test_a_scheduled_story_is_found_from_its_time_on_and_no_job_runs(
    newsroom: Newsroom, now: datetime
) -> None:
    later = now + timedelta(hours=3)
    article = newsroom.at_stage("approved", at=now)
    workflow.perform("release", article, actor=newsroom.chief, at=now, public_from=later)
    assert found("民警", at=later - timedelta(seconds=1)) == []
    assert [release.number for release in found("民警", at=later)] == [article.number]
    workflow.perform("unschedule", article, actor=newsroom.chief, at=now)
    assert found("民警", at=later) == []


def revised(newsroom: Newsroom, release: Release, at: datetime) -> Article:
    article = release.article
    workflow.perform("revise", article, actor=article.author, at=at)

    def write(article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(headline="后来的标题")

    workflow.perform("edit", article, actor=article.author, at=at, write=write)
    workflow.perform("submit", article, actor=article.author, at=at)
    while article.stage != "approved":
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage), at=at)
    return article


def test_a_new_text_takes_the_place_of_the_old_one(newsroom: Newsroom, now: datetime) -> None:
    release = newsroom.released(at=now)
    article = revised(newsroom, release, now)
    assert found("送归走失老人", at=now) == [release]
    assert found("后来的标题", at=now) == []
    workflow.perform("release", article, actor=newsroom.chief, at=now)
    assert found("送归走失老人", at=now) == []
    assert len(found("后来的标题", at=now)) == 1
    assert SearchEntry.objects.filter(release=release).count() == 0


def test_a_new_text_on_the_schedule_takes_the_place_at_its_time(newsroom: Newsroom, now: datetime) -> None:
    article = revised(newsroom, newsroom.released(at=now), now)
    later = now + timedelta(hours=3)
    workflow.perform("release", article, actor=newsroom.chief, at=now, public_from=later)
    assert (len(found("送归走失老人", at=now)), len(found("后来的标题", at=now))) == (1, 0)
    assert (len(found("送归走失老人", at=later)), len(found("后来的标题", at=later))) == (0, 1)


def test_a_unit_that_moved_is_found_below_the_one_it_belongs_to_now(
    newsroom: Newsroom, now: datetime
) -> None:
    release = newsroom.released(at=now)
    shelf = (f"unit/{newsroom.other_station.pk}",)
    assert found("民警", at=now, shelves=shelf) == []
    newsroom.station.parent = newsroom.other_station
    newsroom.station.save()
    moved.send(sender=Unit, unit=newsroom.station)
    assert found("民警", at=now, shelves=shelf) == [release]


def test_a_unit_is_found_by_the_names_it_has_now(newsroom: Newsroom, now: datetime) -> None:
    release = newsroom.released(at=now)
    newsroom.station.aliases = ["北湖所"]
    newsroom.station.save()
    renamed.send(sender=Unit, unit=newsroom.station)
    assert found("北湖所", at=now) == [release]


def test_what_is_loaded_from_a_fixture_is_found(transactional_db: None, now: datetime) -> None:
    call_command("loaddata", "sample_page", verbosity=0)
    assert len(found("護學崗", at=now)) == 1
    for release in Release.objects.all():
        assert release in found(release.title.split()[0][:8], at=now)


class TestRebuilding:
    def test_it_enters_what_is_missing_and_takes_out_what_is_not_public(
        self, newsroom: Newsroom, now: datetime
    ) -> None:
        release = newsroom.released(at=now)
        SearchEntry.objects.all().delete()
        assert found("民警", at=now) == []
        call_command("rebuild_search", verbosity=0)
        assert found("民警", at=now) == [release]
        Release.objects.filter(pk=release.pk).update(withdrawn_at=now)
        call_command("rebuild_search", verbosity=0)
        assert not SearchEntry.objects.exists()

    def test_a_run_that_was_cut_short_goes_on_where_it_stopped(
        self, newsroom: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "BATCH", 1)
        releases = [newsroom.released(at=now) for _ in range(3)]
        run = SearchRebuild.objects.create(begun_at=now + timedelta(days=4000))
        monkeypatch.setattr("django.utils.timezone.now", lambda: run.begun_at)
        assert list(islice(index.rebuild(run), 2)) == [(0, 3), (1, 3)]
        out = io.StringIO()
        call_command("rebuild_search", stdout=out)
        assert "2 releases looked at" in out.getvalue()
        assert "Going on" in out.getvalue()
        run.refresh_from_db()
        assert run.ended_at
        assert len(found("民警", at=now)) == len(releases)

    def test_a_run_afresh_looks_at_everything(self, newsroom: Newsroom, now: datetime) -> None:
        newsroom.released(at=now)
        SearchRebuild.objects.create(begun_at=now - timedelta(days=1))
        out = io.StringIO()
        call_command("rebuild_search", "--afresh", stdout=out)
        assert "1 releases looked at" in out.getvalue()

    def test_meanwhile_everything_is_found(
        self, newsroom: Newsroom, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "BATCH", 1)
        releases = [newsroom.released(at=now) for _ in range(3)]
        for _step in index.rebuild(SearchRebuild.objects.create(begun_at=now + timedelta(days=4000))):
            assert len(found("民警", at=now)) == len(releases)


def test_what_stands_in_no_list_is_entered_by_nobody(newsroom: Newsroom, now: datetime) -> None:
    """As the lists do, so does the index: the two say the same of what is public."""
    newsroom.withdrawn(at=now)
    index.complete(at=now)
    assert not Listing.objects.exists()
    assert not SearchEntry.objects.exists()


def test_a_release_is_found_by_whoever_signed_it(newsroom: Newsroom, now: datetime) -> None:
    person = make_correspondent("欧阳文远", newsroom.station)

    def sign(article: Article) -> None:
        article.credits.update(correspondent=person, name="")

    article = newsroom.draft(at=now)
    workflow.perform("edit", article, actor=article.author, at=now, write=sign)
    workflow.perform("submit", article, actor=article.author, at=now)
    while article.stage != "approved":
        workflow.perform("pass", article, actor=newsroom.reviewer_at(article.stage), at=now)
    workflow.perform("release", article, actor=newsroom.chief, at=now)
    assert len(found("文远", at=now)) == 1
