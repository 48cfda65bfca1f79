"""Telling the WebSub hub which feeds changed, so that it fetches them and spreads the word (W3C WebSub, section 5.3).

The hub is told by a thread of its own after the commit: what it does, or fails to do, touches no release.
"""

from __future__ import annotations

import http.client
import ipaddress
import logging
import socket
import ssl
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from bulletins.interchange.feeds.views import FORMATS
from bulletins.models import Campaign, Release, SiteProfile
from bulletins.readiness.addresses import Target, is_public_ip, target_of
from bulletins.readiness.calling import connected, looked_up

logger = logging.getLogger("bulletins.hub")

# For connecting, and for each answer of the network after that.
SECONDS = 5.0
# So many addresses are told in one message.
MOST = 100


class Unwilling(Exception):
    """Why the hub is not called."""


def topics_of(releases: list[Release]) -> list[str]:
    """The feeds in which any of these stands or stood, by the site's own address; none where it is not known."""
    root = SiteProfile.objects.current().address
    if not root:
        return []
    units = {unit.slug for release in releases for unit in release.unit.lineage()}
    named = [campaign for release in releases for campaign in release.content["campaigns"]]
    by_name = Q(slug__in={each["slug"] for each in named}) | Q(name__in={each["name"] for each in named})
    campaigns = set(Campaign.objects.public().filter(by_name).values_list("slug", flat=True))
    places: list[tuple[str, list[str]]] = [("site", [])]
    places += [("unit", [slug]) for slug in sorted(units)]
    places += [("campaign", [slug]) for slug in sorted(campaigns)]
    return [root + reverse(f"feeds:{name}", args=[*args, form]) for name, args in places for form in FORMATS]


@dataclass
class Messenger:
    """Goes to the hub while there is something to tell. What is added meanwhile is told on the same way."""

    waiting: dict[str, None] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_out: bool = False

    def tell(self, topics: list[str]) -> None:
        if not settings.WEBSUB_HUB or not topics:
            return
        with self.lock:
            self.waiting.update(dict.fromkeys(topics))
            if self.is_out:
                return
            self.is_out = True
        # A server that is told to stop does not wait for a hub.
        threading.Thread(target=self._go, name="websub", daemon=True).start()

    def _go(self) -> None:
        while True:
            with self.lock:
                topics = list(self.waiting)[:MOST]
                for topic in topics:
                    del self.waiting[topic]
                if not topics:
                    self.is_out = False
                    return
            try:
                status = post(settings.WEBSUB_HUB, topics)
                log = logger.info if 200 <= status < 300 else logger.warning
                log("the hub answered %s for %s feeds", status, len(topics))
            except Exception as reason:  # whatever it is, the thread goes on to what waits
                logger.warning("the hub was not told of %s feeds: %r", len(topics), reason)


messenger = Messenger()


def post(hub: str, topics: list[str]) -> int:
    """The status of the hub's answer. Raises OSError, HTTPException or Unwilling. No redirect is followed, no proxy used."""
    target = target_of(hub)
    if target is None:
        raise Unwilling("this is no address of a server")
    line = _line(target)
    connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    connection.sock = line
    try:
        parts = urlsplit(target.address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        body = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)])
        form = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "bulletins"}
        connection.request("POST", path, body, form)
        return connection.getresponse().status
    finally:
        connection.close()


def _line(target: Target) -> socket.socket:
    """A connection to a public address of the host; to a private one only where the setting itself names that."""
    addresses = looked_up(target.host, target.port)
    if not _is_ip(target.host) and not all(map(is_public_ip, addresses)):
        raise Unwilling("its name leads to a private address")
    line = connected(addresses[0], target.port, SECONDS)
    if target.scheme == "http":
        return line
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=target.host)
    except BaseException:
        line.close()
        raise


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
