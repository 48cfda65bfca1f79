"""Whichever way a text takes to its readers, the checks are asked, and what must be mended does not come through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bulletins import readiness, workflow
from bulletins.models import Article, Listing, Release, SiteProfile, Stage
from bulletins.models.revision import content_of, hash_of
from tests.desk.conftest import decision, filled_in
from tests.factories import Newsroom

BLOCKED = "<p>群众李某的手机号码是13812345678。</p>"
Browser = Callable[[User], Client]


def failing(*_: Any) -> Iterator[Any]:
    raise RuntimeError("broken on purpose")


@pytest.fixture
def something_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "CHECKS", (("broken", failing),))


def assert_nothing_is_public() -> None:
    assert not Release.objects.exists()
    assert not Listing.objects.exists()


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "begun"])
def test_saving_and_submitting_in_one_keeps_the_text_and_says_why_it_stays(
    newsroom: Newsroom, desk_of: Browser, is_new: bool
) -> None:
    SiteProfile.objects.create(stops_before=Stage.UNIT_REVIEW)
    browser = desk_of(newsroom.correspondent)
    article = None if is_new else newsroom.draft()
    address = (
        reverse("admin:article_edit", args=[article.number]) if article else reverse("admin:article_new")
    )
    form = filled_in(article, body=BLOCKED, unit=newsroom.station.pk, submit="1")
    answer = browser.post(address, form, follow=True)
    article = Article.objects.get()
    assert (article.stage, article.body) == (Stage.DRAFT, BLOCKED)
    assert "13812345678" in answer.content.decode()
    assert "须先修改或说明理由放行" in answer.content.decode()


def test_the_button_that_passes(newsroom: Newsroom, desk_of: Browser) -> None:
    article = newsroom.at_stage(Stage.DESK_REVIEW, body=BLOCKED)
    address = reverse("admin:article_act", args=[article.number, "pass"])
    answer = desk_of(newsroom.desk_editor).post(address, decision(article))
    assert answer.status_code == 409
    assert [reason.key for reason in answer.context["reasons"]] == ["must_be_mended"]
    article.refresh_from_db()
    assert article.stage == Stage.DESK_REVIEW


@pytest.mark.usefixtures("something_blocks")
@pytest.mark.parametrize("later", [False, True], ids=["now", "scheduled"])
def test_the_button_that_releases(
    newsroom: Newsroom, desk_of: Browser, monkeypatch: pytest.MonkeyPatch, later: bool
) -> None:
    with monkeypatch.context() as without:
        without.setattr(readiness, "CHECKS", ())
        article = newsroom.at_stage(Stage.APPROVED)
    form: dict[str, Any] = decision(article)
    if later:
        when = timezone.localtime(timezone.now() + timedelta(days=1))
        form |= {"schedule": "1", "release-public_from": when.strftime("%Y-%m-%dT%H:%M")}
    address = reverse("admin:article_act", args=[article.number, "release"])
    answer = desk_of(newsroom.chief).post(address, form)
    assert answer.status_code == 409
    assert [reason.key for reason in answer.context["reasons"]] == ["must_be_mended"]
    assert_nothing_is_public()


@pytest.mark.usefixtures("something_blocks", "db")
def test_the_command_that_makes_a_newsroom_to_try() -> None:
    with pytest.raises((workflow.Refused, CommandError)):
        call_command("demo", verbosity=0)
    assert_nothing_is_public()


def fixture_of(release: Release, body: str, path: Path) -> str:
    """The fixture by which another system would bring this release, with another text in it."""
    content = content_of(release.article) | {"body": body}
    fields = {
        "article": [release.number],
        "revision": [release.number, release.revision.number],
        "number": release.number,
        "sequence": 2,
        "kind": release.kind,
        "unit": [release.unit.slug],
        "content": content,
        "content_hash": hash_of(content),
        "published_at": "2021-12-23T00:00:00Z",
        "public_from": "2021-12-23T00:00:00Z",
    }
    path.write_text(json.dumps([{"model": "bulletins.release", "fields": fields}]), encoding="utf-8")
    return str(path)


def test_what_is_loaded_from_a_file(newsroom: Newsroom, tmp_path: Path) -> None:
    release = newsroom.released()
    clean = fixture_of(release, "<p>民警走访群众。</p>", tmp_path / "clean.json")
    blocked = fixture_of(release, BLOCKED, tmp_path / "blocked.json")
    with pytest.raises(CommandError) as error:
        call_command("loaddata", blocked, verbosity=0)
    assert release.number in str(error.value)
    assert "13812345678" in str(error.value)
    assert Release.objects.get() == release
    call_command("loaddata", clean, verbosity=0)
    assert Release.objects.count() == 2


def test_no_screen_of_the_administration_does_something_to_many_stories_at_once() -> None:
    assert not list(admin.site.actions)
    assert [model for model, screen in admin.site._registry.items() if screen.actions] == []
