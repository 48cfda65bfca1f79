"""A server on this machine that answers as it is told, and the way to it for a `Caller` that believes it is elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import trustme

from bulletins.readiness.addresses import Hosts
from bulletins.readiness.calling import Caller

PUBLIC = "93.184.216.34"
NAME = "www.example.cn"
Reply = Callable[[bytes, socket.socket], None]


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def _certificate() -> trustme.LeafCert:
    return _authority().issue_cert(NAME)


def says(status: str, *lines: str, body: bytes = b"") -> Reply:
    """A whole answer at once."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}", "", ""))
    return lambda _request, line: line.sendall(head.encode() + body)


def drips(_request: bytes, line: socket.socket) -> None:
    """A letter every now and then, for ever."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        line.sendall(b"x")
        time.sleep(0.05)


def endless(_request: bytes, line: socket.socket) -> None:
    """As much body as anybody takes."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"x" * 65536)


class Server:
    """Keeps what it was asked (`requests`) and which connections were wanted (`wanted`: address and port)."""

    def __init__(self, replies: dict[str, Reply], *, tls: bool) -> None:
        self.replies = replies
        self.requests: list[str] = []
        self.wanted: list[tuple[str, int]] = []
        self.names: list[str | None] = []
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls else None
        if self._tls:
            _certificate().configure_cert(self._tls)
            self._tls.sni_callback = lambda _line, name, _context: self.names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            if self._tls:
                line = self._tls.wrap_socket(line, server_side=True)
            request = line.recv(65536)
            self.requests.append(request.decode())
            verb, path = request.decode().split(" ")[:2]
            (self.replies.get(f"{verb} {path}") or self.replies[path])(request, line)
        except OSError:
            pass
        finally:
            line.close()

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.wanted.append((address, port))
        return socket.create_connection(self._listener.getsockname(), timeout=seconds)

    def close(self) -> None:
        self._listener.close()


@contextmanager
def serving(replies: dict[str, Reply], *, tls: bool = False) -> Iterator[Server]:
    server = Server(replies, tls=tls)
    try:
        yield server
    finally:
        server.close()


def caller(
    server: Server,
    *,
    hosts: str = "www.example.cn",
    look_up: Callable[[str, int], list[str]] = lambda host, port: [PUBLIC],
    seconds: float = 3.0,
    trusts: bool = False,
) -> Caller:
    trusted = ssl.create_default_context() if trusts else None
    if trusted:
        _authority().configure_trust(trusted)
    return Caller(Hosts(hosts.split()), look_up, server.connect, trusted, seconds)
