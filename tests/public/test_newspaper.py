"""The newspaper page: its items where they stood, with their whole text, in the order of reading."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bulletins.models import Page, Placement
from bulletins.models.page import COLUMNS, ROWS
from bulletins.public.views.pages import PAGES
from tests.public.world import THEN, Site

PAGE = "/pages/2021-12-31/1/"
SHEET = Path(settings.BASE_DIR) / "static" / "public" / "placements.css"


@pytest.mark.parametrize(
    "name",
    [
        f"{letter}{n}"
        for letter, last in (("c", COLUMNS), ("w", COLUMNS), ("r", ROWS), ("h", ROWS))
        for n in range(1, last + 1)
    ],
)
def test_the_style_sheet_knows_every_cell(name: str) -> None:
    assert f".{name} {{" in SHEET.read_text()


def test_an_item_stands_in_its_cells(site: Site, reader: Client) -> None:
    release = site.released(at=THEN)
    Placement.objects.create(
        page=site.page, article=release.article, column=9, row=2, width=4, height=3, weight=3, text_columns=2
    )
    assert 'class="placed c9 w4 r2 h3 weight3 text2' in reader.get(PAGE).content.decode()


def test_items_stand_in_the_order_of_reading(site: Site, reader: Client) -> None:
    first, second = site.released(at=THEN), site.released(at=THEN + timedelta(hours=1))
    Placement.objects.create(page=site.page, article=second.article, position=2, row=1)
    Placement.objects.create(page=site.page, article=first.article, position=1, row=2)
    found = re.findall(r'<article class="placed[^>]+id="([^"]+)"', reader.get(PAGE).content.decode())
    assert found == [first.number, second.number]


def test_an_item_has_its_whole_text_and_leads_to_its_own_page(site: Site, reader: Client) -> None:
    release = site.released(at=THEN, body="<p>第一段。</p><h2>小标题</h2><p>最后一段。</p>")
    Placement.objects.create(page=site.page, article=release.article)
    text = reader.get(PAGE).content.decode()
    assert "<p>第一段。</p><h3>小标题</h3><p>最后一段。</p>" in text
    assert f'href="/articles/{release.number}/"' in text


def test_the_place_of_a_withdrawn_item_stays_empty(site: Site, reader: Client) -> None:
    release = site.withdrawn(at=THEN)
    Placement.objects.create(page=site.page, article=release.article)
    answer = reader.get(PAGE)
    assert answer.status_code == 200
    assert "placed" not in answer.content.decode()


def test_an_article_says_where_it_stood(site: Site, reader: Client) -> None:
    release = site.released(at=THEN)
    Placement.objects.create(page=site.page, article=release.article)
    assert f'href="{PAGE}"' in reader.get(f"/articles/{release.number}/").content.decode()


def test_pages_of_one_day_lead_to_each_other(site: Site, reader: Client) -> None:
    Page.objects.create(date=site.page.date, number=2, is_public=True)
    assert 'href="/pages/2021-12-31/2/"' in reader.get(PAGE).content.decode()


def test_the_list_of_pages_goes_on_where_it_ended(site: Site, reader: Client) -> None:
    for n in range(PAGES + 2):
        Page.objects.create(date=date(2020, 1, 1) + timedelta(days=n), number=1, is_public=True)
    text = reader.get("/pages/").content.decode()
    assert PAGE in text
    assert 'href="/pages/2020-01-01/1/"' not in text
    [onward] = re.findall(r'href="(\?until=[^"]+)"', text)
    rest = reader.get(f"/pages/{onward}").content.decode()
    assert PAGE not in rest
    assert 'href="/pages/2020-01-01/1/"' in rest
    assert 'href="?until=' not in rest
