"""Calls an address to see whether it answers, and nothing that it should not: the network side of the check of links.

No proxy is used, whatever the environment says: through one, nobody could see which machine is called in the end.
"""

from __future__ import annotations

import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from bulletins.readiness.addresses import PORTS, Hosts, Target, is_public_ip, target_of
from bulletins.readiness.checks.links import Answer

# For everything together: looking the name up, connecting, every redirect, however slowly it drips.
SECONDS = 3.0
MOST_REDIRECTS = 3
# The head of an answer; its body is never read.
LONGEST_HEAD = 8 * 1024
# Some servers do not do HEAD.
ASK_AGAIN = frozenset({403, 405, 501})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?")
_END = re.compile(rb"\r?\n\r?\n")
_LOCATION = re.compile(rb"^location:[ \t]*(.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)


class Fault(Exception):
    """Why there is no answer: name, private, time, connection, certificate, answer, elsewhere, redirects."""


def looked_up(host: str, port: int) -> list[str]:
    """All IP addresses of a host. Blocks as long as the system does."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def connected(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to exactly this IP address."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True)
class Caller:
    """Calls hosts of the list only, and only at public addresses. `look_up` and `connect` are the way to the network."""

    hosts: Hosts
    look_up: Callable[[str, int], list[str]] = looked_up
    connect: Callable[[str, int, float], socket.socket] = connected
    certificates: ssl.SSLContext | None = None
    seconds: float = SECONDS

    def ask(self, address: str) -> Answer:
        """Never raises, and takes no longer than `seconds`."""
        ends = time.monotonic() + self.seconds
        try:
            return self._follow(address, ends)
        except Fault as fault:
            return Answer(fault=str(fault))
        except ssl.SSLCertVerificationError:
            return Answer(fault="certificate")
        except TimeoutError:
            return Answer(fault="time")
        except (OSError, ValueError):
            return Answer(fault="connection")

    def _follow(self, address: str, ends: float) -> Answer:
        for _redirect in range(MOST_REDIRECTS + 1):
            target = target_of(address)
            if target is None or target.port != PORTS[target.scheme] or not self.hosts.allow(target.host):
                raise Fault("elsewhere")
            status, location = self._head(target, "HEAD", ends)
            if status in ASK_AGAIN:
                status, location = self._head(target, "GET", ends)
            if status not in REDIRECTS or not location:
                return Answer(status=status)
            address = urljoin(target.address, location)
        raise Fault("redirects")

    def _head(self, target: Target, verb: str, ends: float) -> tuple[int, str]:
        """Status and Location of the answer to one request."""
        with self._line(target, ends) as line:
            line.settimeout(_left(ends))
            line.sendall(_request(target, verb))
            return _read(line, ends)

    def _line(self, target: Target, ends: float) -> socket.socket:
        addresses = self._resolved(target, ends)
        if not addresses:
            raise Fault("name")
        if not all(map(is_public_ip, addresses)):
            raise Fault("private")
        for number, address in enumerate(addresses):
            # One that does not answer must not use up the time of the others.
            share = _left(ends) / (len(addresses) - number)
            try:
                line = self.connect(address, target.port, share)
                break
            except OSError:
                if number == len(addresses) - 1:
                    raise
        if target.scheme == "http":
            return line
        try:
            line.settimeout(_left(ends))
            secured = self.certificates or ssl.create_default_context()
            return secured.wrap_socket(line, server_hostname=target.host)
        except BaseException:
            line.close()
            raise

    def _resolved(self, target: Target, ends: float) -> list[str]:
        """Looked up once; the call goes to what was found here and was judged. A name server may take its time: a thread
        waits for it, so that nobody else does.
        """
        found: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

        def wait() -> None:
            try:
                found.put(self.look_up(target.host, target.port))
            except (OSError, UnicodeError):
                found.put([])

        threading.Thread(target=wait, daemon=True).start()
        try:
            return found.get(timeout=_left(ends))
        except queue.Empty:
            raise TimeoutError from None


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(target: Target, verb: str) -> bytes:
    parts = urlsplit(target.address)
    # What stands in the address as letters is sent as browsers send it.
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]") if parts.query else ""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return (
        f"{verb} {path}{query} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: bulletins-link-check\r\n"
        "Accept: */*\r\nConnection: close\r\n\r\n"
    ).encode("ascii")


def _read(line: socket.socket, ends: float) -> tuple[int, str]:
    data = b""
    while True:
        while not (end := _END.search(data)):
            if len(data) > LONGEST_HEAD:
                raise Fault("answer")
            line.settimeout(_left(ends))
            more = line.recv(2048)
            if not more:
                raise Fault("answer")
            data += more
        head, data = data[: end.start()], data[end.end() :]
        status = _STATUS.match(head)
        if status is None:
            raise Fault("answer")
        if not status[1].startswith(b"1"):  # "go on" and "early hints" come before the answer
            location = _LOCATION.search(head)
            return int(status[1]), location[1].decode("utf-8", "replace") if location else ""
