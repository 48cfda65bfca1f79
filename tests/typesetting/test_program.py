"""The typesetter: fits a page on its sheet, cuts nothing, and fetches nothing from anywhere."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image
from pypdf import PdfReader

from bulletins.public.sheet import STYLES
from bulletins.typesetting import TYPESETTER, styles


def typeset(
    inner: str, base: str = "http://localhost/", pictures: dict[str, bytes] | None = None
) -> PdfReader:
    html = (
        '<!doctype html><html lang="zh-Hans"><title>版面</title><body class="paper-page">'
        f'<div class="newspaper"><div class="grid">{inner}</div></div><div id="end"></div>'
    )
    files = {url: base64.b64encode(data).decode() for url, data in (pictures or {}).items()}
    given = {"html": html, "base": base, "styles": styles(*STYLES), "pictures": files, "fits": True}
    command = [sys.executable, "-I", str(TYPESETTER)]
    done = subprocess.run(command, input=json.dumps(given).encode(), capture_output=True, check=True)
    return PdfReader(io.BytesIO(done.stdout))


def item(cells: str, text: str) -> str:
    return f'<article class="placed {cells}"><h2>标题</h2><div class="set">{text}</div></article>'


def png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that has a picture, and what was asked of it."""
    heard: list[str] = []

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(png())

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", heard
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_from_a_host_or_a_disk(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    host, heard = asked
    secret = tmp_path / "secret.png"
    secret.write_bytes(png())
    inline = base64.b64encode(png()).decode()
    pdf = typeset(
        f'<img src="{host}a.png"><img src="/b.png"><img src="file://{secret}">'
        f'<img src="data:image/png;base64,{inline}">'
        f'<link rel="stylesheet" href="{host}c.css"><style>@import url({host}d.css);'
        f" body {{ background: url({host}e.png) }} @font-face {{ font-family: x; src: url({host}f.ttf) }}</style>"
        f'<object data="{host}g.png"></object><embed src="file://{secret}">'
        f'<link rel="attachment" href="file://{secret}"><p>正文</p>',
        base=host,
    )
    assert heard == []
    assert not pdf.pages[0].images
    assert not pdf.attachments
    assert "正文" in pdf.pages[0].extract_text()


def test_a_picture_that_came_along_is_drawn() -> None:
    pdf = typeset('<img src="/a.jpg">', pictures={"http://localhost/a.jpg": png()})
    assert len(pdf.pages[0].images) == 1


def test_lines_are_spread_to_the_edge_of_their_column() -> None:
    """As they were measured, and as they are drawn."""
    script = f"""
import runpy, sys
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import line_size
typesetting = runpy.run_path({str(TYPESETTER)!r})
typesetting["spread_letters"]()
text = "民警接到报警后，立即赶到现场；经查，情况属实。" * 12
html = "<p style='width: 201px; text-align: justify'>" + text
page = typesetting["Setting"](html, "http://localhost/", [], {{}}).in_size(8)
lines = [box for box in page.pages[0]._page_box.descendants() if isinstance(box, boxes.LineBox)]
for line in lines[:-1]:
    [box] = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    box.pango_layout.reactivate(box.style)
    drawn, _ = line_size(box.pango_layout.get_first_line()[0], box.style)
    print(round(box.width, 1), round(drawn, 1))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout
    widths = [tuple(map(float, line.split())) for line in told.splitlines()]
    assert len(widths) > 10
    for measured, drawn in widths:
        assert measured == 201
        assert abs(drawn - 201) < 1.5


def body_size(pdf: PdfReader) -> float:
    """The size in pixels in which most of the text is set."""
    sizes: dict[float, int] = {}

    def note(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        drawn = round(abs(matrix[3] * size), 2)
        sizes[drawn] = sizes.get(drawn, 0) + len(text)

    pdf.pages[0].extract_text(visitor_text=note)
    return max(sizes, key=lambda size: sizes[size])


def test_a_short_page_is_set_larger_than_a_long_one() -> None:
    short = typeset(item("c1 w12 r1 h1 text3", "<p>" + "短稿。" * 100 + "</p>"))
    long = typeset(item("c1 w12 r1 h1 text3", "<p>" + "长稿。" * 3000 + "</p>"))
    assert len(short.pages) == len(long.pages) == 1
    assert body_size(short) > 1.1 * body_size(long)


def test_what_no_sheet_holds_goes_on_to_further_sheets_and_nothing_is_cut() -> None:
    sentences = [f"这是第{n}句话。" for n in range(2600)]
    items = [item(f"c{c} w6 r1 h1 text2", "<p>" + "".join(half) + "</p>") for c, half in (
        (1, sentences[:1300]), (7, sentences[1300:]))]  # fmt: skip
    pdf = typeset("".join(items))
    assert len(pdf.pages) > 1
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    assert [sentence for sentence in sentences if sentence not in text] == []
