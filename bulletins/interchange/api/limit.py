"""How often one address may ask in a minute, counted in the cache that the workers share."""

from __future__ import annotations

import ipaddress
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60
# Whoever has an IPv6 address has a whole network of them.
IPV6_NETWORK = 64

logger = logging.getLogger("bulletins.interchange")


@dataclass(frozen=True)
class Allowance:
    """What one address has left; `reset` is in seconds."""

    limit: int
    used: int
    reset: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        left = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "RateLimit-Reset": str(self.reset),
        }
        return left | ({"Retry-After": str(self.reset)} if self.is_spent else {})


def count(request: HttpRequest) -> Allowance | None:
    """Count this question; None where there is no limit, or none can be kept."""
    limit: int = settings.API_PER_MINUTE
    if not limit:
        return None
    now = int(time.time())
    key = f"api/{asker(request)}/{now // WINDOW}"
    try:
        cache.add(key, 0, timeout=2 * WINDOW)
        used = cache.incr(key)
    except Exception:
        # What is public stays readable while the cache is away, or belongs to a role that may not write to it.
        logger.warning("The cache does not count how often the API is asked.", exc_info=True)
        return None
    return Allowance(limit, used, WINDOW - now % WINDOW)


def asker(request: HttpRequest) -> str:
    """The address that asks: the one that our proxy saw, where there is a proxy."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Only the last entry is our proxy's word; those before it may be anybody's.
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)
