"""Whatever is wrong below /api/ is told as a problem, and never breaks anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from bulletins.interchange.api import limit
from bulletins.interchange.api.problems import KINDS
from bulletins.models import Release
from tests.public.world import Site

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    said: dict[str, Any] = answer.json()
    key = said["type"].removeprefix("/api/v1/#")
    assert KINDS[key].status == said["status"] == status
    assert said["title"]
    return said


UNKNOWN = [
    "/api/",
    "/api/v1/nothing/",
    "/api/v1/nothing",
    "/api/v2/articles/",
    "/api/v1/articles/JN-2021-999999/",
    "/api/v1/articles/JN-2021-999999/ninjs/",
    "/api/v1/articles/jn-2021-000001/",
    "/api/v1/articles/%00/",
    "/api/v1/articles/%0A/",
    "/api/v1/articles/JN-2021-%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91/",
    "/api/v1/articles/" + "9" * 5000 + "/",
    "/api/v1/units/%00/",
    "/api/v1/units/%ED%A0%80/",
    "/api/v1/units/%F0%9F%9A%93/",
    "/api/v1/units/..%2F..%2Fetc/",
    "/api/v1/units/" + "a" * 3000 + "/",
    "/api/v1/units/从未有过/",
    "/api/v1/campaigns/none/",
    "/api/v1/correspondents/none/",
    "/api/v1/pages/2021-02-30/1/",
    "/api/v1/pages/2021-12-31/0/",
    "/api/v1/pages/2021-12-31/2/",
    "/api/v1/pages/0000-00-00/1/",
    "/api/v1/articles/?unit=none",
    "/api/v1/articles/?campaign=none",
    "/api/v1/articles/?tag=none",
    "/api/v1/articles/?unit=' OR 1=1 --",
    "/api/v1/articles/?tag=<script>alert(1)</script>",
    "/api/v1/articles/?tag=🚓",
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_is_not_there_is_not_found(kept: Site, reader: Client, address: str) -> None:
    assert problem(reader.get(address), 404)["type"] == "/api/v1/#not-found"


BROKEN = [
    ("articles", "cursor=x", "cursor"),
    ("articles", "cursor=", "cursor"),
    ("articles", "cursor=1", "cursor"),
    ("articles", "cursor=1-1-1", "cursor"),
    ("articles", "cursor=-1-1", "cursor"),
    ("articles", "cursor=%EF%BC%91-%EF%BC%91", "cursor"),
    ("articles", "cursor=1-1%0A", "cursor"),
    ("articles", "cursor=1-" + "9" * 400, "cursor"),
    ("articles", "cursor=%00", "cursor"),
    ("articles", "limit=0", "limit"),
    ("articles", "limit=101", "limit"),
    ("articles", "limit=-1", "limit"),
    ("articles", "limit=many", "limit"),
    ("articles", "limit=%D9%A1", "limit"),
    ("articles", "limit=" + "9" * 5000, "limit"),
    ("articles", "kind=poetry", "kind"),
    ("articles", "kind=", "kind"),
    ("articles", "unit=", "unit"),
    ("articles", "unit=%00", "unit"),
    ("articles", "unit=a%00b", "unit"),
    ("articles", "unit=" + "a" * 10_000, "unit"),
    ("articles", "tag=%00", "tag"),
    ("articles", "campaign=%00", "campaign"),
    ("articles", "since=yesterday", "since"),
    ("articles", "since=2021-02-30", "since"),
    ("articles", "since=2021-12-31T25:00:00", "since"),
    ("articles", "since=2021-12-31T10:00:00 08:00", "since"),  # what a plus becomes
    ("articles", "until=%D9%A2%D9%A0%D9%A2%D9%A1-12-31", "until"),
    ("articles", "until=%00", "until"),
    ("articles", "kind=news&kind=brief", "kind"),
    ("articles", "knid=news", "knid"),
    ("articles", "=1", ""),
    ("articles", "%00=1", "\0"),
    ("units", "cursor=0", "cursor"),
    ("units", "cursor=" + "9" * 19, "cursor"),
    ("units", "cursor=1.5", "cursor"),
    ("units", "kind=station", "kind"),
    ("campaigns", "cursor=%00", "cursor"),
    ("correspondents", "cursor=1e3", "cursor"),
    ("pages", "cursor=2021-12-31", "cursor"),
    ("pages", "cursor=0.1", "cursor"),
    ("pages", "cursor=738155.0", "cursor"),
    ("pages", "cursor=%00", "cursor"),
    ("units/hubin", "x=1", "x"),
    ("search", "", "q"),
    ("search", "q=", "q"),
    ("search", "q=%00", "q"),
    ("search", "q=a%00b", "q"),
    ("search", "q=" + "a" * 10_000, "q"),
    ("search", "q=a&order=best", "order"),
    ("search", "q=a&cursor=x", "cursor"),
    ("search", "q=a&cursor=" + "9" * 19, "cursor"),
    ("search", "q=a&cursor=h", "cursor"),
    ("search", "q=a&limit=5", "limit"),
]


@pytest.mark.parametrize(("where", "query", "parameter"), BROKEN)
def test_what_is_not_understood_is_named(
    kept: Site, reader: Client, where: str, query: str, parameter: str
) -> None:
    said = problem(reader.get(f"/api/v1/{where}/?{query}"), 400)
    assert said["type"] == "/api/v1/#bad-request"
    assert [error["parameter"] for error in said["errors"]] == [parameter]
    assert all(error["detail"] for error in said["errors"])


def test_everything_that_is_not_understood_is_named_at_once(kept: Site, reader: Client) -> None:
    said = problem(reader.get("/api/v1/articles/?limit=x&kind=y&z=1"), 400)
    assert [error["parameter"] for error in said["errors"]] == ["limit", "kind", "z"]


@pytest.mark.parametrize("query", ["unit=%ED%A0%80", "unit=%FF", "%C3%28=1", "unit=a&b=%ED%B0%80"])
def test_what_is_no_text_at_all_is_refused(kept: Site, reader: Client, query: str) -> None:
    problem(reader.get(f"/api/v1/articles/?{query}"), 400)


def test_more_parameters_than_anybody_has_are_refused(kept: Site, reader: Client) -> None:
    problem(reader.get("/api/v1/articles/?" + "&".join(f"a{n}=1" for n in range(3000))), 400)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize(
    "address", ["/api/v1/articles/", "/api/v1/units/hubin/", "/api/v1/openapi.json", "/api/x"]
)
def test_one_can_only_read(kept: Site, address: str, method: str) -> None:
    reader = Client(enforce_csrf_checks=True)
    answer = getattr(reader, method)(address)
    assert problem(answer, 405)["type"] == "/api/v1/#method-not-allowed"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_what_breaks_is_told_as_a_problem_and_says_nothing_of_the_inside(
    kept: Site, reader: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(Release.objects, "on_shelf", broken)
    answer = reader.get("/api/v1/articles/")
    assert set(problem(answer, 500)) == {"type", "title", "status"}
    assert answer["Cache-Control"] == "no-store"
    assert "the inside" in caplog.text


@override_settings(ALLOWED_HOSTS=["news.example"])
def test_a_host_that_is_not_ours_is_refused_as_a_problem(kept: Site) -> None:
    answer = Client(headers={"Host": "evil.example"}).get("/api/v1/articles/")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/api/v1/articles/", "/api/v1/units/hubin/", "/api/v1/openapi.json"])
def test_pages_of_any_origin_may_ask(kept: Site, reader: Client, address: str) -> None:
    answer = reader.get(address, headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "ETag" in answer["Access-Control-Expose-Headers"]


def test_a_browser_that_asks_first_is_told_what_it_may(kept: Site, reader: Client) -> None:
    answer = reader.options(
        "/api/v1/articles/",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.fixture
def limited(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Three questions a minute; a clock whose first entry is the second, and a cache of its own."""
    settings.API_PER_MINUTE = 3
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limit"}
    }
    seconds = [1_600_000_020.0]  # a full minute
    monkeypatch.setattr("bulletins.interchange.api.limit.time.time", lambda: seconds[0])
    limit.cache.clear()
    return seconds


def ask(**meta: str) -> Any:
    return Client().get("/api/v1/units/", **meta)  # type: ignore[arg-type]


def test_whoever_asks_too_often_is_told_when_to_come_back(kept: Site, limited: list[float]) -> None:
    left = []
    for _n in range(3):
        answer = ask()
        assert answer.status_code == 200
        assert answer["RateLimit-Limit"] == "3"
        assert "Retry-After" not in answer
        left.append(answer["RateLimit-Remaining"])
    assert left == ["2", "1", "0"]
    limited[0] += 18
    refused = ask()
    assert problem(refused, 429)["type"] == "/api/v1/#too-many-requests"
    assert refused["Retry-After"] == refused["RateLimit-Reset"] == "42"
    assert refused["RateLimit-Remaining"] == "0"
    assert refused["Cache-Control"] == "no-store"
    limited[0] += 42
    assert ask().status_code == 200


def test_whatever_is_asked_counts(kept: Site, limited: list[float]) -> None:
    reader = Client()
    reader.get("/api/nothing/")
    reader.get("/api/v1/articles/?cursor=x")
    reader.head("/api/v1/openapi.json")
    assert reader.get("/api/v1/units/").status_code == 429
    assert reader.options("/api/v1/units/").status_code == 204
    assert reader.get("/").status_code == reader.get("/feeds/atom/").status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("", "nonsense", True),
    ],
)
def test_each_address_has_its_own_allowance(
    kept: Site, limited: list[float], one: str, other: str, are_one: bool
) -> None:
    for _n in range(4):
        ask(REMOTE_ADDR=one)
    assert ask(REMOTE_ADDR=other).status_code == (429 if are_one else 200)


@pytest.mark.parametrize(("behind_proxy", "status"), [(True, 200), (False, 429)])
def test_a_proxy_is_believed_where_there_is_one(
    kept: Site, limited: list[float], settings: Any, behind_proxy: bool, status: int
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    for _n in range(4):
        ask(HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert ask(HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == status
    if behind_proxy:  # what stands before its word is anybody's
        assert ask(HTTP_X_FORWARDED_FOR="198.51.100.7, 192.0.2.1").status_code == 429


def test_zero_means_no_limit(kept: Site, limited: list[float], settings: Any) -> None:
    settings.API_PER_MINUTE = 0
    answers = [ask() for _n in range(6)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[0]


class Away:
    """A cache that cannot be reached."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        raise ConnectionError


def test_a_cache_that_is_away_keeps_nobody_from_reading(
    kept: Site, limited: list[float], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limit, "cache", Away())
    assert ask().status_code == 200
    assert "does not count" in caplog.text
