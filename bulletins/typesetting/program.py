"""Sets a document as a PDF. A program of its own: it is handed all it may use, and reads and asks nothing else.

Standard input is JSON: `html` (a whole document), `base` (the address its links start from), `styles` (a list of style
sheets), `pictures` (address → file, base64) and `fits`: whether it is a newspaper page, which is brought onto one sheet
(its last element has the id `end`). Standard output is the PDF.
"""

from __future__ import annotations

import base64
import json
import math
import re
import sys
from typing import Any

from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Body text in points: what is larger looks like a poster, what is smaller cannot be read.
LARGEST, SMALLEST, RUNNING = 9.5, 6.5, 8.0
# A sheet of A3 between its margins, and one on which any page fits; both in pixels of 1/96 inch.
MILLIMETRE = 96 / 25.4
SHEET = 390 * MILLIMETRE
LONG_SHEET = "@page { size: 297mm 4000mm; margin: 0 11mm; }"
# Lines break where they break: after the estimate, so much smaller each time.
STEP, TRIES = 0.15, 4


# Between Chinese letters a line may break before “ and after ”, which Pango does not know of.
_LETTER = r"[\u3040-\u9fff]"
_QUOTED = re.compile(rf"(?<=[，。、；：！？]|{_LETTER})(?=[“‘])|(?<=[”’])(?={_LETTER})")
_TEXT = re.compile(r">[^<]+<")


def with_breaks(html: str) -> str:
    return _TEXT.sub(lambda text: _QUOTED.sub("\u200b", text[0]), html)


def spread_letters() -> None:
    """Justify as Chinese is: WeasyPrint widens the spaces of a line, and Chinese has none."""
    set_text = line_break.Layout.set_text

    def set_spread(layout: Any, text: str, justify: bool = False) -> None:
        plain, widening = layout.style, layout.justification_spacing
        if justify and widening:
            spacing = plain["letter_spacing"]
            layout.style = plain.copy()
            layout.style["letter_spacing"] = widening + (0 if spacing == "normal" else spacing)
        layout.justification_spacing = 0
        set_text(layout, text, justify)
        layout.style, layout.justification_spacing = plain, widening

    def gaps(box: Any) -> int:
        if isinstance(box, boxes.TextBox):
            return max(len(box.text.replace("\u200b", "")) - 1, 0)
        return sum(gaps(child) for child in getattr(box, "children", ()))

    line_break.Layout.set_text = set_spread
    inline.count_expandable_spaces = gaps


class OnlyThese(URLFetcher):
    """Knows the pictures that came with the page. There is no other place to fetch from."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=[])
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self.pictures:
            raise ValueError(f"{url} did not come with the page.")
        return URLFetcherResponse(url, self.pictures[url], {"Content-Type": "image/jpeg"})


class Setting:
    """A page that can be laid out in any size of body text."""

    def __init__(self, html: str, base: str, styles: list[str], pictures: dict[str, bytes]) -> None:
        self.fonts = FontConfiguration()
        self.fetcher = OnlyThese(pictures)
        self.page = HTML(string=html, base_url=base, url_fetcher=self.fetcher)
        self.styles = [self._sheet(text) for text in styles]

    def _sheet(self, text: str) -> CSS:
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)

    def in_size(self, points: float, more: str = "") -> Document:
        return self.running(f"html {{ font-size: {points}pt; }} {more}")

    def running(self, more: str = "") -> Document:
        """As its style sheets say, on as many sheets as it needs."""
        return self.page.render(font_config=self.fonts, stylesheets=[*self.styles, self._sheet(more)])

    def fitting(self) -> Document | None:
        """On one sheet, in the largest size in which it fits there; None where that could not be read."""
        tried = self.in_size(RUNNING, LONG_SHEET)
        if len(tried.pages) > 1:
            return None
        height = tried.pages[0].anchors["end"][1]
        # Twice the size needs four times the paper.
        points = min(LARGEST, math.floor(RUNNING * math.sqrt(SHEET / height) * 20) / 20)
        for _attempt in range(TRIES):
            if points < SMALLEST:
                return None
            document = self.in_size(points)
            if len(document.pages) == 1:
                return document
            points -= STEP
        return None


def _newspaper(html: str, base: str, styles: list[str], pictures: dict[str, bytes]) -> Document:
    """The page on one sheet; or, if it holds more than that, its items one after the other on several."""
    document = Setting(html, base, styles, pictures).fitting()
    if document is None:
        html = html.replace('class="newspaper"', 'class="newspaper running"', 1)
        document = Setting(html, base, styles, pictures).in_size(RUNNING)
    return document


def _running(html: str, base: str, styles: list[str], pictures: dict[str, bytes]) -> Document:
    return Setting(html, base, styles, pictures).running()


def pdf_of(html: str, base: str, styles: list[str], pictures: dict[str, bytes], *, fits: bool) -> bytes:
    spread_letters()
    document = (_newspaper if fits else _running)(with_breaks(html), base, styles, pictures)
    pdf: bytes = document.write_pdf(pdf_tags=True, optimize_images=True, jpeg_quality=85, dpi=200)
    return pdf


if __name__ == "__main__":
    given = json.load(sys.stdin)
    files = {url: base64.b64decode(data) for url, data in given.pop("pictures").items()}
    sys.stdout.buffer.write(pdf_of(**given, pictures=files))
