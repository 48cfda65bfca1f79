"""Calls the robot of a chat, and nothing that it should not: HTTPS to a public address, no redirect, an end to everything."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from bulletins.notices.outcome import NotSent, Unsure
from bulletins.readiness.addresses import PORTS, Target, is_private, target_of
from bulletins.readiness.calling import Caller, Fault

# For everything together: looking the name up, connecting, and an answer however slowly it drips.
SECONDS = 8.0
LONGEST_ANSWER = 16 * 1024


def callable_target(address: str) -> Target | None:
    """Where a robot may stand: at HTTPS on its own port, under a name that leads outside."""
    target = target_of(address) if address.isascii() else None
    if target is None or target.scheme != "https" or target.port != PORTS["https"]:
        return None
    return None if is_private(target.host) or target.host.replace(".", "").isdecimal() else target


@dataclass(frozen=True)
class Poster(Caller):
    """Posts to one address. The way to the network, and which machines are public, are those of the check of links."""

    seconds: float = SECONDS

    def post(self, address: str, body: bytes) -> bytes:
        """The body of an answer with status 200. Raises NotSent, or Unsure once it has been sent."""
        target = callable_target(address)
        if target is None:
            raise NotSent("address")
        ends = time.monotonic() + self.seconds
        try:
            line = self._line(target, ends)
        except Fault as fault:
            raise NotSent(str(fault)) from None
        except ssl.SSLCertVerificationError:
            raise NotSent("certificate") from None
        except TimeoutError:
            raise NotSent("time") from None
        except (OSError, ValueError):
            raise NotSent("connection") from None
        # Whatever drips, the line is cut when the time is over.
        cut = threading.Timer(max(0.0, ends - time.monotonic()), _cut, [line])
        cut.daemon = True
        cut.start()
        try:
            return _asked(target, line, body, max(0.1, ends - time.monotonic()))
        finally:
            cut.cancel()
            line.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):  # it may have ended by itself
        line.shutdown(socket.SHUT_RDWR)


def _asked(target: Target, line: socket.socket, body: bytes, seconds: float) -> bytes:
    parts = urlsplit(target.address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {target.host}\r\nUser-Agent: bulletins\r\nConnection: close\r\n"
        f"Content-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    response = http.client.HTTPResponse(line, method="POST")
    try:
        line.settimeout(seconds)
        line.sendall(head.encode("ascii") + body)
        response.begin()
        status, answer = response.status, response.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException, ValueError):
        raise Unsure("answer") from None
    finally:
        response.close()
    if status != 200:
        raise NotSent("redirects" if 300 <= status < 400 else "status")
    return answer
