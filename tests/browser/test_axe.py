"""What axe finds in the way of people who read with aids: nothing, on any page, in any mode, on a wide screen and at 400 %.

A page is loaded once and turned from mode to mode: loading is what takes time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect

from bulletins import remarks, workflow
from bulletins.models import Article
from tests.browser.people import Person
from tests.browser.test_reading import STICKS_OUT
from tests.factories import Newsroom, make_campaign

pytestmark = pytest.mark.seen_once

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# One of each kind.
PUBLIC = [
    "/",
    "/articles/JN-2021-000001/",
    "/articles/JN-2021-000003/",
    "/en/articles/JN-2021-000003/",
    "/units/",
    "/units/jining/",
    "/campaigns/",
    "/campaigns/yanhua-baozhu/",
    "/kinds/feature/",
    "/tags/",
    "/tags/护学岗/",
    "/correspondents/",
    "/correspondents/houxianfeng/",
    "/pages/",
    "/pages/2021-12-31/1/",
    "/archive/",
    "/archive/2021/12/",
    "/about/",
    "/map/",
    "/search/?q=民警&unit=jining",
    "/search/?q=一个找不到的很长很长的词连着写下去没有空格",
    "/articles/JN-2021-999999/",
    "/api/v1/",
]
# Names, roles and headings are the same in every mode; these are not.
OF_THE_MODE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# As Playwright emulates a device, and as the reading bar marks the page.
MODES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "light": ({}, {}),
    "dark": ({"color_scheme": "dark"}, {}),
    "high contrast": ({}, {"contrast": "yellow"}),
    "large": ({}, {"text": "200"}),
}
# The desk has no reading bar: contrast and size are those of whoever's browser it is.
DESK_MODES = MODES | {"high contrast": ({"contrast": "more"}, {})}
AS_ON_ANY_DEVICE = {"color_scheme": "light", "contrast": "no-preference"}
WIDE = {"width": 1440, "height": 900}
# 1280 × 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256}

TURN = """([chosen, hasBar]) => {
  const root = document.documentElement
  for (const name of ["text", "contrast"]) {
    if (chosen[name]) root.dataset[name] = chosen[name]
    else delete root.dataset[name]
  }
  root.toggleAttribute("data-large", Boolean(chosen.text))
  root.style.fontSize = chosen.text && !hasBar ? `${chosen.text}%` : ""
}"""
ASK = """async (only) => {
  const { violations } = await axe.run({ runOnly: only, resultTypes: ["violations"], preload: false })
  const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ")
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id} ${node.target}: ${why(node)}`))
}"""


def violations(page: Page, modes: dict[str, Any], *, has_bar: bool) -> list[str]:
    """In each mode, wide and (where sizes matter) zoomed: what axe finds, and what sticks out to the right."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for mode, (device, chosen) in modes.items():
        page.emulate_media(**(AS_ON_ANY_DEVICE | device))
        page.evaluate(TURN, [chosen, has_bar])
        # A colour is the same on a narrow screen.
        for size in (WIDE, ZOOMED) if mode in {"light", "large"} else (WIDE,):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            only = (
                {"type": "tag", "values": TAGS}
                if mode == "light"
                else {"type": "rule", "values": OF_THE_MODE}
            )
            told = [*page.evaluate(ASK, only), *page.evaluate(STICKS_OUT)]
            found += [f"{page.url} {mode} {size['width']}: {each}" for each in told]
    return found


def test_axe_finds_nothing_on_any_public_page(
    sample_page: None, live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(base_url=live_server.url, reduced_motion="reduce").new_page()
    found = []
    for path in PUBLIC:
        page.goto(path)
        if path == "/":
            page.get_by_role("button", name="阅读辅助").click()  # and it stays open
        expect(
            page.get_by_role("region", name="阅读辅助").or_(page.get_by_role("region", name="Reading aids"))
        ).to_be_visible()
        found += violations(page, MODES, has_bar=True)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_desk(
    newsroom: Newsroom, at_desk: Callable[..., Person], new_context: Callable[..., BrowserContext]
) -> None:
    waiting = newsroom.at_stage("desk_review", campaigns=[make_campaign("打击非法运输燃放烟花爆竹专项行动")])
    returned, live, draft = newsroom.at_stage("returned"), newsroom.released(), newsroom.draft()
    remarks.write(
        waiting, actor=newsroom.desk_editor, text="@主任丁 请核实", ticket="1", revision=1,
        place=remarks.Place("body", "求助"), must_be_answered=True,
    )  # fmt: skip
    changed = newsroom.draft()

    def change(locked: Article) -> None:
        locked.body, locked.kicker = "<p>近日，民警接到群众求助。</p>", "雪夜"
        locked.save(update_fields=["body", "kicker"])

    workflow.perform("edit", changed, actor=newsroom.correspondent, write=change)
    pages = {
        newsroom.correspondent: [
            "",
            f"articles/{returned.number}/",
            f"articles/{draft.number}/edit/?check=1",
        ],
        newsroom.chief: [
            "",
            "queue/",
            "articles/",
            f"articles/{waiting.number}/",
            f"articles/{waiting.number}/preview/",
            f"articles/{live.number}/",
            f"articles/{changed.number}/differences/?view=beside",
            f"articles/{live.number}/wechat/",
            f"articles/{live.number}/wechat/text/",
            "figures/",
            "me/",
        ],
        newsroom.administrator: ["", "bulletins/termentry/", "bulletins/page/add/"],
    }
    found = []
    for user, paths in pages.items():
        person = at_desk(user, reduced_motion="reduce")
        for path in paths:
            person.goes_to(f"/desk/{path}")
            found += violations(person.page, DESK_MODES, has_bar=False)
    stranger = new_context(reduced_motion="reduce").new_page()
    stranger.goto(f"{person.host}/desk/login/")
    found += violations(stranger, DESK_MODES, has_bar=False)
    assert not found, "\n".join(found)
