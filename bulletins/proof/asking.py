"""Asking an address as a reader does: through the whole of the site within this process, or over the network."""

from __future__ import annotations

import http.client
import io
import logging
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_urlconf, set_urlconf
from django.utils import translation

from bulletins.readiness.addresses import Target, target_of

MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# For connecting and for each word of an answer; for one answer, however slowly it drips; and for all of them together.
SECONDS, SECONDS_OF_ONE, SECONDS_OF_ALL = 5.0, 15.0, 120.0
# More than any page or picture of the site has.
LONGEST = 40 * 1024 * 1024
# After so many addresses in a row without an answer, the rest is not asked.
PATIENT_FOR = 3


@dataclass(frozen=True)
class Answer:
    """`fault` says why there is none: name, connection, time, certificate, elsewhere, redirects, length, error."""

    status: int = 0
    content_type: str = ""
    body: bytes = b""
    location: str = ""
    fault: str = ""


class Way(Protocol):
    name: str

    def ask(self, path: str) -> Answer: ...


def follow(way: Way, path: str) -> Answer:
    """The answer after redirects within the site. One that leads elsewhere is not followed."""
    for _redirect in range(MOST_REDIRECTS + 1):
        answer = way.ask(path)
        if answer.status not in REDIRECTS or not answer.location:
            return answer
        path = answer.location
    return Answer(answer.status, fault="redirects")


@contextmanager
def _as_before() -> Iterator[None]:
    """What a request leaves behind in its thread: addresses and language."""
    urlconf, language = get_urlconf(), translation.get_language()
    try:
        yield
    finally:
        set_urlconf(urlconf)
        translation.activate(language) if language else translation.deactivate_all()


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """That what is gone is gone is what a proof hopes for: no warning of it belongs into the log."""
    return record.levelno > logging.WARNING or not hasattr(getattr(record, "request", None), "is_proof")


@dataclass
class Inside:
    """Through all middleware and the readers' addresses, whichever plane this process serves."""

    name: str = "inside"
    handler: WSGIHandler = field(default_factory=WSGIHandler)
    asked: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        logging.getLogger("django.request").addFilter(_is_worth_a_line)

    def ask(self, path: str) -> Answer:
        with _as_before():
            request = WSGIRequest(self._environment(path))
            request.urlconf = settings.ROOT_URLCONF if settings.HAS_PUBLIC else settings.READERS_URLCONF  # type: ignore[attr-defined]
            request.is_proof = True  # type: ignore[attr-defined]
            try:
                response = self.handler.get_response(request)
            except Exception:
                return Answer(500, fault="error")
            try:
                body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            finally:
                # Not by `close`, which tells everybody that a request has ended: the database would be left with it.
                if kept := getattr(response, "file_to_stream", None):
                    kept.close()
        location = response.headers.get("Location", "")
        if location:
            goal = urlsplit(urljoin(f"http://{_host()}{path}", location))
            if goal.hostname != _host():
                return Answer(response.status_code, fault="elsewhere")
            location = goal.path + (f"?{goal.query}" if goal.query else "")
        fault = "error" if response.status_code >= 500 else ""
        return Answer(response.status_code, response.headers.get("Content-Type", ""), body, location, fault)

    def _environment(self, path: str) -> dict[str, Any]:
        path, _mark, query = path.partition("?")
        n = next(self.asked)
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            # Each question comes from an address of its own, so that the limit of the interface refuses none.
            "REMOTE_ADDR": f"127.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",
            "SERVER_NAME": _host(),
            "SERVER_PORT": "443" if settings.SECURE_SSL_REDIRECT else "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": _host(),
            "HTTP_ACCEPT": "*/*",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _host() -> str:
    """A name that the site is reached by."""
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"


@dataclass
class Outside:
    """By the address that the administrator gave the site, so that what stands before it is asked as well: a proxy, a
    cache, a file kept by hand. It may be a private one: it is the office's own. No other host is asked, no proxy used.
    """

    root: str
    name: str = "network"
    faults: int = 0
    ends: float = field(default_factory=lambda: time.monotonic() + SECONDS_OF_ALL)

    @property
    def is_given_up(self) -> bool:
        return self.faults >= PATIENT_FOR or time.monotonic() > self.ends

    def ask(self, path: str) -> Answer:
        answer = self._ask(path if path.startswith(("http://", "https://")) else self.root + path)
        self.faults = self.faults + 1 if answer.fault else 0
        return answer

    def _ask(self, address: str) -> Answer:
        target, home = target_of(address), target_of(self.root)
        if target is None or home is None or target.host != home.host:
            return Answer(fault="elsewhere")
        try:
            return _got(target, address)
        except ssl.SSLCertVerificationError:
            return Answer(fault="certificate")
        except TimeoutError:
            return Answer(fault="time")
        except (OSError, ValueError, http.client.HTTPException):
            return Answer(fault="connection")


def _got(target: Target, address: str) -> Answer:
    """Raises OSError, ValueError and HTTPException."""
    ends = time.monotonic() + SECONDS_OF_ONE
    kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
    with closing(kind(target.host, target.port, timeout=SECONDS)) as connection:
        parts = urlsplit(address)
        headers = {"Host": parts.netloc, "User-Agent": "bulletins-proof", "Accept-Encoding": "identity"}
        asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", asked, headers=headers)
        with connection.getresponse() as response:
            body = b""
            while piece := response.read1(1 << 16):
                body += piece
                if time.monotonic() > ends:
                    raise TimeoutError
                if len(body) > LONGEST:
                    return Answer(response.status, fault="length")
    location = response.headers.get("Location", "")
    return Answer(
        response.status,
        response.headers.get("Content-Type", ""),
        body,
        urljoin(address, location) if location else "",
        "error" if response.status >= 500 or response.status == 429 else "",
    )
