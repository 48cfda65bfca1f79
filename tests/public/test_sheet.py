"""The newspaper page as a PDF: made of what is public and of nothing else, once, and never stale."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from bulletins import typesetting
from bulletins.models import Kind, Page, Placement
from bulletins.models.placing import LONGEST_SET
from bulletins.public.sheet import Sheet
from tests.public.test_photos import picture, show
from tests.public.world import THEN, Site

PDF = "/pages/2021-12-31/1.pdf"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def set_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing is set; the list says which pages would have been."""
    asked: list[str] = []

    def pretend(self: Sheet) -> bytes:
        asked.append(self.html)
        return b"%PDF-" + self.key.encode()

    monkeypatch.setattr(Sheet, "_set", pretend)
    return asked


def test_the_page_offers_its_pdf(site: Site, reader: Client, settings: Any) -> None:
    Placement.objects.create(page=site.page, article=site.released(at=THEN).article)
    assert f'href="{PDF}"' in reader.get("/pages/2021-12-31/1/").content.decode()
    settings.MAKES_PDF = False
    assert PDF not in reader.get("/pages/2021-12-31/1/").content.decode()
    assert reader.get(PDF).status_code == 404


def test_it_is_made_once_and_asked_for_anew(site: Site, reader: Client, set_at_once: list[str]) -> None:
    Placement.objects.create(page=site.page, article=site.released(at=THEN).article)
    first = reader.get(PDF)
    assert reader.get(PDF).content == first.content
    assert len(set_at_once) == 1
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = reader.get(PDF, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_was_withdrawn_is_not_in_the_next_file(
    site: Site, reader: Client, set_at_once: list[str]
) -> None:
    one, other = site.published("甲稿"), site.published("乙稿")
    first = reader.get(PDF)
    site.withdraw(one)
    second = reader.get(PDF, headers={"if-none-match": first.headers["ETag"]})
    assert second.status_code == 200
    before, after = set_at_once
    assert "甲稿正文" in before
    assert "甲稿" not in after
    assert "乙稿正文" in after
    site.withdraw(other)
    assert reader.get(PDF).status_code == 404


def test_a_draft_beside_the_live_text_is_not_in_it(
    site: Site, reader: Client, set_at_once: list[str]
) -> None:
    release = site.published("公开的")
    site.revised(release, "内部的")
    reader.get(PDF)
    [html] = set_at_once
    assert "公开的正文" in html
    assert "内部的" not in html


@pytest.mark.parametrize("change", ["moved", "title", "notice"])
def test_another_page_is_another_file(
    site: Site, reader: Client, set_at_once: list[str], change: str
) -> None:
    release = site.published("甲稿")
    reader.get(PDF)
    if change == "moved":
        release.article.placements.update(width=6)
    elif change == "title":
        Page.objects.update(title="新的版名")
    else:
        Page.objects.update(note="编者按")
    reader.get(PDF)
    assert len(set_at_once) == 2


@pytest.mark.parametrize(
    "address", ["/pages/2021-12-31/2.pdf", "/pages/2021-02-30/1.pdf", "/pages/2022-01-01/1.pdf"]
)
def test_there_is_no_file_of_a_page_that_readers_do_not_know(
    site: Site, reader: Client, set_at_once: list[str], address: str
) -> None:
    page = Page.objects.create(date=date(2022, 1, 1), number=1)
    Placement.objects.create(page=page, article=site.released(at=THEN).article)
    assert reader.get(address).status_code == 404
    assert not set_at_once


def test_a_page_too_long_to_set_offers_none(site: Site, reader: Client, set_at_once: list[str]) -> None:
    long = f"<p>{'长' * LONGEST_SET}</p>"
    Placement.objects.create(page=site.page, article=site.released(at=THEN, body=long).article)
    assert PDF not in reader.get("/pages/2021-12-31/1/").content.decode()
    assert reader.get(PDF).status_code == 404


def test_what_cannot_be_set_is_said_and_not_tried_again_at_once(
    site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Placement.objects.create(page=site.page, article=site.released(at=THEN).article)
    tried: list[Any] = []
    run = typesetting.subprocess.run
    monkeypatch.setattr(typesetting, "TIME_LIMIT", 0.01)
    monkeypatch.setattr(typesetting.subprocess, "run", lambda *a, **k: tried.append(a) or run(*a, **k))
    for _time in range(2):
        answer = reader.get(PDF)
        assert answer.status_code == 503
        assert "暂时无法生成" in answer.content.decode()
    assert len(tried) == 1
    assert "0.01 seconds" in caplog.text


def test_a_cache_that_is_away_costs_time_only(
    site: Site, reader: Client, set_at_once: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: Any, **_options: Any) -> None:
        raise ConnectionError

    Placement.objects.create(page=site.page, article=site.released(at=THEN).article)
    monkeypatch.setattr(typesetting.cache, "get", away)
    monkeypatch.setattr(typesetting.cache, "set", away)
    assert reader.get(PDF).status_code == 200
    assert reader.get(PDF).status_code == 200
    assert len(set_at_once) == 2


def test_a_picture_of_ours_is_in_it(site: Site, reader: Client) -> None:
    article = site.draft(at=THEN, kind=Kind.NEWS)
    show(article, picture())
    Placement.objects.create(page=site.page, article=site.release(site.led(article, "approved")).article)
    [page] = PdfReader(io.BytesIO(reader.get(PDF).content)).pages
    assert len(page.images) == 1
    assert "启动仪式现场" in re.sub(r"\s", "", page.extract_text())
