"""The WebSub hub hears of what changed, after the commit, and whatever it does harms nothing."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from bulletins.interchange import hub
from bulletins.models import Article, Release, SiteProfile
from tests.interchange.world import FORMATS
from tests.public.world import LATER, Site

WAIT = 10


class Hub:
    """A hub on this machine; `heard` are the forms that were posted to it, in order."""

    def __init__(self, status: int = 204) -> None:
        self.heard: queue.Queue[dict[str, list[str]]] = queue.Queue()
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                heard.put(parse_qs(text, strict_parsing=True))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/publish"


@pytest.fixture
def listening(settings: Any) -> Iterator[Hub]:
    there = Hub()
    settings.WEBSUB_HUB = there.address
    yield there
    there.server.shutdown()
    there.server.server_close()


@pytest.fixture
def known(site: Site) -> Site:
    SiteProfile.objects.create(address="https://news.example")
    return site


def feeds(*places: str) -> set[str]:
    return {f"https://news.example{place}feeds/{form}/" for place in places for form in FORMATS}


OF_A_STORY = feeds("/", "/units/hubin/", "/units/shiju/", "/campaigns/winter/")


@pytest.mark.django_db
def test_the_hub_hears_of_every_feed_a_release_stands_in(
    known: Site, listening: Hub, django_capture_on_commit_callbacks: Any
) -> None:
    article = known.at("approved", "新的")
    with django_capture_on_commit_callbacks(execute=True):
        known.release(article)
    heard = listening.heard.get(timeout=WAIT)
    assert heard["hub.mode"] == ["publish"]
    assert set(heard["hub.url"]) == OF_A_STORY


@pytest.mark.django_db
def test_the_hub_hears_of_a_withdrawal(
    known: Site, listening: Hub, django_capture_on_commit_callbacks: Any
) -> None:
    release = known.published("撤下的")
    with django_capture_on_commit_callbacks(execute=True):
        known.withdraw(release)
    assert set(listening.heard.get(timeout=WAIT)["hub.url"]) == OF_A_STORY


@pytest.mark.django_db
def test_what_is_rolled_back_reading_and_what_comes_later_tell_nothing(
    known: Site, listening: Hub, django_capture_on_commit_callbacks: Any
) -> None:
    known.published("从未提交的")  # the transaction of a test never commits
    with django_capture_on_commit_callbacks(execute=True):
        known.release(known.at("approved", "以后的"), public_from=LATER)
    hub.messenger.tell(["https://news.example/last"])
    assert listening.heard.get(timeout=WAIT)["hub.url"] == ["https://news.example/last"]


@pytest.mark.django_db
def test_a_site_that_does_not_know_its_address_tells_nothing(site: Site) -> None:
    site.published("新的")
    assert hub.topics_of(list(Release.objects.all())) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "https://localhost/", "http://user@hub.example/"])
def test_a_hub_that_is_not_there_touches_no_release(
    known: Site, settings: Any, django_capture_on_commit_callbacks: Any, address: str
) -> None:
    settings.WEBSUB_HUB = address
    article = known.at("approved", "新的")
    with django_capture_on_commit_callbacks(execute=True):
        release = known.release(article)
    assert Release.objects.visible(at=release.public_from).filter(pk=release.pk).exists()
    assert Article.objects.get(pk=article.pk).stage == "settled"


@pytest.mark.parametrize("address", ["10.0.0.7", "127.0.0.1", "::1", "169.254.169.254"])
def test_a_name_that_leads_into_the_house_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def call(*_: Any) -> None:
        raise AssertionError("called")

    monkeypatch.setattr(hub, "looked_up", lambda host, port: ["93.184.215.14", address])
    monkeypatch.setattr(hub, "connected", call)
    with pytest.raises(hub.Unwilling):
        hub.post("https://hub.example/", ["https://news.example/feeds/atom/"])


def test_a_hub_that_hangs_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "SECONDS", 0.2)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent, pytest.raises(TimeoutError):
        hub.post(f"http://127.0.0.1:{silent.server_port}/", ["https://news.example/feeds/atom/"])


def test_what_comes_while_it_is_out_is_told_on_the_same_way(listening: Hub) -> None:
    for n in range(250):
        hub.messenger.tell([f"https://news.example/{n}"])
    told: list[str] = []
    while len(told) < 250:
        told += listening.heard.get(timeout=WAIT)["hub.url"]
    assert told == [f"https://news.example/{n}" for n in range(250)]
