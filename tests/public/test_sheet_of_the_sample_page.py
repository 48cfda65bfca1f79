"""The sample page as a PDF: one sheet of A3, eight items, nothing cut, all of it text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from bulletins.models import Release
from bulletins.models.body import reader_text
from tests.kept import kept_for_a_module

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    """All of its text, without the ends of lines and the space by which letters are set apart."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[bytes]:
    with kept_for_a_module(django_db_blocker):
        call_command("loaddata", "sample_page", verbosity=0)
        cache.clear()
        answer = Client().get("/pages/2021-12-31/1.pdf")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        yield answer.content


def test_the_sample_page_is_one_sheet_of_a3(sample: bytes) -> None:
    [page] = PdfReader(io.BytesIO(sample)).pages
    millimetres = [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)]
    assert millimetres == [297, 420]


def test_every_headline_and_every_word_of_the_sample_page_is_text(sample: bytes) -> None:
    text = text_of(sample)
    releases = list(Release.objects.order_by("number"))
    assert len(releases) == 8
    for release in releases:
        for line in release.content["headline"]:
            assert re.sub(r"\s", "", line) in text, line
        assert release.content["kicker"] in text
        for paragraph in reader_text(release.content["body"]).splitlines():
            beginning, end = paragraph[:12], paragraph[-12:]  # a column may end anywhere between
            assert re.sub(r"\s", "", beginning) in text, beginning
            assert re.sub(r"\s", "", end) in text, end


def test_the_fonts_are_in_the_file(sample: bytes) -> None:
    [page] = PdfReader(io.BytesIO(sample)).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        [descendant] = font["/DescendantFonts"]
        described = descendant.get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in described or "/FontFile2" in described
    assert len(sample) < 1_500_000


def test_lines_end_flush_and_none_begins_with_a_mark(sample: bytes) -> None:
    lines = PdfReader(io.BytesIO(sample)).pages[0].extract_text().splitlines()
    assert not [line for line in lines if line[:1] in "，。、；：！？”’）》"]
    # A line that could break before “ is not left short for it.
    assert any(line.startswith("“关键少数”") for line in lines)
