"""The public site as a process of its own, with a database role that can only read what is public."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from bulletins.models import (
    Article,
    PreviewLink,
    Release,
    Remark,
    RemarkReply,
    Review,
    Revision,
    Transition,
    public_tables,
)
from tests import postgres
from tests.house.test_settings import GOOD

ROOT = Path(__file__).resolve().parents[2]
ROLE = "reader"
ADDRESS = re.compile(r'(?:href|src)="(/[^"#]*)')


@dataclass
class PublicPlane:
    """A running process of the public plane and the address of its database, as its role sees it."""

    port: int
    database: str
    seen: dict[str, int] = field(default_factory=dict)

    def get(self, address: str) -> tuple[int, str, Message]:
        """A page is there at once, but a newspaper page is set as PDF first, and may take a minute for it."""
        headers = {"Host": "news.example", "X-Forwarded-Proto": "https"}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=90)) as connection:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            # However the server writes their names, headers are found by any.
            return answer.status, answer.read().decode(errors="replace"), answer.headers

    def walk(self) -> dict[str, int]:
        """Every address that can be reached by links from the home page, with the status it answers."""
        waiting = ["/"]
        while waiting:
            address = waiting.pop().replace("&amp;", "&")
            if address in self.seen:
                continue
            self.seen[address], text, _headers = self.get(address)
            if not address.startswith("/static/"):
                waiting += ADDRESS.findall(text)
        return self.seen


def manage(*command: str, **variables: str) -> None:
    environment = os.environ | {"BULLETINS_MODE": "development"} | variables
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicPlane]:
    """What docker-compose.yml does, by hand: migrate, load, grant, collect assets, serve."""
    files = tmp_path_factory.mktemp("plane")
    places = {"BULLETINS_STATIC_ROOT": str(files / "static"), "BULLETINS_MEDIA_ROOT": str(files / "media")}
    with postgres.running() as owner:
        reader = owner.replace("//postgres:@", f"//{ROLE}:secret@")
        manage("migrate", "--verbosity=0", DATABASE_URL=owner, **places)
        manage("loaddata", "sample_page", "--verbosity=0", DATABASE_URL=owner, **places)
        manage("grant_public", ROLE, DATABASE_URL=owner, BULLETINS_PUBLIC_DB_PASSWORD="secret")
        manage("collectstatic", "--noinput", "--verbosity=0", BULLETINS_HASHED_ASSETS="1", **places)
        port = free_port()
        production = GOOD | places | {"BULLETINS_PLANE": "public", "BULLETINS_BEHIND_PROXY": "1"}
        production |= {"DJANGO_SETTINGS_MODULE": "config.settings", "BULLETINS_API_PER_MINUTE": "1000"}
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--port",
                str(port),
                "config.wsgi:application",
            ],
            cwd=ROOT,
            env=os.environ | production | {"DATABASE_URL": reader},
        )
        try:
            wait_until_it_listens(server, port)
            yield PublicPlane(port, reader)
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(300):
        assert server.poll() is None, "the server ended before it answered"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not answer within 30 seconds")


def test_it_is_ready(plane: PublicPlane) -> None:
    assert plane.get("/readyz")[0] == 200


def test_every_public_page_that_can_be_reached_is_served(plane: PublicPlane) -> None:
    answers = plane.walk()
    assert {address: status for address, status in answers.items() if status != 200} == {}
    assert sum(address.startswith("/articles/") for address in answers) >= 8
    for part in (
        "/units/",
        "/campaigns/",
        "/pages/",
        "/correspondents/",
        "/tags/",
        "/about/",
        "/en/",
        "/static/",
        "/feeds/",
        "/api/v1/",
        "/en/api/v1/",
    ):
        assert any(address.startswith(part) for address in answers), part


def test_other_machines_are_answered(plane: PublicPlane) -> None:
    questions = ["/api/v1/articles/?unit=jining&limit=2"]
    questions += [f"/api/v1/{what}/" for what in ("units", "campaigns", "correspondents", "pages")]
    for question in questions:
        status, text, headers = plane.get(question)
        assert status == 200, text
        assert "Set-Cookie" not in headers
        following = [item["self"].removeprefix("https://news.example") for item in json.loads(text)["items"]]
        assert following
        for address in following:
            assert plane.get(address)[0] == 200, address
    assert int(headers["RateLimit-Remaining"]) < int(headers["RateLimit-Limit"])
    status, text, headers = plane.get("/api/v1/articles/?unit=%00")
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")


def test_a_search_is_answered_by_what_its_role_may_read(plane: PublicPlane) -> None:
    status, text, _headers = plane.get("/search/?q=%E6%B0%91%E8%AD%A6")
    assert status == 200
    assert "<mark>民警</mark>" in text


def test_the_desk_is_not_found(plane: PublicPlane) -> None:
    for address in ("/desk/", "/desk/login/", "/en/desk/"):
        assert plane.get(address)[0] == 404


def test_no_cookie_is_set(plane: PublicPlane) -> None:
    assert "Set-Cookie" not in plane.get("/")[2]


def test_its_role_reads_the_public_tables(plane: PublicPlane) -> None:
    with psycopg.connect(plane.database) as connection:
        for table in public_tables():
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1")


@pytest.mark.parametrize("model", [Article, Revision, Review, Transition, Remark, RemarkReply, PreviewLink])
def test_its_role_cannot_read_what_is_in_the_making(plane: PublicPlane, model: type) -> None:
    with psycopg.connect(plane.database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"SELECT 1 FROM {model._meta.db_table}")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {table}", "UPDATE {table} SET id = id", "TRUNCATE {table}", "CREATE TABLE mine (n int)"],
)
def test_its_role_cannot_write_even_where_it_says_it_will(plane: PublicPlane, statement: str) -> None:
    with psycopg.connect(plane.database) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.format(table=Release._meta.db_table))
