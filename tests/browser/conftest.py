"""A real Chromium, on a phone and on a desk. A page that breaks its own rules fails the test that opened it."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from tests.browser import chromium

# Playwright's loop runs in the thread of the test; Django would take the test for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

READER: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
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


@pytest.fixture(params=SCREENS)
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
    """As Playwright's; scripts that fail and what the Content-Security-Policy refused come out at the end."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A 404 or 410 that a test asks for is told on the console, too; that is no fault of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def broke(error: WebError) -> None:
        complaints.append(f"{error.page.url if error.page else ''}: {error.error}")

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(10_000)
        context.on("console", heard)
        context.on("weberror", broke)
        return context

    yield make
    assert not complaints, "\n".join(complaints)
