"""The approval sheet is opened from the article and printed: one sheet of A4 with all that is to be signed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from bulletins.models import LogHead
from tests.browser.people import Person
from tests.factories import Newsroom

pytestmark = pytest.mark.seen_once


def read(pdf: bytes) -> tuple[int, str]:
    """How many sheets of A4, and their text without blanks. (Chromium maps some characters to radicals.)"""
    sheets = PdfReader(io.BytesIO(pdf)).pages
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {(595, 842)}
    text = "".join(sheet.extract_text() for sheet in sheets)
    return len(sheets), unicodedata.normalize("NFKC", "".join(text.split()))


def test_the_approval_sheet_is_printed(newsroom: Newsroom, at_desk: Callable[..., Person]) -> None:
    release = newsroom.withdrawn()
    chief = at_desk(newsroom.chief)
    chief.goes_to(f"/desk/articles/{release.number}/")
    chief.page.get_by_role("link", name="审签单").click()
    expect(chief.page.get_by_role("heading", name="发稿审签单")).to_be_visible()
    expect(chief.page.get_by_role("button", name="打印")).to_be_visible()
    link = chief.page.get_by_role("link", name="下载 PDF")
    download = chief.page.request.get(f"{chief.host}{link.get_attribute('href')}")
    for pdf in (chief.page.pdf(prefer_css_page_size=True), download.body()):
        number, text = read(pdf)
        assert number == 1
        for told in (
            release.number,
            "发稿审签单",
            "终审",
            "签字",
            release.content_hash,
            LogHead.objects.get().hash,
        ):
            assert told in text
        # Nothing that is to be clicked is on paper.
        assert "退出" not in text and "下载PDF" not in text
