"""What stands before the site is asked as well: a cache with a stale copy is found, and whatever hangs hangs nobody."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletins.models import ProofResult, SiteProfile
from bulletins.proof import asking, proving
from bulletins.proof.asking import Outside, follow
from bulletins.proof.places import Asked
from tests.proof.conftest import MARK, Withdrawn

# Status, headers and body of what stands at a path.
Answers = Callable[[str], tuple[int, dict[str, str], bytes]]


@contextmanager
def server(answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """Its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = answers(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", asked
    finally:
        running.shutdown()
        running.server_close()


def known_by(address: str) -> None:
    profile = SiteProfile.objects.current()
    profile.address = address
    profile.save()


def test_a_stale_copy_in_a_cache_is_found(story: Withdrawn, monkeypatch: pytest.MonkeyPatch) -> None:
    page, picture = f"/articles/{story.number}/", f"/photos/{story.taken.sha256}/480.avif"
    stale = {page: f"<h1>{MARK}<br>标题</h1>".encode(), picture: story.taken.renditions["480.avif"]}
    story.withdraw()
    # The rest of the site is asked by other tests.
    monkeypatch.setattr(
        proving,
        "places_of",
        lambda _: [Asked(page, True), Asked("/"), Asked(picture, True), Asked("/units/")],
    )
    with server(lambda path: (200, {}, stale[path]) if path in stale else (404, {}, b"")) as (address, asked):
        known_by(address)
        proof = story.proved()
    assert asked == [page, "/", picture, "/units/"]
    assert (proof.result, proof.site) == (ProofResult.SHOWN, address)
    assert [(answer["path"], answer["way"], answer["status"]) for answer in proof.shown] == [
        (page, "network", 200), (picture, "network", 200),
    ]  # fmt: skip


@pytest.mark.usefixtures("quickly")
def test_a_site_that_cannot_be_reached_from_here_takes_nothing_from_what_was_asked_within(
    story: Withdrawn,
) -> None:
    """As in a house whose server does not see its own public address: the record says so."""
    story.withdraw()
    known_by("http://127.0.0.1:1")
    proof = story.proved()
    assert proof.result == ProofResult.GONE
    faults = [answer["fault"] for answer in proof.answers if answer["way"] == "network"]
    assert faults == ["connection"] * asking.PATIENT_FOR + ["given_up"]


def test_no_other_host_is_asked() -> None:
    with server(lambda _: (200, {}, b"")) as (_elsewhere, asked_elsewhere):
        other = _elsewhere.replace("127.0.0.1", "localhost")
        with server(lambda path: (302, {"Location": other}, b"")) as (address, _asked):
            assert follow(Outside(address), "/").fault == "elsewhere"
    assert asked_elsewhere == []


def test_a_redirect_within_the_site_is_followed_and_not_for_ever() -> None:
    def answers(path: str) -> tuple[int, dict[str, str], bytes]:
        return (
            (200, {}, b"here")
            if path == "/b/"
            else (302, {"Location": "/b/" if path == "/a/" else path}, b"")
        )

    with server(answers) as (address, _asked):
        assert follow(Outside(address), "/a/").body == b"here"
        assert follow(Outside(address), "/loop/").fault == "redirects"


def test_an_answer_that_drips_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS_OF_ONE", 0.2)
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        line, _address = listening.accept()
        with line, suppress(OSError):  # until the other side has enough
            line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                line.sendall(b"x")
                time.sleep(0.02)

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with listening:
        answer = follow(Outside(f"http://127.0.0.1:{listening.getsockname()[1]}"), "/")
    assert answer.fault == "time"
    assert time.monotonic() - began < 5
