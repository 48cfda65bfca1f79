"""Whom the check of links calls, and what it makes of the answer. Nothing here leaves the machine."""

import socket
import time

import pytest

from bulletins.readiness.addresses import is_public_ip
from bulletins.readiness.checks.links import Answer
from tests.readiness.answering import PUBLIC, caller, drips, endless, says, serving

PAGE = "http://www.example.cn/page"


@pytest.mark.parametrize("status", [200, 204, 404, 410, 500, 503])
def test_the_status_is_what_the_server_says(status: int) -> None:
    with serving({"/page": says(f"{status} Word")}) as server:
        assert caller(server).ask(PAGE) == Answer(status)
        assert server.wanted == [(PUBLIC, 80)]
        assert len(server.requests) == 1 and server.requests[0].startswith("HEAD /page HTTP/1.1\r\n")


def test_what_is_sent_names_the_host_and_nobody_who_asks() -> None:
    with serving({"/%E6%96%B0%E9%97%BB?a=%E7%94%B2&b=1": says("200 OK", "Set-Cookie: a=b")}) as server:
        for _time in range(2):
            assert caller(server).ask("http://WWW.example.cn/新闻?a=甲&b=1#文").status == 200
        assert "Host: www.example.cn\r\n" in server.requests[1]
        assert not any(word in server.requests[1] for word in ("Cookie", "Authorization", "Referer"))


@pytest.mark.parametrize("status", [403, 405, 501])
def test_a_server_that_refuses_head_is_asked_with_get(status: int) -> None:
    replies = {"HEAD /page": says(f"{status} No"), "GET /page": says("200 OK", body=b"x" * 100)}
    with serving(replies) as server:
        assert caller(server).ask(PAGE) == Answer(200)


def test_of_an_endless_body_nothing_is_read() -> None:
    with serving({"HEAD /page": says("405 No"), "GET /page": endless}) as server:
        begun = time.monotonic()
        assert caller(server).ask(PAGE) == Answer(200)
        assert time.monotonic() - begun < 2


def test_hints_before_the_answer_are_not_the_answer() -> None:
    with serving(
        {"/page": lambda _r, line: line.sendall(b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 404 No\r\n\r\n")}
    ) as server:
        assert caller(server).ask(PAGE) == Answer(404)


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"SSH-2.0\r\n\r\n",
        b"HTTP/1.1 200",
        b"HTTP/1.1 999 x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 50000,
    ],
)
def test_what_is_no_answer_is_a_fault(reply: bytes) -> None:
    with serving({"/page": lambda _r, line: line.sendall(reply)}) as server:
        assert caller(server).ask(PAGE) in (Answer(fault="answer"), Answer(fault="connection"))


def test_a_dripping_answer_is_given_up_in_time() -> None:
    with serving({"/page": drips}) as server:
        begun = time.monotonic()
        assert caller(server, seconds=0.5).ask(PAGE) == Answer(fault="time")
        assert 0.4 < time.monotonic() - begun < 1.5


def test_so_is_a_name_server_that_does_not_answer() -> None:
    def slow(_host: str, _port: int) -> list[str]:
        time.sleep(2)
        return [PUBLIC]

    with serving({"/page": says("200 OK")}) as server:
        begun = time.monotonic()
        assert caller(server, look_up=slow, seconds=0.3).ask(PAGE) == Answer(fault="time")
        assert time.monotonic() - begun < 1.5 and server.wanted == []


def test_redirects_count_against_the_same_time() -> None:
    def late(_request: bytes, line: socket.socket) -> None:
        time.sleep(0.4)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n")

    with serving({"/page": late}) as server:
        begun = time.monotonic()
        assert caller(server, seconds=0.6).ask(PAGE) == Answer(fault="time")
        assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    "address",
    [
        "http://other.example.cn/page",
        "http://example.cn/page",
        "http://www.example.cn.evil.cn/page",
        "http://evil-www.example.cn/page",
        "http://name:word@www.example.cn/page",
        "http://www.example.cn@evil.cn/page",
        "http://evil.cn\\@www.example.cn/page",
        "http://www.example.cn:8080/page",
        "http://www.example.cn:443/page",
        "https://www.example.cn:80/page",
        "http://www.example.cn:99999/page",
        "ftp://www.example.cn/page",
        "http://www.example.cn/\r\nX: y",
        "http://www.example.cn\x00/page",
        "http://93.184.216.34/page",
        "http://127.0.0.1/page",
        "http://[::1]/page",
        "http:///page",
        "",
    ],
)
def test_no_connection_is_made_and_no_name_looked_up_for_what_is_not_on_the_list(address: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        pytest.fail("a name was looked up")

    with serving({}) as server:
        assert caller(server, look_up=never).ask(address) == Answer(fault="elsewhere")
        assert server.wanted == []


@pytest.mark.parametrize("listed", ["*.example.cn", "WWW.Example.CN", "other.cn\nwww.example.cn"])
def test_a_listed_host_may_be_written_in_several_ways(listed: str) -> None:
    with serving({"/page": says("200 OK")}) as server:
        assert caller(server, hosts=listed).ask(PAGE) == Answer(200)


def test_a_chinese_host_is_listed_and_called_by_either_name() -> None:
    with serving({"/": says("200 OK")}) as server:
        for listed, address in (
            ("公安.中国", "http://xn--55q79v.xn--fiqs8s/"),
            ("xn--55q79v.xn--fiqs8s", "http://公安。中国"),
        ):
            assert caller(server, hosts=listed).ask(address) == Answer(200)
        assert "Host: xn--55q79v.xn--fiqs8s\r\n" in server.requests[0]


PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "64:ff9b::7f00:1", "64:ff9b::5db8:d822",
    "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_into_a_house_is_not_called(address: str) -> None:
    with serving({"/page": says("200 OK")}) as server:
        assert caller(server, look_up=lambda h, p: [address]).ask(PAGE) == Answer(fault="private")
        assert caller(server, look_up=lambda h, p: [PUBLIC, address]).ask(PAGE) == Answer(fault="private")
        assert server.wanted == []


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111"]
)
def test_addresses_of_the_world_are_public(address: str) -> None:
    assert is_public_ip(address)


def test_the_address_that_was_judged_is_the_one_that_is_called() -> None:
    """A name server that says something else the second time is not asked a second time."""
    said = iter([[PUBLIC], ["127.0.0.1"]])
    with serving({"/page": says("200 OK")}) as server:
        assert caller(server, look_up=lambda h, p: next(said)).ask(PAGE) == Answer(200)
        assert server.wanted == [(PUBLIC, 80)]


def test_after_a_redirect_the_name_is_looked_up_and_judged_again() -> None:
    said = iter([[PUBLIC], ["127.0.0.1"]])
    with serving({"/page": says("302 Found", "Location: /other"), "/other": says("200 OK")}) as server:
        assert caller(server, look_up=lambda h, p: next(said)).ask(PAGE) == Answer(fault="private")
        assert server.wanted == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location", ["/other", "http://www.example.cn/other", "//www.example.cn/other", "other", "/other#part"]
)
def test_a_redirect_on_the_list_is_followed(location: str) -> None:
    with serving({"/page": says("301 Moved", f"location:  {location} "), "/other": says("200 OK")}) as server:
        assert caller(server).ask(PAGE) == Answer(200)


@pytest.mark.parametrize(
    "location",
    ["http://evil.cn/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "https://www.example.cn:22/", "file:///etc/passwd",
     "http://a:b@www.example.cn/"],
)  # fmt: skip
def test_a_redirect_off_the_list_is_not_followed(location: str) -> None:
    with serving({"/page": says("302 Found", f"Location: {location}")}) as server:
        assert caller(server).ask(PAGE) == Answer(fault="elsewhere")
        assert len(server.wanted) == 1


def test_three_redirects_are_followed_and_no_more() -> None:
    chain = {f"/{n}": says("302 Found", f"Location: /{n + 1}") for n in range(9)}
    with serving({**chain, "/3": says("200 OK")}) as server:
        assert caller(server).ask("http://www.example.cn/0") == Answer(200)
    with serving(chain) as server:
        assert caller(server).ask("http://www.example.cn/0") == Answer(fault="redirects")
        assert len(server.wanted) == 4


def test_a_host_that_does_not_exist_is_said_so() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with serving({}) as server:
        assert caller(server, look_up=unknown).ask(PAGE) == Answer(fault="name")


def test_where_one_address_is_dead_the_next_is_tried() -> None:
    with serving({"/page": says("200 OK")}) as server:
        real = server.connect

        def first_is_dead(address: str, port: int, seconds: float) -> socket.socket:
            if address == "2606:4700::1111":
                raise ConnectionRefusedError
            return real(address, port, seconds)

        server.connect = first_is_dead  # type: ignore[method-assign]
        one = caller(server, look_up=lambda h, p: ["2606:4700::1111", PUBLIC])
        assert one.ask(PAGE) == Answer(200)
        assert caller(server, look_up=lambda h, p: ["2606:4700::1111"]).ask(PAGE) == Answer(
            fault="connection"
        )


def test_the_certificate_is_verified_for_the_name_that_was_asked() -> None:
    with serving({"/page": says("200 OK")}, tls=True) as server:
        secured = "https://www.example.cn/page"
        assert caller(server, trusts=True).ask(secured) == Answer(200)
        assert server.wanted == [(PUBLIC, 443)] and server.names == ["www.example.cn"]
        assert caller(server).ask(secured) == Answer(fault="certificate")
        other = caller(server, hosts="other.example.cn", trusts=True)
        assert other.ask("https://other.example.cn/page") == Answer(fault="certificate")


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving({"/page": says("200 OK")}) as server:
        assert caller(server).ask(PAGE) == Answer(200)
