"""After a withdrawal the site is asked for it everywhere: nothing shows it, and whatever still does is named."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.conf import settings as house
from django.core.files.storage import default_storage
from django.utils import timezone

from bulletins import workflow
from bulletins.models import Listing, Photo, Proof, ProofDue, ProofResult, Release, SearchEntry
from bulletins.models.renditions import Rendition
from bulletins.proof import order_again, prove_due, proving
from bulletins.proof.asking import Inside, follow
from bulletins.proof.places import Story, ever_public, lists, machines, places_of
from bulletins.proof.traces import text_of, traces_of
from bulletins.tasks.rounds import ROUNDS
from tests.proof.conftest import MARK, Withdrawn
from tests.public.test_photos import show
from tests.public.world import NOW

# Pages that lead to lists and name no story, and what finds nothing where it asks for what is known by hash or number only.
LEADING = (
    "/units/", "/campaigns/", "/tags/", "/correspondents/", "/pages/", "/archive/", "/map/", "/about/",
    "/search/suggest/", "/api/v1/", "/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/news.xml", "/media/",
)  # fmt: skip


def test_every_place_that_is_asked_did_show_it(story: Withdrawn) -> None:
    """Or the proof would prove nothing: of a story on show, each of them gives it away."""
    releases = ever_public(story.release.article_id, at=timezone.now())
    traces = traces_of([story.release], at=timezone.now())
    # Its own texts stand in a story on show, itself; so they are looked for by hand.
    texts = [f"{MARK}标题", f"{MARK}正文", f"{MARK}提要"]
    inside, silent = Inside(), []
    places = places_of(Story(releases, traces, timezone.now()))
    for asked in places:
        answer = follow(inside, asked.path)
        text = text_of(answer.body, answer.content_type)
        is_there = (
            answer.status == 200 if asked.is_gone else story.number in text or any(t in text for t in texts)
        )
        if not is_there and not unquote(asked.path).removeprefix("/en").startswith(LEADING):
            silent.append(asked.path)
    assert silent == []
    assert len(places) > 60


def test_nothing_shows_it_and_each_address_is_written_down(story: Withdrawn) -> None:
    story.withdraw()
    proof = story.proved()
    assert (proof.result, proof.shown, proof.unanswered) == (ProofResult.GONE, [], [])
    asked = {unquote(answer["path"]): answer for answer in proof.answers}
    sha256 = story.taken.sha256
    for path in (
        f"/articles/{story.number}/", f"/en/articles/{story.number}/", f"/articles/{story.number}/code.svg",
        f"/api/v1/articles/{story.number}/", f"/api/v1/articles/{story.number}/ninjs/",
        f"/photos/{sha256}.jpg", f"/photos/{sha256}/480.avif", f"/photos/{sha256}/960.webp",
        f"/photos/{sha256}/large.avif", f"/photos/{sha256}/card-30-70.jpg", f"/photos/{sha256}/card-50-50.jpg",
        f"/media/photos/{sha256[:2]}/{sha256}.jpg", f"/media/photos/{sha256[:2]}/{sha256}.web.jpg",
        f"/media/{Rendition(sha256, '480.avif').file_name}",
    ):  # fmt: skip
        assert asked[path]["wanted"] == "gone"
        assert asked[path]["status"] in {404, 410}, path
    for path in (
        "/", "/en/", "/units/hubin/", "/units/hubin/?scope=own", "/units/shiju/", "/campaigns/winter/",
        "/kinds/news/", "/tags/平安/", "/correspondents/zhangsan/", "/archive/2021/12/", "/pages/2021-12-31/1/",
        "/feeds/atom/", "/feeds/rss/", "/feeds/json/", "/units/hubin/feeds/atom/", "/campaigns/winter/feeds/json/",
        "/api/v1/articles/", "/sitemap.xml", "/sitemaps/2021-12.xml", "/sitemaps/news.xml",
        f"/search/?q={story.number}", f"/search/?q={MARK}标题", f"/api/v1/search/?q={MARK}正文",
        f"/articles/{story.other}/",
    ):  # fmt: skip
        assert asked[path]["wanted"] == "silent"
        assert asked[path]["status"] == 200, path
    assert {story.number, f"{MARK}标题", f"{MARK}正文", sha256} <= set(proof.looked_for)


@pytest.mark.usefixtures("quickly")
def test_the_files_stay_for_a_restoration(story: Withdrawn) -> None:
    story.withdraw()
    story.proved()
    assert default_storage.exists(story.taken.file_name)
    assert default_storage.exists(Rendition(story.taken.sha256, "480.avif").file_name)


@pytest.mark.usefixtures("quickly")
def test_a_picture_kept_by_hand_among_the_assets_is_found_under_any_name(
    story: Withdrawn, caplog: pytest.LogCaptureFixture
) -> None:
    kept = house.STATIC_ROOT / "图" / "old.bin"
    kept.parent.mkdir()
    kept.write_bytes(story.taken.renditions["480.avif"])
    (house.STATIC_ROOT / "other.bin").write_bytes(b"x" * len(story.taken.renditions["480.avif"]))
    story.withdraw()
    with caplog.at_level(logging.ERROR, "bulletins.proof"):
        proof = story.proved()
    assert proof.result == ProofResult.SHOWN
    assert [unquote(answer["path"]) for answer in proof.shown] == ["/static/图/old.bin"]
    assert story.number in caplog.text
    assert "old.bin" in caplog.text
    assert list(Proof.objects.alarming()) == [proof]
    kept.unlink()
    clean = order_again(story.release.article, actor=story.site.chief, at=timezone.now())
    prove_due()
    assert clean is not None
    assert clean.proof.result == ProofResult.GONE
    assert not Proof.objects.alarming().exists()


@pytest.mark.usefixtures("quickly")
def test_rows_that_were_not_taken_down_are_named(story: Withdrawn) -> None:
    entry = SearchEntry.objects.get(release=story.release)
    story.withdraw()
    Listing.objects.create(shelf="kind/news", release=story.release, published_at=story.release.published_at)
    entry.save(force_insert=True)
    proof = story.proved()
    assert {(answer["way"], answer["path"]) for answer in proof.shown} == {
        ("row", "bulletins_listing: kind/news"),
        ("row", f"bulletins_searchentry: {entry.place}"),
    }


def test_a_list_that_forgets_to_ask_what_is_visible_is_found_out(
    story: Withdrawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had changed the one definition for the lists of kinds: these addresses are named, and no others."""
    story.withdraw()
    Listing.objects.create(shelf="kind/news", release=story.release, published_at=story.release.published_at)
    whole = type(Release.objects.all()).on_shelf

    def careless(self: Any, shelf: Any, **options: Any) -> Any:
        if shelf != "kind/news":
            return whole(self, shelf, **options)
        return Release.objects.filter(listings__shelf=shelf).order_by("-published_at")

    monkeypatch.setattr(type(Release.objects.all()), "on_shelf", careless)
    monkeypatch.setattr(proving, "places_of", lambda it: [*lists(it), *machines(it)])
    shown = {answer["path"].partition("?")[0] for answer in story.proved().shown if answer["way"] == "inside"}
    assert {"/kinds/news/", "/en/kinds/news/"} <= shown
    assert all("kind" in path or path == "/api/v1/articles/" for path in shown)


@pytest.mark.usefixtures("quickly")
def test_a_picture_that_another_story_shows_is_no_leak(story: Withdrawn) -> None:
    article = story.site.at("draft", "同图另一篇稿件")
    show(article, story.taken)
    other = story.site.release(story.site.led(article, "approved"))
    story.withdraw()
    proof = story.proved()
    assert proof.result == ProofResult.GONE
    assert proof.elsewhere == dict.fromkeys([story.taken.sha256, "启动仪式现场"], other.number)
    assert not any(story.taken.sha256 in answer["path"] for answer in proof.answers)


@pytest.mark.usefixtures("quickly")
def test_words_that_another_story_says_too_are_no_leak(story: Withdrawn) -> None:
    twin = story.site.published(MARK)
    story.withdraw()
    proof = story.proved()
    assert proof.result == ProofResult.GONE
    assert proof.elsewhere[f"{MARK}标题"] == twin.number
    assert story.number in proof.looked_for


@pytest.mark.usefixtures("quickly")
def test_what_the_notice_repeats_is_no_leak(story: Withdrawn) -> None:
    story.withdraw(notice=f"《{MARK}标题》一文已撤下。")
    assert story.proved().result == ProofResult.GONE


def test_an_address_that_fails_is_no_proof(story: Withdrawn, monkeypatch: pytest.MonkeyPatch) -> None:
    story.withdraw()
    monkeypatch.setattr(proving, "places_of", machines)
    monkeypatch.setattr(
        "bulletins.public.views.machines.sitemaps.news", lambda *_, **__: (_ for _ in ()).throw(OSError)
    )
    proof = story.proved()
    assert proof.result == ProofResult.UNANSWERED
    assert [answer["path"] for answer in proof.unanswered] == ["/sitemaps/news.xml"]
    assert list(Proof.objects.alarming()) == [proof]


def test_it_is_proved_at_once_and_again_after_some_minutes(story: Withdrawn) -> None:
    assert prove_due in {each.go for each in ROUNDS}
    story.withdraw()
    first, second = ProofDue.objects.order_by("due_at")
    assert second.due_at - first.due_at == timedelta(minutes=10)


@pytest.mark.usefixtures("quickly")
def test_what_a_killed_worker_left_is_done_by_the_next(
    story: Withdrawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.withdraw()
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(proving, "_ask", lambda *_: (_ for _ in ()).throw(SystemExit))
        prove_due()
    assert ProofDue.objects.late(at=timezone.now()).count() == 2
    prove_due()
    assert not ProofDue.objects.open(at=timezone.now()).exists()
    assert set(Proof.objects.values_list("result", flat=True)) == {ProofResult.GONE}


def test_a_proof_that_breaks_is_shouted_about_and_leaves_the_withdrawal(
    story: Withdrawn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    story.withdraw()
    monkeypatch.setattr(proving, "_ask", lambda *_: (_ for _ in ()).throw(OSError("the store is away")))
    prove_due()
    assert [proof.result for proof in Proof.objects.alarming()] == [ProofResult.UNANSWERED]
    assert "the store is away" in caplog.text
    assert Release.objects.withdrawn(at=timezone.now()).filter(number=story.number).exists()


def test_signs_that_no_address_can_hold_are_not_looked_for(story: Withdrawn) -> None:
    release = story.release
    release.content = release.content | {"headline": ["雪夜\u200b护送\ud83d老人平安回家💡灯火通明处"]}
    found = traces_of([release], at=timezone.now())
    assert "老人平安回家💡灯火通明处" in found.texts
    assert all(quote(text) for text in found.texts)


@pytest.mark.usefixtures("quickly")
def test_what_came_back_is_not_proved(story: Withdrawn) -> None:
    story.withdraw()
    article = story.release.article
    workflow.perform("restore", article, actor=story.site.chief, reason="核实无误")
    workflow.perform("confirm_restoration", article, actor=story.site.second_chief)
    assert story.proved().result == ProofResult.PUBLIC_AGAIN
    assert order_again(article, actor=story.site.chief, at=timezone.now()) is None


@pytest.mark.usefixtures("quickly")
def test_every_text_that_was_ever_public_is_looked_for(story: Withdrawn) -> None:
    article = story.site.revised(story.release, "改写之后的新稿")
    Photo.objects.filter(article=article).delete()
    workflow.perform("release", article, actor=story.site.chief, at=NOW)
    workflow.perform("withdraw_at_once", article, actor=story.site.chief, reason="有误")
    proof = story.proved()
    assert {f"{MARK}标题", "改写之后的新稿标题", story.taken.sha256} <= set(proof.looked_for)


@pytest.mark.usefixtures("quickly")
def test_two_clicks_ask_once(story: Withdrawn) -> None:
    story.withdraw()
    prove_due()
    ask = lambda: order_again(story.release.article, actor=story.site.chief, at=timezone.now())  # noqa: E731
    assert ask() is not None
    assert ask() is None
