"""Links of the body that lead nowhere, or were not tried.

`around.more["links"]` may hold what is known of them (`LinkFacts`); the check itself calls nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bulletins.models.body import reader_text
from bulletins.readiness.addresses import (
    LONGEST,
    PORTS,
    Hosts,
    Link,
    Target,
    is_for_a_browser,
    is_private,
    links_in,
    target_of,
)
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Subject

# How a fault of `bulletins.readiness.calling` is said.
FAULTS = {
    "name": "link_host_unknown",
    "private": "link_to_private_address",
    "certificate": "link_certificate_wrong",
    "elsewhere": "link_leads_elsewhere",
    "redirects": "link_leads_in_circles",
}


@dataclass(frozen=True)
class Answer:
    """`status` of HTTP, or 0 and the `fault` for which there was none."""

    status: int = 0
    fault: str = ""

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class LinkFacts:
    """Which hosts may be called, and how addresses (`Target.address`) answered lately."""

    hosts: Hosts
    answers: Mapping[str, Answer] = field(default_factory=dict)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    if subject.content is None:
        return
    body = subject.content["body"]
    links = links_in(body)
    text = reader_text(body) if links else ""
    facts = around.more.get("links")
    for link in links:
        if is_for_a_browser(link.address):
            yield from _link(link, text[link.start : link.end], facts)


def _link(link: Link, text: str, facts: LinkFacts | None) -> Iterator[Finding]:
    target = target_of(link.address)
    context = {"address": link.address[:80], "host": target.host if target else ""}
    found = _said(target, facts)
    if found is None:
        return
    key, severity, more = found
    yield Finding(
        "links", key, severity, "body", link.start, link.end, text, context=context | more, about=link.address
    )


def _said(target: Target | None, facts: LinkFacts | None) -> tuple[str, Severity, dict[str, str]] | None:
    if target is None:
        return "link_without_host", Severity.WARN, {}
    if is_private(target.host):
        return "link_to_private_address", Severity.WARN, {}
    if facts is None or not facts.hosts.allow(target.host):
        return "link_not_called", Severity.INFO, {}
    if target.port != PORTS[target.scheme]:
        return "link_port_not_called", Severity.INFO, {"port": str(target.port)}
    if len(target.address) > LONGEST:
        return "link_too_long_to_call", Severity.INFO, {"limit": str(LONGEST)}
    answer = facts.answers.get(target.address)
    if answer is None:
        return "link_not_asked_yet", Severity.INFO, {}
    return None if answer.is_good else _fault(answer)


def _fault(answer: Answer) -> tuple[str, Severity, dict[str, str]]:
    if answer.status in {404, 410}:
        return "link_is_gone", Severity.WARN, {"status": str(answer.status)}
    if answer.status:
        return "link_answers_with_fault", Severity.WARN, {"status": str(answer.status)}
    severity = Severity.INFO if answer.fault == "elsewhere" else Severity.WARN
    return FAULTS.get(answer.fault, "link_does_not_answer"), severity, {}
