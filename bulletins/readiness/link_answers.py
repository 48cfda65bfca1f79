"""What is known of the links of a text, and how more becomes known: the database side of the check of links."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from bulletins.models import SiteProfile
from bulletins.models.checking import LinkAnswer
from bulletins.models.revision import Content
from bulletins.readiness.addresses import (
    LONGEST,
    PORTS,
    Hosts,
    is_for_a_browser,
    is_private,
    links_in,
    target_of,
)
from bulletins.readiness.calling import SECONDS, Caller
from bulletins.readiness.checks.links import Answer, LinkFacts

# An answer is told for a day. After a fault the address may be asked again sooner.
TRUSTED, TRUSTED_FAULT = timedelta(days=1), timedelta(minutes=10)
# So many are called at a time, and none is begun that might not be done within the time for all.
AT_A_TIME, SECONDS_FOR_ALL = 8, 6.0
# More links than this no bulletin has; those behind stay "not asked yet".
MOST_LINKS = 500
# Stands in `fault` while an address is being called, so that nobody else calls it too.
CALLING = "calling"


def callable_addresses(content: Content, hosts: Hosts) -> list[str]:
    """The addresses of a text that may be called, each once."""
    found: dict[str, None] = {}
    for link in links_in(content["body"]):
        target = target_of(link.address) if is_for_a_browser(link.address) else None
        if (
            target
            and hosts.allow(target.host)
            and not is_private(target.host)
            and target.port == PORTS[target.scheme]
            and len(target.address) <= LONGEST
        ):
            found[target.address] = None
    return list(found)[:MOST_LINKS]


def links(content: Content) -> LinkFacts:
    """For the check: what the database says. Nobody is called."""
    if not links_in(content["body"]):
        return LinkFacts(Hosts(()))
    hosts = allowed_hosts()
    addresses = callable_addresses(content, hosts)
    rows = LinkAnswer.objects.filter(address__in=addresses, asked_at__gt=timezone.now() - TRUSTED)
    return LinkFacts(
        hosts, {row.address: Answer(row.status, row.fault) for row in rows if row.fault != CALLING}
    )


def allowed_hosts() -> Hosts:
    return Hosts(SiteProfile.objects.current().link_hosts.splitlines())


def due(addresses: Iterable[str], *, now: datetime) -> list[str]:
    """Those that may be asked now: never asked, or so long ago that the answer is not trusted any more."""
    wanted = list(addresses)
    settled = (
        LinkAnswer.objects.filter(address__in=wanted).exclude(_is_old(now)).values_list("address", flat=True)
    )
    fresh = set(settled)
    return [address for address in wanted if address not in fresh]


def ask(content: Content, *, caller: Caller | None = None) -> dict[str, Answer]:
    """Call every address of a text that is due, and keep the answers. Not to be called inside a transaction.

    Takes some seconds (`SECONDS_FOR_ALL`) at most; addresses that are not reached until then stay due.
    """
    hosts = allowed_hosts()
    now = timezone.now()
    claimed = [a for a in due(callable_addresses(content, hosts), now=now) if _claim(a, now)]
    answers = _called(claimed, caller or Caller(hosts))
    for address, answer in answers.items():
        LinkAnswer.objects.filter(address=address).update(
            answered=answer.is_good, status=answer.status, fault=answer.fault, asked_at=timezone.now()
        )
    LinkAnswer.objects.filter(address__in=set(claimed) - answers.keys(), fault=CALLING).delete()
    return answers


def _is_old(now: datetime) -> Q:
    return Q(answered=True, asked_at__lte=now - TRUSTED) | Q(
        answered=False, asked_at__lte=now - TRUSTED_FAULT
    )


def _claim(address: str, now: datetime) -> bool:
    """Of two who would call an address at the same moment, one does."""
    mine = {"answered": False, "status": 0, "fault": CALLING, "asked_at": now}
    _row, is_new = LinkAnswer.objects.get_or_create(address=address, defaults=mine)
    return is_new or LinkAnswer.objects.filter(_is_old(now), address=address).update(**mine) == 1


def _called(addresses: list[str], caller: Caller) -> dict[str, Answer]:
    last_start = time.monotonic() + SECONDS_FOR_ALL - SECONDS

    def call(address: str) -> Answer | None:
        return caller.ask(address) if time.monotonic() < last_start else None

    if not addresses:
        return {}
    with ThreadPoolExecutor(min(AT_A_TIME, len(addresses)), thread_name_prefix="links") as threads:
        answers = list(threads.map(call, addresses))
    return {a: answer for a, answer in zip(addresses, answers, strict=True) if answer is not None}
