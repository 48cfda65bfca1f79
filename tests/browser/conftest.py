"""A real Chromium, on a phone and on a desk. A page that breaks its own rules fails the test that opened it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as house
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, expect

from accounts.models import User
from tests.browser import chromium
from tests.browser.people import Person
from tests.factories import Newsroom

# Playwright's loop runs in the thread of the test; Django would take the test for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

READER: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
# Where nothing comes, it is waited for so long; a machine that does other things besides is slow.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
SCREENS: dict[str, dict[str, Any]] = {
    "phone": READER
    | {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": READER | {"viewport": {"width": 1440, "height": 900}},
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    options = chromium.launch_options()
    if not options["executable_path"]:
        pytest.fail("There is no Chromium on this machine: bin/test brings one.", pytrace=False)
    return browser_type_launch_args | options


@pytest.fixture(params=["desktop", pytest.param("phone", marks=pytest.mark.seen_once)])
def screen(request: pytest.FixtureRequest) -> str:
    """Asking for it runs the test on every size of screen."""
    name: str = request.param
    return name


@pytest.fixture
def browser_context_args(request: pytest.FixtureRequest) -> dict[str, Any]:
    wants_each = "screen" in request.fixturenames
    return SCREENS[request.getfixturevalue("screen") if wants_each else "desktop"]


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """As Playwright's; scripts that fail, what the Content-Security-Policy refused, and whatever was asked of another
    host come out at the end."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A 404 or 410 that a test asks for is told on the console, too; that is no fault of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def broke(error: WebError) -> None:
        complaints.append(f"{error.page.url if error.page else ''}: {error.error}")

    def asked(request: Request) -> None:
        if (
            urlsplit(request.url).scheme in {"http", "https"}
            and urlsplit(request.url).hostname != "localhost"
        ):
            complaints.append(f"asked of another host: {request.url}")

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", heard)
        context.on("weberror", broke)
        context.on("request", asked)
        return context

    yield make
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def newsroom(transactional_db: None, own_media: None) -> Newsroom:
    return Newsroom()


@pytest.fixture
def sample_page(transactional_db: None, own_media: None) -> None:
    call_command("loaddata", "sample_page", verbosity=0)


@pytest.fixture
def at_desk(live_server: Any, new_context: Callable[..., BrowserContext]) -> Callable[..., Person]:
    """Somebody who signed in a while ago; options as for a new context."""

    def opens(user: User, **options: Any) -> Person:
        client = Client()
        client.force_login(user)
        session = client.cookies[house.SESSION_COOKIE_NAME]
        context = new_context(**options)
        context.add_cookies(
            [{"name": session.key, "value": session.value, "domain": "localhost", "path": session["path"]}]
        )
        return Person(context.new_page(), user, live_server.url)

    return opens
