"""Links of the body: where they stand, what is said of them, and when an address is asked."""

import re
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bulletins.models import SiteProfile
from bulletins.models.body import clean, reader_text
from bulletins.models.checking import LinkAnswer
from bulletins.readiness import Severity
from bulletins.readiness import link_answers as known
from bulletins.readiness.addresses import Hosts, links_in, listed_host
from bulletins.readiness.checks.links import Answer, LinkFacts, check
from bulletins.readiness.gathering import around
from tests.readiness.answering import caller, says, serving
from tests.readiness.asking import content, findings, keys

GOV = "https://www.example.cn/a"


def body(*addresses: str) -> dict[str, Any]:
    return content(body="".join(f'<p>见<a href="{address}">通告</a>。</p>' for address in addresses))


# --- Where they stand ----------------------------------------------------------------------------------------------


def test_a_link_stands_where_a_reader_sees_its_text() -> None:
    html = (
        f'<h2> 标题 </h2><p></p><p>甲&amp;乙 <strong>见<a href="{GOV}"> 通<em>告</em></a></strong></p>'
        f'<table><tbody><tr><td>一</td><td><a href="{GOV}?b=1&amp;c=2">二</a></td></tr></tbody></table>'
        f'<ul><li><a href="{GOV}">第一<br>第二</a></li></ul>'
    )
    text = reader_text(html)
    found = links_in(html)
    assert [text[link.start : link.end] for link in found] == [" 通告", "二", "第一\n第二"]
    assert found[1].address == f"{GOV}?b=1&c=2"


def test_a_link_without_a_text_points_at_its_paragraph() -> None:
    html = f'<p>前文。</p><p>甲<a href="{GOV}"><img src="photo:{"0" * 64}"></a>乙</p>'
    (link,) = links_in(html)
    assert reader_text(html)[link.start : link.end] == "甲乙"
    (alone,) = links_in(f'<p>前文。</p><p><a href="{GOV}"><img src="photo:{"0" * 64}"></a></p>')
    assert alone.start == alone.end == 3


PIECES = st.sampled_from(
    ["甲", " ", "\u3000", "&amp;", "&nbsp;", "<br>", "<p>", "</p>", "<li>", "</li>", "<td>", "<em>", "</em>", "\n", "\u2028",
     "乙丙", "😀", "<hr>", f'<a href="{GOV}">', "</a>", "<a>", f'<img src="photo:{"0" * 64}">', "<h2>", "</h2>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_every_link_stands_in_the_text_with_what_it_holds(pieces: list[str]) -> None:
    html = clean("".join(pieces))
    text = reader_text(html)
    inside = re.findall(r'<a href="[^"]*"[^>]*>(.*?)</a>', html, re.DOTALL)
    found = links_in(html)
    assert len(found) == len(inside)
    for link, markup in zip(found, inside, strict=True):
        assert 0 <= link.start <= link.end <= len(text)
        seen = reader_text(markup)
        if seen:
            assert reader_text(text[link.start : link.end]).replace("\n", "") == seen.replace("\n", "")


# --- What is said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "key", "severity"),
    [
        ("www.gov.cn", "link_without_host", Severity.WARN),
        ("http:///x", "link_without_host", Severity.WARN),
        ("http://甲 乙.cn/", "link_without_host", Severity.WARN),
        ("https://a:b@www.example.cn/", "link_without_host", Severity.WARN),
        ("http://2130706433/", "link_without_host", Severity.WARN),
        ("http://0x7f.1/", "link_without_host", Severity.WARN),
        ("http://www.example.cn:99999/", "link_without_host", Severity.WARN),
        ("http://localhost/", "link_to_private_address", Severity.WARN),
        ("http://oa/", "link_to_private_address", Severity.WARN),
        ("http://news.lan/", "link_to_private_address", Severity.WARN),
        ("http://10.64.1.2/x", "link_to_private_address", Severity.WARN),
        ("http://[::ffff:10.0.0.1]/", "link_to_private_address", Severity.WARN),
        ("http://8.8.8.8/", "link_not_called", Severity.INFO),
        ("https://other.cn/", "link_not_called", Severity.INFO),
        ("https://www.example.cn:8443/", "link_port_not_called", Severity.INFO),
        ("https://www.example.cn/" + "a" * 500, "link_too_long_to_call", Severity.INFO),
        (GOV, "link_not_asked_yet", Severity.INFO),
    ],
)
def test_what_cannot_be_known_is_said(address: str, key: str, severity: Severity) -> None:
    facts = LinkFacts(Hosts(["www.example.cn"]))
    (finding,) = findings(check, body(address), links=facts)
    assert (finding.key, finding.severity, finding.passage, finding.text) == (key, severity, "body", "通告")
    assert finding.about == address


@pytest.mark.parametrize("address", ["mailto:a@b.cn", "tel:110", "#a", "/articles/JN-2021-000001/"])
def test_what_leads_to_no_other_page_is_let_pass(address: str) -> None:
    assert keys(check, body(address)) == []


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (Answer(404), "link_is_gone"),
        (Answer(410), "link_is_gone"),
        (Answer(500), "link_answers_with_fault"),
        (Answer(403), "link_answers_with_fault"),
        (Answer(fault="time"), "link_does_not_answer"),
        (Answer(fault="connection"), "link_does_not_answer"),
        (Answer(fault="answer"), "link_does_not_answer"),
        (Answer(fault="name"), "link_host_unknown"),
        (Answer(fault="private"), "link_to_private_address"),
        (Answer(fault="certificate"), "link_certificate_wrong"),
        (Answer(fault="elsewhere"), "link_leads_elsewhere"),
        (Answer(fault="redirects"), "link_leads_in_circles"),
    ],
)
def test_how_it_answered_is_said(answer: Answer, key: str) -> None:
    facts = LinkFacts(Hosts(["www.example.cn"]), {GOV: answer})
    (finding,) = findings(check, body(GOV + "#part"), links=facts)
    assert finding.key == key
    assert (finding.severity == Severity.INFO) == (key == "link_leads_elsewhere")


def test_a_good_answer_and_a_bare_text_are_silent() -> None:
    facts = LinkFacts(Hosts(["*.example.cn"]), {GOV: Answer(200)})
    assert keys(check, body(GOV), links=facts) == []
    assert keys(check, f"见{GOV}。") == []


@pytest.mark.parametrize(
    "line",
    [
        "*",
        "*.",
        "http://www.gov.cn",
        "www.gov.cn/a",
        "localhost",
        "oa",
        "10.0.0.1",
        "8.8.8.8",
        "::1",
        "a b.cn",
        "*.*.cn",
        "a..cn",
        "www.gov.cn:80",
        "x.local",
    ],
)
def test_what_is_no_host_is_not_listed(line: str) -> None:
    assert listed_host(line) == ""


def test_a_star_means_everything_below_and_not_the_host_itself() -> None:
    hosts = Hosts(["*.gov.cn", "news.cn"])
    assert [hosts.allow(h) for h in ("www.gov.cn", "a.b.gov.cn", "gov.cn", "xgov.cn", "news.cn", "www.news.cn")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip


# --- What the database knows ---------------------------------------------------------------------------------------


@pytest.fixture
def listed(db: None) -> None:
    SiteProfile.objects.create(link_hosts="www.example.cn\r\n非主机 名\r\n")


def said(text: dict[str, Any]) -> list[str]:
    more = around(text, article=None, day=timezone.localdate()).more
    return [key for key, _ in keys(check, text, **more)]


def test_answers_are_kept_and_told_for_a_day(listed: None) -> None:
    text = body(GOV, GOV + "#part", GOV + "b", "https://other.cn/")
    with serving({"/a": says("200 OK"), "/ab": says("404 No")}, tls=True) as server:
        tried = known.ask(text, caller=caller(server, trusts=True))
        assert tried == {GOV: Answer(200), GOV + "b": Answer(404)}
        assert len(server.wanted) == 2
    assert said(text) == ["link_is_gone", "link_not_called"]
    LinkAnswer.objects.update(asked_at=timezone.now() - timedelta(days=1, seconds=1))
    assert said(text) == ["link_not_asked_yet"] * 3 + ["link_not_called"]


@pytest.mark.parametrize(
    ("status", "passed", "is_asked"),
    [
        ("200 OK", timedelta(hours=23), False),
        ("200 OK", timedelta(hours=25), True),
        ("500 No", timedelta(minutes=9), False),
        ("500 No", timedelta(minutes=11), True),
    ],
)
def test_an_address_is_not_asked_more_often_than_that(
    listed: None, status: str, passed: timedelta, is_asked: bool
) -> None:
    text = body("http://www.example.cn/a")
    with serving({"/a": says(status)}) as server:
        known.ask(text, caller=caller(server))
        assert known.ask(text, caller=caller(server)) == {}
        LinkAnswer.objects.update(asked_at=timezone.now() - passed)
        known.ask(text, caller=caller(server))
        assert len(server.wanted) == 1 + is_asked


def test_an_address_that_is_being_called_is_not_called_by_somebody_else(listed: None) -> None:
    text = body("http://www.example.cn/a")
    LinkAnswer.objects.create(address="http://www.example.cn/a", answered=False, fault=known.CALLING)
    with serving({"/a": says("200 OK")}) as server:
        assert known.ask(text, caller=caller(server)) == {} and server.wanted == []
    assert said(text) == ["link_not_asked_yet"]


def test_many_slow_links_take_no_longer_than_the_time_for_all(
    listed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "SECONDS_FOR_ALL", 0.8)
    monkeypatch.setattr(known, "SECONDS", 0.4)
    text = body(*(f"http://www.example.cn/{n}" for n in range(60)))
    stop = threading.Event()
    with serving({f"/{n}": lambda _r, _l: stop.wait(5) for n in range(60)}) as server:  # type: ignore[misc, return-value]
        begun = time.monotonic()
        tried = known.ask(text, caller=caller(server, seconds=0.4))
        assert time.monotonic() - begun < 2
        stop.set()
    assert 0 < len(tried) < 60 and set(tried.values()) == {Answer(fault="time")}
    # Those that were not reached are due still.
    assert LinkAnswer.objects.count() == len(tried)


def test_nobody_is_called_without_a_list(db: None) -> None:
    with serving({"/a": says("200 OK")}) as server:
        assert known.ask(body("http://www.example.cn/a"), caller=caller(server)) == {}
        assert server.wanted == []


def test_to_check_calls_nobody_and_a_text_without_links_asks_no_table(
    listed: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: pytest.fail("a name was looked up"))
    with django_assert_num_queries(0):
        known.links(content())
    with django_assert_num_queries(2):
        known.links(body(GOV))
