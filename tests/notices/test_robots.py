"""Robots of three chats: each signed as it wants, called as nothing else may be, and told nothing of the text."""

from __future__ import annotations

import json
import ssl
from typing import Any

import pytest

from bulletins.models import Delivery, Notice, Robot, RobotKind
from bulletins.notices import outbox, robots
from bulletins.notices.outcome import NotSent, Unsure
from bulletins.notices.posting import Poster, callable_target
from bulletins.readiness.addresses import Hosts
from tests.factories import Newsroom
from tests.notices.conftest import robot_of
from tests.readiness import answering
from tests.readiness.answering import NAME, PUBLIC, drips, endless, says, serving

TAKEN = says("200 OK", body=b'{"errcode": 0, "errmsg": "ok"}')
HOOK = f"https://{NAME}/hook"


def poster(server: answering.Server, *, address: str = PUBLIC, seconds: float = 3.0) -> Poster:
    trusted = ssl.create_default_context()
    answering._authority().configure_trust(trusted)
    return Poster(Hosts([]), lambda _host, _port: [address], server.connect, trusted, seconds)


# --- What each is sent -----------------------------------------------------------------------------------------------
# The signatures were made with OpenSSL, by the makers' own descriptions.


def test_dingtalk_is_signed_in_the_address() -> None:
    robot = Robot(
        kind=RobotKind.DINGTALK,
        address="https://oapi.dingtalk.com/robot/send?access_token=T",
        secret="this is secret",
    )
    address, body = robots.written(robot, "民警🚓", now=1599360473.0)
    assert address == (
        "https://oapi.dingtalk.com/robot/send?access_token=T&timestamp=1599360473000"
        "&sign=hXZTWifRGHclNuZSKxoXc%2F%2Fsh51SWfVfRIhcdeKs63I%3D"
    )
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "民警🚓"}}


def test_feishu_is_signed_in_the_body() -> None:
    robot = Robot(
        kind=RobotKind.FEISHU,
        address="https://open.feishu.cn/open-apis/bot/v2/hook/T",
        secret="this is secret",
    )
    address, body = robots.written(robot, "民警🚓", now=1599360473.9)
    assert address == robot.address
    assert json.loads(body) == {
        "timestamp": "1599360473",
        "sign": "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=",
        "msg_type": "text",
        "content": {"text": "民警🚓"},
    }


def test_wecom_has_its_key_in_the_address_and_no_signature() -> None:
    robot = Robot(
        kind=RobotKind.WECOM,
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K",
        secret="unused",
    )
    address, body = robots.written(robot, "民警🚓", now=1599360473.0)
    assert address == robot.address
    assert json.loads(body) == {"msgtype": "text", "text": {"content": "民警🚓"}}


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b'{"errcode": 0, "errmsg": "ok"}', None),
        (b'{"code": 0, "msg": "success", "data": {}}', None),
        (b'{"StatusCode": 0, "StatusMessage": "success"}', None),
        (b'{"errcode": 310000, "errmsg": "sign not match"}', NotSent),
        (b'{"code": 19021, "msg": "sign match fail"}', NotSent),
        (b"<html>", Unsure),
        (b"[]", Unsure),
        (b"{}", Unsure),
        (b"[" * 15_000, Unsure),
    ],
)
def test_its_answer_says_in_the_body_whether_it_took_it(answer: bytes, fault: type[Exception] | None) -> None:
    if fault is None:
        robots.judge(answer)
    else:
        with pytest.raises(fault):
            robots.judge(answer)


# --- How it is called ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["http://www.example.cn/hook", "https://www.example.cn:8443/hook", "https://127.0.0.1/hook", "https://93.184.216.34/",
     "https://[::1]/hook", "https://desk/hook", "https://desk.local/", "https://a:b@www.example.cn/", "ftp://example.cn/",
     "https://www.example.cn/a b", "https://0x7f000001/", "https://www.example.cn/钩", "", "民警🚓"],
)  # fmt: skip
def test_an_address_that_may_not_be_called_is_none(address: str) -> None:
    assert callable_target(address) is None


def test_it_is_called_once_and_its_answer_read() -> None:
    with serving({"/hook?key=K": TAKEN}, tls=True) as server:
        robots.judge(poster(server).post(f"{HOOK}?key=K", "民警🚓".encode()))
    assert len(server.requests) == 1
    assert server.requests[0].startswith("POST /hook?key=K HTTP/1.1\r\n")
    assert server.requests[0].endswith("\r\n\r\n民警🚓")


def test_no_redirect_is_followed() -> None:
    to_us = says("302 Found", "Location: https://127.0.0.1/desk/")
    with serving({"/hook": to_us}, tls=True) as server:
        with pytest.raises(NotSent, match="redirects"):
            poster(server).post(HOOK, b"{}")
        assert len(server.wanted) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1"])
def test_a_name_that_leads_into_a_house_is_not_called(address: str) -> None:
    with serving({"/hook": TAKEN}, tls=True) as server:
        with pytest.raises(NotSent, match="private"):
            poster(server, address=address).post(HOOK, b"{}")
        assert server.wanted == []


@pytest.mark.parametrize("reply", [drips, endless], ids=["drips", "endless"])
def test_an_answer_for_ever_is_cut_and_nobody_says_that_it_did_not_go(reply: answering.Reply) -> None:
    with serving({"/hook": reply}, tls=True) as server, pytest.raises(Unsure):
        robots.judge(poster(server, seconds=0.6).post(HOOK, b"{}"))


def test_a_server_that_fails_is_asked_again_later() -> None:
    with (
        serving({"/hook": says("503 Service Unavailable")}, tls=True) as server,
        pytest.raises(NotSent, match="status"),
    ):
        poster(server).post(HOOK, b"{}")


def test_a_certificate_of_somebody_else_is_not_trusted() -> None:
    with serving({"/hook": TAKEN}, tls=True) as server:
        stranger = Poster(Hosts([]), lambda _host, _port: [PUBLIC], server.connect, None, 3.0)
        with pytest.raises(NotSent, match="certificate"):
            stranger.post(HOOK, b"{}")


# --- What goes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The addresses that were called and what was said there; every call is taken."""
    calls: list[tuple[str, str]] = []

    def post(_poster: Poster, address: str, body: bytes) -> bytes:
        calls.append((address, body.decode()))
        return b'{"code": 0}'

    monkeypatch.setattr(Poster, "post", post)
    return calls


@pytest.mark.django_db
def test_the_chat_is_told_number_unit_headline_and_who_and_nothing_of_the_text(
    newsroom: Newsroom, posted: list[tuple[str, str]]
) -> None:
    robot_of(newsroom, events=["returned"])
    article = newsroom.at_stage("returned")
    outbox.send_due()
    ((_address, body),) = posted
    assert json.loads(body)["content"]["text"] == (
        f"【已退回】民警雪夜送归走失老人\n{article.number} · 湖滨派出所 · 所长乙"
    )
    assert Delivery.objects.get().state == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_on": False}, {"events": []}, {"unit": "other_station"}])
def test_a_robot_that_does_not_listen_any_more_is_not_told(
    newsroom: Newsroom, posted: list[tuple[str, str]], change: dict[str, Any]
) -> None:
    robot = robot_of(newsroom)
    newsroom.submitted()
    for name, value in change.items():
        setattr(robot, name, getattr(newsroom, value) if name == "unit" else value)
    robot.save()
    outbox.send_due()
    assert (posted, Delivery.objects.get().state) == ([], "dropped")


@pytest.mark.django_db
def test_no_secret_stands_in_the_log_or_in_a_row(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_poster: Poster, address: str, body: bytes) -> bytes:
        raise ValueError(address)

    monkeypatch.setattr(Poster, "_line", fail)
    robot = robot_of(newsroom, address="https://www.example.cn/hook/TOKEN")
    newsroom.submitted()
    outbox.send_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.fault) == ("waiting", "connection")
    assert "TOKEN" not in caplog.text and robot.secret not in caplog.text
    assert "TOKEN" not in str(robot.history.values()) and "TOKEN" not in str(Notice.objects.values())
